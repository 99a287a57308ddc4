"""A fitted model as a folder: heads, manifest and card, written and read back."""
