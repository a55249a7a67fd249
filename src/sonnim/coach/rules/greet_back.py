"""`greet-back`: the shopper's first message greets, the first reply does not."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "greet-back"


def find(reading: Reading) -> Iterator[Finding]:
    if not reading.is_first_reply or reading.draft.language in (None, "other"):
        return
    if not any(passage.says("greetings") for passage in reading.by_customer):
        return
    if reading.draft.says("greetings") or reading.draft.says("openings"):
        return
    if any(passage.pack.topic("greetings").is_in(reading.draft.folded) for passage in reading.by_customer):
        return  # in the shopper's language, although the rest is in another one
    first = reading.sentences[0]
    yield Finding(first.start, first.end, reading.word(ID, "suggestion", text=first.text))


RULE = Rule(ID, Severity.WARNING, find)
