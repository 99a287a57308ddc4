from __future__ import annotations

import pytest

from stancekit.quotes.clauses import find_clauses, outer
from stancekit.quotes.spans import direct_quotes
from stancekit.quotes.words import read_words


def clauses(text: str, *, headline: bool = False) -> list[tuple[str, str, list[str]]]:
    """Return (lemma, source, contents) of each clause of a sentence, as text."""
    quotes = [(q.outer_start, q.outer_end) for q in direct_quotes(text, [(0, len(text))])]
    words = read_words(text, 0, len(text), quotes)

    def cut(span: tuple[int, int]) -> str:
        left, right = span
        return text[words.starts[left] : words.ends[right - 1]] if left < right else ""

    found = find_clauses(words, headline=headline)
    return [(c.lemma, cut(c.source), [cut(span) for span in c.contents]) for c in found]


@pytest.mark.parametrize(
    ("text", "lemma", "source", "contents"),
    [
        ("The bank said rates would rise.", "say", "The bank", ["rates would rise"]),
        ("The bank said that rates would rise.", "say", "The bank", ["that rates would rise"]),
        ("Rates will rise, the bank said.", "say", "the bank", ["Rates will rise"]),
        ("Rates will rise, the bank said on Friday.", "say", "the bank", ["Rates will rise"]),
        ("Rates will rise, said the bank.", "say", "the bank", ["Rates will rise"]),
        ("The plan, critics say, is flawed.", "say", "critics", ["The plan", "is flawed"]),
        ("The bank on Monday warned of a slump.", "warn", "The bank", ["of a slump"]),
        ("In a statement, the bank denied any loss.", "deny", "the bank", ["any loss"]),
        ("Oslo accused Riga of spying.", "accuse", "Oslo", ["Riga of spying"]),
        ("Oslo accused Riga of theft, and Riga struck back.", "accuse", "Oslo", ["Riga of theft"]),
        ("Oslo rejected the claim of Riga.", "reject", "Oslo", ["the claim of Riga"]),
        (
            "Oslo denied the claims and demands of Riga.",
            "deny",
            "Oslo",
            ["the claims and demands of Riga"],
        ),
        ("Accusing Riga of spying, Beijing left.", "accuse", "Beijing", ["Riga of spying"]),
        ("A Lund-based think tank predicts it.", "predict", "A Lund-based think tank", ["it"]),
        ("The think tank predicts that it falls.", "predict", "The think tank", ["that it falls"]),
        ("Silva said in Faro that it sank.", "say", "Silva", ["that it sank"]),
        ("Silva said in Faro, Peru, on Monday it sank.", "say", "Silva", ["it sank"]),
        ("Silva said at the Blue House that it sank.", "say", "Silva", ["that it sank"]),
        ("The bank said on March 3 that rates rose.", "say", "The bank", ["that rates rose"]),
        ("The union vowed to fight on.", "vow", "The union", ["to fight on"]),
        ("Lund urged calm.", "urge", "Lund", ["calm"]),
        ("Lund announced a deal.", "announce", "Lund", ["a deal"]),
        ("May said it was over.", "say", "May", ["it was over"]),
        (
            "Silva told reporters in Faro that the ferry had sunk.",
            "tell",
            "Silva",
            ["that the ferry had sunk"],
        ),
        (
            "According to Ola Berg, an economist at Nordbank, prices fell.",
            "according to",
            "Ola Berg, an economist at Nordbank",
            ["prices fell"],
        ),
        ("Prices fell, according to police.", "according to", "police", ["Prices fell"]),
        (
            "Berg, the former mayor, said he was tired.",
            "say",
            "Berg, the former mayor",
            ["he was tired"],
        ),
        (
            "The mayor, Ola Berg, said a storm had hit the port.",
            "say",
            "The mayor, Ola Berg",
            ["a storm had hit the port"],
        ),
        (
            "Berg, who runs the port, said it was shut.",
            "say",
            "Berg, who runs the port",
            ["it was shut"],
        ),
        (
            "Local radio quoted the mayor as saying that it was shut.",
            "say",
            "the mayor",
            ["that it was shut"],
        ),
        ("He resigned, saying he was ill.", "say", "He", ["he was ill"]),
    ],
)
def test_source_and_content(text: str, lemma: str, source: str, contents: list[str]) -> None:
    assert clauses(text) == [(lemma, source, contents)]


@pytest.mark.parametrize(
    "text",
    [
        "The claims court reports to the United States.",
        "He was accused of theft.",
        "The demands of the union grew.",
        "Nobody had anything to say.",
        "The warning came late.",
        "A spokesman declined to comment.",
    ],
)
def test_no_reporting_clause(text: str) -> None:
    assert clauses(text) == []


def test_added_participle_keeps_the_source() -> None:
    found = clauses("Berg said it was shut, adding that ships would wait.")
    assert [(lemma, source) for lemma, source, _ in found] == [("say", "Berg"), ("add", "Berg")]


def test_nested_attribution_has_an_outermost_clause() -> None:
    text = "Kim said Lee had promised that Park would ask for help."
    words = read_words(text, 0, len(text))
    found = find_clauses(words)
    assert [words.forms[c.source[0]] for c in found] == ["Kim", "Lee", "Park"]
    assert [words.forms[c.source[0]] for c in outer(found)] == ["Kim"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ('Minister: "We will win"', "Minister"),
        ("Rates to rise soon: minister", "minister"),
        ("Rates to rise soon: minister - Agency", "minister"),
        ("Bank Says Rates Will Rise", "Bank"),
    ],
)
def test_headlines(text: str, source: str) -> None:
    assert [found for _, found, _ in clauses(text, headline=True)] == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Players who lost the match say it rained.", "Players who lost the match"),
        (
            "Silva, whose ferry sank in May, says 40 boats are lost.",
            "Silva, whose ferry sank in May",
        ),
        ("Its chairman, Ola Berg, said only that it rained.", "Its chairman, Ola Berg"),
        ("Silva, who leads the port, warned pilots that it rained.", "Silva, who leads the port"),
        ("Silva, who leads the port, warned pilots of rain.", "Silva, who leads the port"),
        ("The port, closed in May, warned pilots that it rained.", "The port, closed in May"),
        ("Prices rose, then fell, said Berg.", "Berg"),
        ("“We sail”, a day late, said Berg.", "Berg"),
        ("On Tuesday evening Silva came and said it rained.", "Silva"),
        ("After last week's storm, the port closed and said it rained.", "the port"),
        ("In this case, the port closed and said it rained.", "the port"),
    ],
)
def test_subject_of_a_verb_is_found_over_what_stands_between(text, source):
    assert [found for _, found, _ in clauses(text)] == [source]


@pytest.mark.parametrize("text", ["Saying yesterday", "Announcing Tuesday", "On Tuesday", "said"])
def test_sentence_without_a_subject_has_no_source(text):
    assert [found for _, found, _ in clauses(text)] in ([], [""])


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Silva and Berg trade blame after the flood", "Silva and Berg"),
        ("Rates rise; the port cries foul", "the port"),
    ],
)
def test_quarrels_accuse(text, source):
    assert clauses(text, headline=True)[0][:2] == ("accuse", source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The mayor said that it was late, accused Berg of sleep and thanked nobody.", "The mayor"),
        ("She rates the plan highly and thinks that rain will come.", "She"),
        ("A spokesman for the port, Ola Berg, shrugged but called the ferry slow.", "Ola Berg"),
        ("The union posted a map, praised the crew and asked for rest.", "The union"),
        ("The firm branded them “idle”, predicted rain.", "The firm"),
        ("Silva fed her hens, Berg tells us, and predicts that rain will come.", "Berg"),
    ],
)
def test_verbs_joined_share_a_subject(text, source):
    assert clauses(text)[-1][1].endswith(source)


@pytest.mark.parametrize(
    ("text", "lemma", "source"),
    [
        ("The ferry, she went on, had sunk twice.", "go on", "she"),
        ("Berg forecast that the port would close.", "forecast", "Berg"),
        ("The ministry did not rule out a fine.", "rule out", "The ministry"),
        ("WHO said that it would rain.", "say", "WHO"),
        ("It will rain, said a retired sailor, who had seen worse.", "say", "a retired sailor"),
        ("If it rains, the roof goes, said Ola Berg, who mends roofs.", "say", "Ola Berg"),
        (
            "The United States, which paid for it, said that it was late.",
            "say",
            "The United States",
        ),
        ("Greyling Oats, a mill, refused, accusing the port of sloth.", "accuse", "Greyling Oats"),
    ],
)
def test_subject_is_read_whole(text, lemma, source):
    (found,) = clauses(text)
    assert (found[0], found[1].startswith(source)) == (lemma, True)


def test_what_goes_on_without_a_speaker_reports_nothing():
    assert clauses("The so-called “frozen” conflict goes on.") == []
    assert clauses("The talks, after a pause, went on in Lund.") == []


def test_praise_in_a_headline_is_no_noun():
    assert clauses("Union praises Lund nurses", headline=True)[0][0] == "praise"


@pytest.mark.parametrize(
    ("text", "lemma", "source"),
    [
        ("The court ordered the mill to pay its debts.", "order", "The court"),
        ("The court held that the mill must pay.", "hold", "The court"),
        ("Oslo offered to host the talks.", "offer", "Oslo"),
        ("Berg rejected the charge.", "reject", "Berg"),
        ("Berg accepted part of the blame.", "accept", "Berg"),
        ("The office puts turnout at 61 per cent.", "put", "The office"),
        ("The bank now sees lending shrinking by 9 per cent.", "see", "The bank"),
        ("Oslo pointed the finger at Riga.", "point", "Oslo"),
        ("The harbour will silt up, it fears.", "fear", "it"),
        ("Traders in the port fear a slump.", "fear", "Traders in the port"),
        ("The miners, for their part, blame Oslo alone.", "blame", "The miners"),
        ("Some say that it is late.", "say", "Some"),
        ("Not yet, reply the people who live on boats.", "reply", "the people who live on boats"),
        ("The mill was warmly praised by the mayor for its bread.", "praise", "the mayor"),
        ("The plan drew sharp criticism from unions.", "criticise", "unions"),
        ("Silva fled, and Berg has spent the day explaining that all is well.", "explain", "Berg"),
        ("Berg went out of her way to praise the crew.", "praise", "Berg"),
        ("The call came from Minister Ana Ruiz, who said it was late.", "say", "Minister Ana Ruiz"),
        ("In its budget last May the ministry warned of debts.", "warn", "the ministry"),
        ("In parliament Ola Berg warned of debts.", "warn", "Ola Berg"),
        ("In June 1991 the council warned of debts.", "warn", "the council"),
        ("The board, quite unusually, warned of debts.", "warn", "The board"),
        ("Privately its owners warn of debts.", "warn", "its owners"),
        ("The council he dismissed as a circus.", "dismiss", "he"),
        (
            "It rose, according to a tally by the ministry.",
            "according to",
            "a tally by the ministry",
        ),
        ("The firm told investors in Riga, where it began, that sales fell.", "tell", "The firm"),
        ("18:20 Police: nobody may enter.", ":", "Police"),
        ("Berg: I was wrong.", ":", "Berg"),
    ],
)
def test_what_else_reports(text: str, lemma: str, source: str) -> None:
    assert (lemma, source) in [(lemma_, source_) for lemma_, source_, _ in clauses(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The union called off its strike.",
        "The oldest border dispute on earth is back.",
        "Sober voices can be heard.",
        "Berg pleaded guilty to theft.",
        "Berg put the cup on the table.",
        "The club held the title.",
        "The court rejected the appeal.",
        "The troops were ordered to the coast.",
        "Berg knelt to give thanks.",
        "It is late, whatever Berg says.",
        "The plan won praise for its thrift.",
    ],
)
def test_what_reports_nothing(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Fishery demands release of crew held in Riga", "Fishery"),
        ("Haulier ends blockade, but vows to return", "Haulier ends blockade"),
        ("Fishers in Riga praise Oslo", "Fishers in Riga"),
    ],
)
def test_headlines_with_plain_objects(text: str, source: str) -> None:
    assert clauses(text, headline=True)[0][1] == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said Tom Reed bought a gun, accused his wife and fled.", "Tom Reed"),
        ("Police said the plan was dead, accused Lee and left.", "Police"),
        ("Police said Lee bought a gun, accused him of theft and left.", "Police"),
        ("Police said Lee had fled, accused the press and left.", "Police"),
    ],
)
def test_a_later_verb_goes_on_with_the_reported_subject_if_that_acts(
    text: str, expected: str
) -> None:
    found = {lemma: source for lemma, source, _ in clauses(text)}
    assert found["accuse"] == expected


def test_what_a_reported_subject_goes_on_to_do_is_reported_too() -> None:
    text = "Police said Tom Reed bought a gun, accused his wife and fled."
    assert clauses(text)[0][2] == ["Tom Reed bought a gun, accused his wife and fled"]


def test_an_object_ends_where_the_subject_goes_on_to_say_more() -> None:
    found = clauses("Oslo rejected the claim on Monday and said it was late.")
    assert found == [
        ("reject", "Oslo", ["the claim on Monday"]),
        ("say", "Oslo", ["it was late"]),
    ]


@pytest.mark.parametrize(
    ("text", "lemma", "source"),
    [
        ("“Will it rain?” asked the farmer.", "ask", "the farmer"),
        ("“Go home,” urged Mayor Ida Falk.", "urge", "Mayor Ida Falk"),
        ("Others are glum: “Six, tops,” wrote Ola Berg in a note.", "write", "Ola Berg"),
        ("The mill closed, with many critics saying it was late.", "say", "many critics"),
        ("With critics saying it was late, the mill closed.", "say", "critics"),
        ("The Port Union (PU) estimates that rain will fall.", "estimate", "The Port Union (PU)"),
        (
            "A spokeswoman, Ida Falk, said the mayor “has friends.”",
            "say",
            "A spokeswoman, Ida Falk",
        ),
        ("The bank left rates alone, warning that rain would fall.", "warn", "The bank"),
    ],
)
def test_who_speaks_after_a_quotation_and_beside_it(text: str, lemma: str, source: str) -> None:
    assert [one[:2] for one in clauses(text)] == [(lemma, source)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Falk told the court Berg had left.", "Berg had left"),
        ("Falk told the high court Berg had left.", "Berg had left"),
        ("Falk told the court the roof was sound.", "the roof was sound"),
        ("Falk told the head of the union that it rained.", "that it rained"),
        ("Falk told reporters Berg had left.", "Berg had left"),
        ("With critics saying it was late, the mill closed.", "it was late"),
    ],
)
def test_the_listener_is_no_part_of_what_is_told(text: str, content: str) -> None:
    assert clauses(text)[0][2] == [content]


@pytest.mark.parametrize("text", ["Did you expect the job?", "Did the unions expect a rise?"])
def test_a_question_reports_nothing(text: str) -> None:
    assert clauses(text) == []
