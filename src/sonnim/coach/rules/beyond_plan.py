"""`beyond-plan`: a discount, a gift or a return that the plan does not let this agent promise."""

from collections.abc import Iterator

from sonnim.coach import offers
from sonnim.coach.context import Plan
from sonnim.coach.marks import Severity
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.folding import folded
from sonnim.coach.text.spans import Span

ID = "beyond-plan"
_ROUNDING = 0.5


def find(reading: Reading) -> Iterator[Finding]:
    plan = reading.context.plan
    if plan is None:
        return
    yield from _discounts(reading, plan)
    yield from _gifts(reading, plan)
    yield from _returns(reading, plan)


def _discounts(reading: Reading, plan: Plan) -> Iterator[Finding]:
    most = plan.max_discount_percent
    if most is None:
        return
    for offer in (*offers.per_cents(reading), *offers.sums_off(reading)):
        if offer.size > most + _ROUNDING and offer.size < 100:
            yield Finding(*offer.span, why="why_discount", values={"most": f"{most:g}"})


def _gifts(reading: Reading, plan: Plan) -> Iterator[Finding]:
    if plan.max_gift is None:
        return
    allowed = folded(plan.max_gift.strip())
    for span in (*reading.draft.find("gift_offers"), *_named(reading)):
        sentence = reading.draft.sentence_at(span.start)
        if sentence is None or offers.refused(reading, sentence, span.start):
            continue
        nothing = not allowed or reading.pack.topic("no_gift").is_in(allowed)
        if nothing or offers.is_above(reading, sentence, span.start, allowed):
            yield Finding(*span, why="why_no_gift" if nothing else "why_gift", values={"most": plan.max_gift.strip()})
            return


def _named(reading: Reading) -> tuple[Span, ...]:
    """Things that are put in, unless something is wrong that they set right."""
    found = reading.draft.find("named_gifts")
    wrong = found and any(passage.says(topic) for passage in reading.by_customer for topic in ("complaints", "mishaps"))
    return () if wrong else found


def _returns(reading: Reading, plan: Plan) -> Iterator[Finding]:
    days = plan.refund_days
    if days is None:
        return
    topic = reading.pack.topic
    late = _is_late(reading, days)
    for sentence in reading.sentences:
        if topic("return_refused").is_in(sentence.folded):
            continue
        known = topic("return_words").is_in(sentence.folded)
        asked = any(passage.says("return_words") for passage in reading.unanswered)
        for span, length in offers.durations_in(reading.pack, sentence.folded):
            start, end = span.start + sentence.start, span.end + sentence.start
            if _is_of_money(reading, sentence, start):
                continue
            if length > days and (known or (asked and topic("return_spans").is_in(sentence.folded))):
                yield Finding(start, end, why="why_return", values={"days": str(days)})
                return
        granted = topic("return_granted").spans(sentence.folded) if late else ()
        if any(not _is_of_money(reading, sentence, each.start + sentence.start) for each in granted):
            yield Finding(*Span(sentence.start, sentence.end), why="why_return", values={"days": str(days)})
            return


def _is_of_money(reading: Reading, sentence: Sentence, position: int) -> bool:
    """Whether a part of a sentence says when money comes back, or goods from repair."""
    return reading.pack.topic("return_money").is_in(offers.clause(sentence, position))


def _is_late(reading: Reading, days: int) -> bool:
    """Whether the shopper says that it came longer ago than the plan allows, and nothing is wrong with it."""
    for passage in reading.unanswered:
        pack = passage.pack
        if (
            passage.says("received")
            and passage.says("return_words")
            and not passage.says("faulty")
            and any(length > days for _, length in offers.durations_in(pack, passage.folded))
        ):
            return True
    return False


RULE = Rule(ID, Severity.SERIOUS, find)
