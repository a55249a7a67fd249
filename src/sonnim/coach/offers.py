"""What a draft offers: per cents and sums off, gifts, days in which something may be sent back."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sonnim.coach.languages.pack import Pack
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.text.figures import AMOUNT, SUM, Figure, number
from sonnim.coach.text.spans import Span, blanked

_CLAUSE = re.compile(r"(?<!\d)[,，;；]|[,，](?!\d)|지만|는데|만,|\bbut\b|但是?|不过|可是")

_SCALE = {"kg": 1000.0, "l": 1000.0}
"""How many of the smaller unit, in which the plan may count, are one."""
_ALTERNATIVES = re.compile(r",|、|/|\bor\b|또는|혹은|이나|或者?")
_DIGITS = {ord(each): str(value) for value, each in enumerate("零一二三四五六七八九")}


class Offer(NamedTuple):
    """A piece of the draft that gives something away, and how much: per cent, or days."""

    span: Span
    size: float


def clause(sentence: Sentence, position: int) -> str:
    """The part of a sentence around a position, between commas and words such as "but"."""
    at = position - sentence.start
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence.folded)), len(sentence.folded)]
    start = max(cut for cut in cuts if cut <= at)
    return sentence.folded[start : min(cut for cut in cuts if cut > at)]


def per_cents(reading: Reading) -> Iterator[Offer]:
    """Discounts given as a part of the price, in any way that the language has for it."""
    for match in reading.pack.topic("per_cents").matches(reading.draft.folded):
        sentence = reading.draft.sentence_at(match.start())
        if sentence is None or refused(reading, sentence, match.start()):
            continue
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        size = _size(parts, reading)
        if size and ("p" not in parts or reading.pack.topic("discount_words").is_in(sentence.folded)):
            yield Offer(Span(*match.span()), size)


def _size(parts: dict[str, str], reading: Reading) -> float | None:
    words = reading.pack.topic("number_words").values
    if "p" in parts:
        return number(parts["p"], words)
    if "rest" not in parts:
        return 50.0
    digits = "".join(
        str("零一二三四五六七八九".find(each)) if each in "零一二三四五六七八九" else each for each in parts["rest"]
    )
    value = number(digits, words) or 0.0
    while value >= 10:
        value /= 10
    return round(100 - value * 10, 2)


def refused(reading: Reading, sentence: Sentence, position: int) -> bool:
    """Whether something is not offered here, or is everybody's anyway."""
    return reading.pack.topic("not_offered").is_in(clause(sentence, position))


def sums_off(reading: Reading) -> Iterator[Offer]:
    """Discounts given in money, where the conversation tells the price."""
    figures = [each for each in reading.draft.figures if each.kind == SUM]
    for figure in figures:
        sentence = reading.draft.sentence_at(figure.start)
        if sentence is None or refused(reading, sentence, figure.start):
            continue
        price = _price(reading, figure, figures)
        value = float(figure.value)
        if price is None or value >= price:
            continue
        part = clause(sentence, figure.start)
        is_left = any(span.overlaps(figure.span) for span in reading.draft.find("lets_have"))
        if is_left or not reading.pack.topic("takes_off").is_in(part):
            if is_left or reading.pack.topic("lets_have").is_in(part):
                yield Offer(figure.span, 100 - 100 * value / price)
        else:
            yield Offer(figure.span, 100 * value / price)


def _price(reading: Reading, offered: Figure, figures: list[Figure]) -> float | None:
    known = [float(each.value) for said in reading.said for each in said.passage.figures if each.kind == SUM]
    known += [float(each.value) for each in figures if each != offered]
    return max(known, default=None)


def durations_in(pack: Pack, text: str) -> Iterator[tuple[Span, float]]:
    """Lengths of time in days."""
    topic = pack.topic("durations")
    words = pack.topic("number_words").values
    for match in topic.matches(text):
        parts = {name.rstrip("0123456789"): piece for name, piece in match.groupdict().items() if piece}
        value = number(parts.get("n", "1"), words)
        if value is not None:
            yield Span(*match.span()), value * float(topic.values[parts["u"]])


def _head(gift: str) -> str:
    """The word of a gift that says what it is: the last one, or the one before "of"; in Chinese two characters."""
    names: list[str] = re.findall(r"[^\W\d_]+", gift.partition(" of ")[0])
    if not names:
        return ""
    return names[-1].removesuffix("s") if names[-1].isascii() or len(names) > 1 else names[-1][-2:]


def is_above(reading: Reading, sentence: Sentence, position: int, allowed: str) -> bool:
    """Whether a gift at a place in a sentence is another than the plan's, or more of it."""
    pack = reading.pack
    limits = pack.figures(allowed, solid=())
    part = clause(sentence, position)
    given = [each for each in pack.figures(part, solid=()) if each.kind in (AMOUNT, SUM)]
    most = [float(each.value) for each in limits if each.kind == SUM]
    if most:
        return any(each.kind == SUM and float(each.value) > max(most) for each in given)
    plain = blanked(allowed, pack.topic("gift_counts").spans(allowed))
    if not any(_head(part) in sentence.folded for part in _ALTERNATIVES.split(plain) if _head(part)):
        return True
    limit = max([_plain_size(each) for each in limits if each.kind == AMOUNT], default=1.0)
    return any(each.kind == AMOUNT and _plain_size(each) > limit for each in given)


def _plain_size(amount: Figure) -> float:
    return float(amount.value) * _SCALE.get(amount.unit, 1.0)
