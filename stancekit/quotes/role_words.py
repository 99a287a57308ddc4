"""Nouns of documents, of the press and of bodies; those of speakers are in the lexicon."""

from __future__ import annotations

from typing import Final

from stancekit.quotes.words import word_set

DOCUMENT: Final = word_set(
    "readout advisory certificate member map finding estimate index statement letter document "
    "filing release announcement communique figure statistic complaint indictment lawsuit "
    "affidavit ruling verdict decree memo memorandum notice email e-mail tweet speech testimony "
    "order census bulletin declaration resolution transcript report data record paper survey "
    "account law"
)
"""Nouns that speak for whoever issued them, or whom they belong to."""

MEDIA: Final = word_set(
    "xinhua reuters ap afp upi dpa tass itar-tass interfax ria bloomberg cnn bbc nbc abc cbs fox "
    "msnbc npr cnbc kyodo yonhap nhk pti ians anadolu irna isna sana mena xinhuanet wikinews "
    "jazeera aljazeera arabiya guardian telegraph spiegel monde figaro pais politico axios "
    "buzzfeed vox breitbart tmz espn times post news herald tribune gazette journal daily weekly "
    "tv television newsweek observer economist"
)
"""Names and words of the press, which speaks for no institution here."""

COLLECTIVE: Final = word_set(
    "ministry department bureau office agency commission committee council authority police army "
    "navy court union party association federation bank inc corp ltd plc co group board service "
    "government parliament senate congress house company administration treasury force forces "
    "pentagon kremlin nato eu un u.n. taliban hamas hezbollah fire rescue"
)
"""Nouns and names of bodies that speak as one."""

INSTITUTIONS: Final = COLLECTIVE | word_set(
    "staff team campaign cabinet coalition bloc authority agency company firm ministry department "
    "bureau institute university centre center city state county police prosecutor regulator "
    "organisation organization bank army military parliament party congress resort forecaster "
    "spokesman spokeswoman official network"
)
"""Words that show, anywhere in a phrase, that an institution stands behind a document."""
