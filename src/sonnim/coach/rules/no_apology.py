"""`no-apology`: the shopper says that something went wrong, and neither the draft nor a reply before says sorry."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage
from sonnim.coach.phrases import after_greeting
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "no-apology"
_BRIEF = 20
"""A message that says no more than that something is broken in the first place tells it to complain."""

_RECEIVING = ("greetings", "addresses", "openings")
"""A line of nothing else is the first of several."""


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if draft.language in (None, "other") or not any(
        _complains(each, reading.is_first_reply) for each in reading.unanswered
    ):
        return
    if (reading.by_agent and _goes_into_it(draft)) or (draft.questions and _is_told_calmly(reading)):
        return
    if draft.says("regrets") or any(each.says("apologies") for each in (draft, *reading.by_agent)):
        return
    bare = draft.without([span for topic in _RECEIVING for span in draft.find(topic)])
    if not any(map(str.isalnum, bare)):
        return
    for sentence in reading.sentences:
        start = after_greeting(reading, sentence.span)
        text = reading.text[start : sentence.end]
        if any(map(str.isalnum, draft.without(draft.find("greetings"))[start : sentence.end])):
            yield Finding(start, sentence.end, reading.word(ID, "suggestion", text=text))
            return


def _goes_into_it(draft: Passage) -> bool:
    """Whether it does no more than ask, or thank for what was told: in the middle of a chat the answer follows."""
    return all(each in draft.questions or draft.pack.topic("thanks").is_in(each.folded) for each in draft.sentences)


def _is_told_calmly(reading: Reading) -> bool:
    """Whether something does not work, and nobody complains of it: then to ask what is the matter is enough."""
    told = [each for each in reading.unanswered if _says(each, "complaints")]
    return not told or (bool(reading.by_agent) and all(len(each.text) <= _BRIEF for each in told))


def _complains(passage: Passage, is_first: bool) -> bool:
    """Whether it is said that something went wrong; a mishap counts where it befell what the shop has sold."""
    if passage.says("praise") and not passage.says("turning"):
        return False
    if _says(passage, "complaints"):
        return True
    is_all = is_first and len(passage.text) <= _BRIEF and not passage.questions
    return (is_all or passage.says("ours")) and _says(passage, "mishaps")


def _says(passage: Passage, topic: str) -> bool:
    found = passage.find(topic)
    if not found:
        return False
    harmless = passage.find("unconcerned")
    return any(
        any(each.span.overlaps(span) for span in found) and not any(each.span.overlaps(span) for span in harmless)
        for each in passage.sentences
    )


RULE = Rule(ID, Severity.WARNING, find)
