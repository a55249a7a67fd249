"""`curt`: a reply of one or two words, which sounds as if the shopper were a bother."""

import re
from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "curt"
_MARKS = " ,.!~\n，。！"
_PLACEHOLDER = re.compile(r"[\[(（【<].*[\])）】>]")


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if draft.links or draft.language == "other" or not reading.unanswered:
        return
    if "@" in draft.text or _PLACEHOLDER.fullmatch(draft.text.strip()):
        return
    greetings = draft.find("greetings")
    answer = draft.without(greetings).strip(_MARKS)
    if (
        (greetings and _is_a_name(reading, draft.without((*greetings, *draft.find("addresses"))).strip(_MARKS)))
        or draft.says("courtesies")
        or not reading.pack.is_short(answer)
        or _tells_a_figure(reading, answer)
    ):
        return
    yield Finding(*reading.whole, _suggestion(reading))


def _tells_a_figure(reading: Reading, answer: str) -> bool:
    """Whether it is what was asked for, with the thing named: "무게는 2kg입니다"."""
    named = reading.pack.count_words(answer) > 1 and reading.pack.level(answer) is not None
    return named and bool(reading.open_questions) and any(map(str.isdigit, answer))


def _is_a_name(reading: Reading, rest: str) -> bool:
    """Whether a greeting is all, with the shopper's name at most: more lines will follow."""
    return not rest or reading.pack.is_address(rest)


def _suggestion(reading: Reading) -> str:
    """A yes, a no and a nod are said in full; an answer of its own stays, with a friendly sentence after it."""
    if reading.open_questions and not any(letter.isdigit() for letter in reading.text):
        for topic in ("no", "yes"):
            if reading.draft.says(topic):
                return reading.word(ID, topic)
    if reading.draft.says("nods") or reading.draft.says("yes") or reading.draft.language is None:
        return reading.word(ID, "nod")
    return reading.word(ID, "answer", text=reading.text.strip().rstrip(".!?~…。！ "))


RULE = Rule(ID, Severity.WARNING, find)
