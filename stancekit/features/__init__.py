"""What a classifier sees: named features of words, places, speech and mentions."""
