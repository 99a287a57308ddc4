"""Recipes for the bundled models: corpora readers, data, training, evaluation."""
