"""What one Korean sentence says otherwise than an earlier one: another figure, or a no where there was a yes."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from sonnim.coach.languages.ko.sizes import Size, sizes

_KEPT, _LONG, _SEVERAL = 256, 80, 20
Speaks = Callable[[str], frozenset[str]]


class Known(msgspec.Struct):
    """`opposites.json`: patterns by what they tell, verbs by what is done, and words that exclude each other."""

    patterns: dict[str, str]
    acts: dict[str, str]
    unlike: list[tuple[str, str]]


class Clause(NamedTuple):
    """A part of a sentence: what it says, with all that stands before it, and whether it says no."""

    text: str
    whole: str
    denies: bool | None
    acts: frozenset[str]


def opposed(
    said: str,
    told: str,
    asked: str,
    now: str,
    stems: Speaks,
    aspects: Speaks,
) -> tuple[bool | None, str] | None:
    """What `told` says otherwise; see the pack.

    Args:
        stems, aspects: what a text speaks of.
    """
    if not now or _pattern("regret").search(said) or not _pattern("asked").search(asked):
        return None
    known = f"{told} {asked}"
    if _asks_of_another(now, known):
        return None
    plain = tuple(_for_any_case(_clauses(told))) if not _pattern("whatever").search(said) else _clauses(told)
    before, spoken = stems(known), aspects(known)
    for clause in _clauses(said):
        if not (stems(clause.whole) & before or aspects(clause.whole) & spoken) or _pattern("only_if").search(
            clause.whole
        ):
            continue
        if found := _other_size(clause, " ".join(each.text for each in plain), known):
            return None, found
        if _names_another(clause, known, aspects, spoken):
            continue
        named = (each.group(each.lastindex or 0) for each in _pattern("named").finditer(clause.whole))
        if not (any(each in known for each in named) or aspects(clause.whole) & spoken):
            continue
        if _is_unlike(clause.text, told) or any(_is_opposite(clause, other) for other in plain):
            return None, told
    return None


def claims(sentence: str) -> bool:
    """Whether it claims something, in so few words that it is clear of what."""
    if len(sentence) > _LONG or sentence.endswith("?"):
        return False
    return bool(sizes(sentence)) or any(each.denies is not None for each in _clauses(sentence))


def _for_any_case(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """Those that hold whatever the case: not "if it is broken", nor what follows that."""
    in_case = False
    for each in clauses:
        is_case = _pattern("case").search(each.text) is not None
        if not is_case and not in_case:
            yield each
        in_case = is_case


def _is_opposite(clause: Clause, other: Clause) -> bool:
    if clause.acts and other.acts and not clause.acts & other.acts:
        return False
    return clause.denies is not None and other.denies is not None and clause.denies != other.denies


def _asks_of_another(now: str, known: str) -> bool:
    """Whether the shopper has gone on to another thing."""
    if any(each not in known for each in _pattern("asks_of").findall(now)):
        return True
    named = (each for each in _pattern("marked").findall(now) if not _pattern("plain").match(each))
    return any(each not in known and each[:2] not in known for each in named)


@lru_cache(maxsize=_KEPT)
def _clauses(sentence: str) -> tuple[Clause, ...]:
    return tuple(_cut(sentence))


def _cut(sentence: str) -> Iterator[Clause]:
    start, agreed = 0, _pattern("agreed").match(sentence) is not None
    for end in (*(each.end() for each in _pattern("clauses").finditer(sentence)), len(sentence)):
        text = sentence[start:end]
        if text.strip() and not _pattern("alone").fullmatch(text.strip()):
            agrees = agreed and (end == len(sentence) or text.rstrip().endswith(("고", "며")))
            plain = _pattern("not_no").sub("", text)
            denies = True if _pattern("no").search(plain) else False if agrees or _pattern("yes").search(text) else None
            acts = frozenset(name for name, pattern in _acts().items() if pattern.search(plain))
            yield Clause(text, sentence[:end], denies, acts)
            agreed = False
        start = end


def _names_another(clause: Clause, known: str, aspects: Speaks, spoken: frozenset[str]) -> bool:
    """Whether it is said of a thing, a day or a place of which nothing was said before."""
    if any(each not in known for each in _pattern("another").findall(clause.whole)):
        return True
    named = [each for each in _pattern("topic").findall(clause.whole) if not _pattern("plain").match(each)]
    return any(each not in known and each[:2] not in known and not aspects(each) & spoken for each in named)


def _is_unlike(said: str, told: str) -> bool:
    """Whether one is paid for, automatic, new or grown here, and the other is not."""
    if (
        _pattern("paid").search(said)
        and not _pattern("free").search(said)
        and _pattern("free").search(told)
        and not _pattern("paid").search(told)
    ) or (
        _pattern("free").search(said)
        and not _pattern("paid").search(said)
        and _pattern("paid").search(told)
        and not _pattern("free").search(told)
    ):
        return True
    return any(
        (one.search(said) and not other.search(said) and other.search(told) and not one.search(told))
        or (other.search(said) and not one.search(said) and one.search(told) and not other.search(told))
        for one, other in _unlike()
    )


def _other_size(clause: Clause, told: str, known: str) -> str | None:
    """The figure of the earlier sentence that this one has otherwise."""
    another = [each for each in _pattern("another").findall(clause.whole) if each not in known]
    named = [
        each
        for each in _pattern("topic").findall(clause.text)
        if not _pattern("plain").match(each) and not each[:1].isdigit()
    ]
    if any(each not in known and each[:2] not in known for each in named):
        return None
    for size in sizes(clause.text):
        if any(not _goes_with(each, size.kind) for each in another):
            continue
        others = [each for each in sizes(told) if each.kind == size.kind]
        if len({each[1:3] for each in others}) != 1 or sum(each.kind == size.kind for each in sizes(clause.whole)) > 1:
            continue
        if _differ(size, others[0], clause.whole, told):
            return others[0].text
    return None


def _goes_with(narrowing: str, kind: str) -> bool:
    """Whether a word that narrows other figures is no more than a part of this one."""
    if kind.startswith("weekday"):
        return narrowing.endswith(("요일", "오전", "오후", "저녁", "새벽"))
    return kind == "sort" and narrowing.endswith("색")


def _differ(size: Size, other: Size, said: str, told: str) -> bool:
    if not (size.high < other.low or other.high < size.low):
        return False
    if any(other.text in each.group() for each in _pattern("apiece").finditer(told)):
        return False
    if any(other.text in each.group() for each in _pattern("apiece").finditer(told)):
        return False
    if size.kind.startswith("won") and (
        any(each not in told for each in _pattern("added").findall(said)) or _is_of_several(size, other, said, told)
    ):
        return False
    return not (_pattern("rough").search(said) or _pattern("rough").search(told)) or max(
        size.high, other.high
    ) >= 1.5 * min(size.low, other.low)


def _is_of_several(size: Size, other: Size, said: str, told: str) -> bool:
    """Whether a sum is so many times the price of one that was told before."""
    apiece = _pattern("apiece")
    if not other.low or not apiece.search(told) or apiece.search(said):
        return False
    times = size.low / other.low
    return size.low == size.high and times.is_integer() and 1 < times <= _SEVERAL


@cache
def _known() -> Known:
    return msgspec.json.decode(Path(__file__).with_suffix(".json").read_bytes(), type=Known)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_known().patterns[name])


@cache
def _acts() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _known().acts.items()}


@cache
def _unlike() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(one), re.compile(other)) for one, other in _known().unlike)
