"""The labelled corpora behind the bundled models: fetched, verified, read into tables."""
