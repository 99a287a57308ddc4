"""``python -m stancekit.cli`` is the ``stancekit`` command."""

from stancekit.cli.app import main

if __name__ == "__main__":
    main()
