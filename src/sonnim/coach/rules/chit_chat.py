"""`chit-chat`: talk about the weather, meals or oneself while others are waiting."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "chit-chat"


def find(reading: Reading) -> Iterator[Finding]:
    if reading.context.busy is not True:
        return
    idle = [each for each in reading.sentences if reading.pack.topic("small_talk").is_in(each.folded)]
    rest = reading.draft.without(each.span for each in idle).strip(" ,.!~\n，。！")
    is_enough = bool(rest) and not reading.pack.is_short(rest)
    for sentence in idle:
        end = sentence.end
        while end < len(reading.text) and reading.text[end].isspace():
            end += 1
        yield Finding(sentence.start, end, "" if is_enough else None)


RULE = Rule(ID, Severity.NOTE, find)
