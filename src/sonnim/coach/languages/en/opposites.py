"""What a sentence says otherwise than an earlier one: another figure for a thing, or a no where there was a yes."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sonnim.coach.languages.pack import Pack
from sonnim.coach.text.figures import listed_number

_CLAUSE = re.compile(
    r"(?:(?! but | because | since | so (?:we|you|that)\b| as (?:this|it|the|we|our)\b)"
    r"(?:[^,;:.!?]|[,.:](?=\d)))+"
)
_ASKS = re.compile(
    r"\?|\b(?:can|could|does|do|is|are|will|what|how|when|where|which|who)"
    r" (?:i|you|we|it|they|there|the|this|that|my|your)\b"
)
_JOINT = re.compile(r"^\s*(?:but|and|so|because|since|as)\b")
_AGREES = re.compile(
    r"\W*(?:yes|yep|yeah|sure|of course|certainly|absolutely"
    r"|(?:it|we|they|you|there) (?:does|do|can|is|are|has|have|may)(?![\w' ]))"
)
_FREE = re.compile(r"\b(?:includ(?:e|es|ed|ing)|free|part of)\b")
_SAME = re.compile(r"\bsame\b|\bregardless\b|\bno difference\b")
_PAST = re.compile(
    r"\b(?:hasn't|haven't|didn't|wasn't|weren't|has not|have not|did not|yet|currently|at the moment|right now)\b"
)
_AHEAD = re.compile(r"\b(?:will|'ll|going to|should|soon|yet|once|when)\b|'ll ")
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun|holi|week)(?=days?\b|ends?\b)")
_KEPT, _ALIKE = 512, 5
_ARTICLES = ("a", "an")
_DIGITS = re.compile(r"\d+")
_SOMETHING = (0.01, 1e9)
"""A charge of which nobody says how much."""
_ITSELF = {"closing", "opening", "pieces", "seats", "pages", "drawers", "side", "nights"}
"""Units that tell by themselves what is measured."""


Span = tuple[float, float]


class Told(NamedTuple):
    """Texts of the conversation: an earlier sentence, what was asked before it, and what the shopper wrote last."""

    sentence: str
    asked: str
    now: str


class Part(NamedTuple):
    """A clause: the words that tell what it is about, whether it denies, and whether it leaves the matter open."""

    clause: str
    words: frozenset[str]
    denies: bool
    is_open: bool


class Sentence(NamedTuple):
    """What is to be known of a sentence, whatever it is held against."""

    parts: tuple[Part, ...]
    denies: frozenset[bool]
    figures: Mapping[str, Mapping[Span, str]]
    agrees: bool
    is_open: bool


def opposed(pack: Pack, said: str, told: Told) -> tuple[bool | None, str] | None:
    """What the earlier sentence has otherwise: the piece that is another figure now, or whether it denied.

    Args:
        said: a folded sentence of the draft.
    """
    ours, theirs = _sentence(pack, said), _sentence(pack, told.sentence)
    if theirs.is_open:
        return None
    if ours.figures and (theirs.figures or theirs.agrees) and (figure := _figure(pack, said, told)):
        return None, figure
    denied = _denied(pack, ours, theirs, told) if len(ours.denies | theirs.denies) > 1 else None
    return None if denied is None else (denied, "")


def claims(pack: Pack, sentence: str) -> bool:
    """Whether a folded sentence says anything that another may say otherwise."""
    return not sentence.rstrip().endswith("?") and bool(_sentence(pack, sentence).parts)


def _figure(pack: Pack, said: str, told: Told) -> str | None:
    before = _figures(pack, told.sentence)
    if not before and (match := _FREE.search(told.asked)):
        before = {"money": {(0, 0): match.group()}}
    if not before or pack.topic("other_figures").is_in(said):
        return None
    every, now = _figures(pack, said), _figures(pack, told.now)
    for clause in _clauses(said):
        for unit, values in _figures(pack, clause).items():
            one = before.get(unit)
            if one is None or len(one) != 1 or len(values) != 1 or pack.topic("provisos").is_in(clause):
                continue
            ((value, piece),) = one.items()
            if any(_agree(value, other) for other in every[unit]) or any(each in now.get(unit, ()) for each in values):
                continue
            is_charge = unit == "money" and (value == (0, 0) or (0, 0) in values)
            is_named = _repeats(told.now, piece) or unit in _ITSELF or (unit == "percent" and " off" in told.sentence)
            is_named = is_named or bool(_SAME.search(said))
            if _is_of_it(pack, clause, told, unit, loosely=is_charge or is_named, named=is_named):
                return piece
    return None


def _repeats(now: str, piece: str) -> bool:
    """Whether the shopper took up a figure."""
    digits = _DIGITS.findall(piece)
    return bool(digits) and all(re.search(rf"(?<![\d.]){each}(?![\d])", now) for each in digits)


def _is_of_it(pack: Pack, clause: str, told: Told, unit: str, *, loosely: bool, named: bool) -> bool:
    """Whether a clause speaks of what the earlier sentence, or the question before it, spoke of."""
    words, now = _words(pack, clause), _words(pack, told.now)
    before = _words(pack, told.sentence) | _words(pack, told.asked)
    novel = words - before
    if novel & now or _other_day(clause, told, unit) or _another_thing(pack, clause, told):
        return False
    if named or (loosely and words & before):
        return True
    return not novel and bool(words & before or not (now - before))


def _another_thing(pack: Pack, clause: str, told: Told) -> bool:
    """Whether a clause names a size, a colour, a model or a state that has not come up before."""
    named = (text for match in pack.topic("kinds").matches(clause) for text in match.groupdict().values() if text)
    return any(each not in told.sentence and each not in told.asked for each in named)


def _other_day(clause: str, told: Told, unit: str) -> bool:
    """Whether a clause names other days of the week than the earlier sentence did; or the day that was asked for."""
    days, others = set(_DAY.findall(clause)), set(_DAY.findall(told.sentence))
    if unit == "weekday":
        return bool(days & set(_DAY.findall(told.now)))
    return bool(days and others) and not days & others


def _denied(pack: Pack, ours: Sentence, theirs: Sentence, told: Told) -> bool | None:
    """Whether the earlier sentence denied what this one grants, or granted what this one denies."""
    topic = pack.topic
    if not _ASKS.search(told.asked) or topic("complaints").is_in(told.now):
        return None
    asked = _words(pack, told.asked)
    for part in ours.parts:
        if not part.words or part.is_open:
            continue
        for before in theirs.parts:
            if before.denies == part.denies or part.words - before.words - asked:
                continue
            shared = part.words & before.words
            if not (shared or (theirs.agrees and part.words & asked)) or _another_thing(pack, part.clause, told):
                continue
            if part.denies and not (_PAST.search(part.clause) and _AHEAD.search(before.clause)):
                return False
            if before.denies and shared and topic("granted").is_in(part.clause) and not _PAST.search(before.clause):
                return True
    return None


@lru_cache(maxsize=_KEPT)
def _sentence(pack: Pack, text: str) -> Sentence:
    parts = tuple([_part(pack, each) for each in _clauses(text)])
    return Sentence(
        parts,
        frozenset([each.denies for each in parts]),
        _figures(pack, text),
        _AGREES.match(text) is not None,
        pack.topic("provisos").is_in(text),
    )


def _part(pack: Pack, clause: str) -> Part:
    is_open = pack.topic("other_figures").is_in(clause) or pack.topic("provisos").is_in(clause)
    return Part(clause, _words(pack, clause), _denies(pack, clause), is_open)


def _denies(pack: Pack, clause: str) -> bool:
    return "non-" in clause or pack.topic("denied").is_in(clause) or pack.topic("refusals").is_in(clause)


def _clauses(text: str) -> list[str]:
    return [_JOINT.sub("", match.group()) for match in _CLAUSE.finditer(text)]


@lru_cache(maxsize=_KEPT)
def _words(pack: Pack, text: str) -> frozenset[str]:
    """The words that tell what a text is about, by how they begin; those for one thing are one."""
    alike = pack.topic("alike_words").values
    light = _light(pack)
    heads = (alike.get(each[:_ALIKE], each[:_ALIKE]) for each in pack.stems(text))
    return frozenset(each for each in heads if each not in light)


@lru_cache(maxsize=2)
def _light(pack: Pack) -> frozenset[str]:
    return frozenset(each[:_ALIKE] for each in pack.stems(pack.topic("alike_words").values["light"]))


@lru_cache(maxsize=_KEPT)
def _figures(pack: Pack, text: str) -> Mapping[str, Mapping[Span, str]]:
    """By unit, from and to, and how it is written."""
    topic = pack.topic("measures")
    found: dict[str, dict[Span, str]] = {}
    for match in topic.matches(text):
        if match.lastgroup == "charged":
            found.setdefault("money", {})[_SOMETHING] = match.group()
            continue
        parts = {name.rstrip("0123456789"): piece for name, piece in match.groupdict().items() if piece}
        factor, _, unit = topic.values.get(parts.get("u", ""), "").partition(" ")
        low = None if parts.get("n") in _ARTICLES else listed_number(parts.get("n", "1"), topic.values)
        high = listed_number(parts.get("m", ""), topic.values) or low
        if unit and low is not None and high is not None:
            least, _, most = factor.partition("~")
            found.setdefault(unit, {})[low * float(least), high * float(most or least)] = match.group()
    return found


def _agree(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
