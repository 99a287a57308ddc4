from __future__ import annotations

from hypothesis import settings

# The same examples on every machine, however slow it is.
settings.register_profile("stancekit", derandomize=True, deadline=None)
settings.load_profile("stancekit")
