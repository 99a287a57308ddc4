"""Function words, times and the like: what shapes a sentence around a reporting verb."""

from __future__ import annotations

from typing import Final

from stancekit.quotes.words import word_set

BREAKS: Final = frozenset({",", ";", ":", "-", "–", "—", "--", "("})
"""Marks that end a phrase."""

DETERMINERS: Final = word_set(
    "the a an this that these those his her its their our my your no any some each every"
)
"""Words that begin a noun phrase: what follows is no verb."""

AUXILIARIES: Final = word_set(
    "is are was were be been being has have had do does did will would can could may might must "
    "shall should 's 've 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't "
    "didn't won't wouldn't can't cannot couldn't mustn't shouldn't"
)
"""Forms of "be", "have", "do" and the modals."""

ADVERBS: Final = word_set(
    "also later then earlier now still even just again already once twice never always often "
    "further soon too long first previously nonetheless nevertheless instead yesterday today "
    "tonight tomorrow has have had did will would"
)
"""What stands between a subject and its verb."""

SUBJECTS: Final = word_set("he she they it we i you who")
"""Subject pronouns."""

DAYS: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday tues thurs january february april "
    "june july august september october november december jan feb apr jun jul aug sept sep oct "
    "nov dec"
)
"""Days and months, but for "may" and "march"."""

TIME_MODIFIERS: Final = word_set("earlier later last this early late")
"""Words of a time adverbial that also stand before other nouns."""

TIMES: Final = (
    DAYS
    | TIME_MODIFIERS
    | word_set(
        "yesterday today tonight week month year morning afternoon evening night ago recently"
    )
)
"""Words of a time adverbial."""

SKIPPED: Final = ADVERBS | AUXILIARIES | TIMES | {"not", "on"}
"""What is stepped over from a verb back to its subject."""

EVENTS: Final = word_set(
    "statement statements interview interviews conference briefing speech report letter email "
    "e-mail tweet tweets post posts message call testimony address news release television tv "
    "radio meeting hearing rally filing memo note visit remarks parliament court summit event "
    "telephone phone press twitter facebook camera air debate video trip series"
)
"""Occasions and means of speaking."""

PREPOSITIONS: Final = word_set(
    "in on at during to after before via by through of from with for about following amid"
)
"""Prepositions that begin an adverbial."""

NO_SOURCE: Final = (
    PREPOSITIONS
    | SUBJECTS
    | ADVERBS
    | TIMES
    | AUXILIARIES
    | word_set(
        "that there nothing only out more less as not publicly privately openly simply merely"
    )
)
"""What cannot begin a speaker that follows the verb."""

BRACKETS: Final = frozenset({"(", "[", "()"})
"""Brackets, and what stands whole in them."""

LEADS: Final = word_set("but and yet so also still even meanwhile however then")
"""Connectives at the front of a sentence."""

CLAUSE_STARTS: Final = word_set(
    "that but while because if as when after before although though whether where since until "
    "unless what how why than so yet whereas then"
)
"""Words that begin a subordinate clause."""

OPENERS: Final = word_set(
    "in on at during after before via by through with for following amid as according asked "
    "speaking despite since when while although though if however meanwhile moreover still "
    "earlier later last yesterday today separately instead also but and yet so then from under "
    "because away indeed nevertheless additionally furthermore of to"
)
"""Words that begin an adverbial before the subject."""

NOT_PARTICIPLES: Final = word_set(
    "beijing boeing chongqing nanjing jinping king spring wing ring nothing something everything "
    "anything thing evening morning building meeting hearing ruling finding warning"
)
"""Subjects that end like a participle."""

APPOSITIVE: Final = word_set(
    "a an the who whose whom its his her their our one former now then also of from senior deputy "
    "vice chief head director chairman chairwoman president ceo executive founder co-founder "
    "spokesman spokeswoman spokesperson professor analyst author secretary minister leader member "
    "owner managing general"
)
"""Words that begin an apposition."""

FINITE: Final = AUXILIARIES | word_set(
    "says said told came went made took gave got met left fell rose won lost held began led put "
    "ran saw meant found kept became brought built bought sent spent stood grew knew drew hit "
    "left paid sold sought fought caught thought broke spoke chose drove wrote shook struck swept "
    "threw felt heard wept fled flew swam sank slept swung stole froze forgave forgot withdrew "
    "overthrew undertook arose awoke ate dealt drank dug taught tore wore strode"
)
"""Frequent finite verbs without "-ed"."""

STOPS: Final = word_set(
    "in on at during after before when while as that because if adding and but earlier yesterday "
    "today this last late early via through following amid about referring saying noting who "
    "which ago later again to by told so recently speaking citing"
)
"""Words that end a speaker that follows the verb."""
