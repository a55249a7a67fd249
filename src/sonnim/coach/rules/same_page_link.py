"""`same-page-link`: a link to the page that the shopper is on already, where the answer was not found."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.links import same_page
from sonnim.coach.text.spans import Span

ID = "same-page-link"
_ENOUGH_WORDS = 3


def find(reading: Reading) -> Iterator[Finding]:
    page, links = reading.context.page, reading.draft.links
    if not page or not links:
        return
    same = [link for link in links if same_page(reading.text[slice(*link)], page)]
    if not same or any(passage.says("link_requests") for passage in reading.unanswered):
        return
    for link in same:
        if not _is_meant(reading, link, elsewhere=len(links) > len(same)):
            yield Finding(*link, _suggestion(reading))


def _is_meant(reading: Reading, link: Span, *, elsewhere: bool) -> bool:
    """Whether the address is named to tell two pages apart, to make sure of it, or to do something with it."""
    if reading.draft.says("link_uses"):
        return True
    sentence = reading.draft.sentence_at(link.start)
    if sentence is not None and reading.pack.topic("page_here").is_in(sentence.folded):
        return elsewhere or reading.pack.is_question(sentence.folded)
    return False


def _suggestion(reading: Reading) -> str | None:
    """Where something is said beside the link, that sentence can do without the address."""
    beside = reading.draft.without(reading.draft.links)
    if len(reading.draft.links) > 1 or reading.pack.count_words(beside) < _ENOUGH_WORDS:
        return None
    return reading.word(ID, "suggestion")


RULE = Rule(ID, Severity.WARNING, find)
