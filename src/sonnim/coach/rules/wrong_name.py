"""`wrong-name`: the shopper is called by a name that is not theirs."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import Span

ID = "wrong-name"


def find(reading: Reading) -> Iterator[Finding]:
    called = _names(reading.draft, "addresses")
    if not called:
        return
    known = _known(reading)
    if not known:
        return
    for span in called:
        name = reading.text[slice(*span)]
        if not any(reading.pack.same_person(name, other) for other in known) and not _mentioned(name, reading):
            right = known[-1]
            yield Finding(*span, reading.pack.called_like(name, right), values={"name": right})


def _known(reading: Reading) -> list[str]:
    """The shopper's names: as the shop knows them, as they said themselves, else as they were called before."""
    known = [name for name in reading.context.names if name.strip()]
    for topic, passages in (("introductions", reading.by_customer), ("addresses", reading.by_agent)):
        if not known:
            known = [each.text[slice(*span)] for each in passages for span in _names(each, topic)]
    return known


def _names(passage: Passage, topic: str) -> list[Span]:
    """Names begin with a capital, in a script that has any."""
    found = []
    for match in passage.pack.topic(topic).matches(passage.folded):
        span = Span(*match.span(match.lastindex or 0))
        if not passage.text[span.start].islower():
            found.append(span)
    return found


def _mentioned(name: str, reading: Reading) -> bool:
    """Whether the shopper wrote the name, be it of the one who gets the parcel."""
    plain = name.lower()
    return any(plain in passage.folded for passage in reading.by_customer)


RULE = Rule(ID, Severity.SERIOUS, find)
