"""Who says what: quotations, their speakers, and what each sentence has of speech."""

from __future__ import annotations

from stancekit.quotes.find import find_quotations
from stancekit.quotes.speech import Speech, SpeechStatus, sentence_speech

__all__ = ["Speech", "SpeechStatus", "find_quotations", "sentence_speech"]
