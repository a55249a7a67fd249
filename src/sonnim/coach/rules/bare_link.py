"""`bare-link`: the reply is nothing but a link, with at most a word such as "here" beside it."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import blanked

ID = "bare-link"


def find(reading: Reading) -> Iterator[Finding]:
    links = reading.draft.links
    if not links or not _answers(reading) or any(passage.says("link_requests") for passage in reading.unanswered):
        return
    beside = reading.draft.without(links)
    for topic in ("greetings", "link_pointers"):
        beside = blanked(beside, reading.pack.topic(topic).spans(beside))
    if any(letter.isalnum() for letter in beside):
        return
    addresses = "\n".join(reading.text[slice(*span)] for span in links)
    start = _after_greetings(reading)
    yield Finding(start, reading.whole.end, reading.word(ID, "suggestion", links=addresses))


def _answers(reading: Reading) -> bool:
    """Whether this is the reply itself; after another message of ours it belongs to what that one said."""
    return bool(reading.unanswered) or not reading.said


def _after_greetings(reading: Reading) -> int:
    """A greeting stays as it is; what begins after it is marked."""
    end = max((span.end for span in reading.draft.find("greetings")), default=0)
    while end and end < len(reading.text) and reading.text[end] in " ,.!~，。！\n":
        end += 1
    return end or reading.whole.start


RULE = Rule(ID, Severity.WARNING, find)
