"""What a number in a text stands for: a code, a sum, so many of something, a day, a time of day."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sonnim.coach.text.spans import Span

CODE, SUM, AMOUNT, DATE, DAY, TIME = "code", "sum", "amount", "date", "day", "time"
_CODE = re.compile(
    r"(?<![a-z0-9_.,-])(?:"
    r"\+?\(?\d{2,5}\)?[ -]\d{3,6}(?:[ -]\d{3,4}){0,2}(?:-\d{1,4})?"
    r"|(?=[a-z-]{0,12}\d)(?=[a-z-]*\d[a-z-]*\d)[a-z0-9]+(?:-[a-z0-9]+){0,4}"
    r")(?![a-z0-9])"
)
_DIGITS, _BEFORE_DIGITS = re.compile(r"[0-9]+|\d"), frozenset("abcdefghijklmnopqrstuvwxyz+(-")
_NO_SIGN, _NUMERAL = re.compile(r"[^a-z0-9]"), re.compile(r"\d+(?:\.\d+)?")
_NOT_CODE = re.compile(
    r"num\d+|(?:19|20)\d\d-\d\d?(?:-\d\d?)?|\d{1,3}(?:st|nd|rd|th|x|cm|mm|kg|g|ml|l|m|w|v|k|gb|tb|hz)|\d+-\d+-?[a-z]+"
)
_TIMES = {"万": 10_000, "만": 10_000, "천": 1_000, "千": 1_000}
_ZH = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class Figure(NamedTuple):
    """One number with its place.

    Attributes:
        unit: of what; figures are compared only with others of their kind and unit.
        value: the same for all ways of writing it.
    """

    kind: str
    unit: str
    value: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def number(text: str, words: Mapping[str, str]) -> float | None:
    """The value of digits, of a number word, or of Chinese numerals below ten thousand."""
    plain = text.replace(",", "").strip()
    if _NUMERAL.fullmatch(plain):
        return float(plain)
    if plain in words:
        return float(words[plain])
    return _chinese(plain) if plain and all(each in _ZH or each in "十百千" for each in plain) else None


def _chinese(text: str) -> float:
    total, digit = 0, 0
    for each in text:
        if each in _ZH:
            digit = _ZH[each]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[each]
            digit = 0
    return float(total + digit)


def written(value: float) -> str:
    """A value as text, the same for 39 and 39.00."""
    return f"{value:g}" if value < 1_000_000 else f"{value:.2f}".removesuffix(".00")


def sums(matches: Iterable[re.Match[str]], words: Mapping[str, str]) -> Iterator[Figure]:
    for match in matches:
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        if "n" not in parts and "m" not in parts:
            continue
        value = (number(parts["n"], words) if "n" in parts else 1.0) or 0.0
        value *= _TIMES.get(parts.get("m", ""), 1)
        if rest := number(parts.get("r", ""), words):
            value += rest * _TIMES.get(parts.get("q", ""), 1)
        if value:
            yield Figure(SUM, "", written(value), *match.span())


def amounts(matches: Iterable[re.Match[str]], words: Mapping[str, str], units: Mapping[str, str]) -> Iterator[Figure]:
    for match in matches:
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        value = number(parts.get("n", ""), words)
        unit = parts.get("u") or match.group().split()[0]
        if value is not None and unit:
            yield Figure(AMOUNT, units.get(unit, unit), written(value), *match.span())


def times(matches: Iterable[re.Match[str]], words: Mapping[str, str]) -> Iterator[Figure]:
    for match in matches:
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        hour = number(parts.get("h", ""), words)
        minute = 30.0 if "half" in parts else number(parts.get("min", "0"), words)
        if hour is not None and minute is not None and hour <= 24:
            yield Figure(TIME, "", f"{int(hour) % 12}:{int(minute)}", *match.span())


def dates(matches: Iterable[re.Match[str]], months: Mapping[str, str]) -> Iterator[Figure]:
    for match in matches:
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        month = months.get(parts.get("m", "")[:3], parts.get("m", ""))
        day = parts.get("d", "")
        if day.isdigit() and 1 <= int(day) <= 31 and not month:
            yield Figure(DAY, "", day, *match.span())
        elif day.isdigit() and month.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            yield Figure(DATE, parts.get("y", ""), f"{int(month)}-{int(day)}", *match.span())


def codes(folded: str) -> list[Figure]:
    """Numbers of orders, parcels and phones, and codes of letters and digits, be they something else as well."""
    found = []
    for match in _like_codes(folded):
        bare = _NO_SIGN.sub("", match.group())
        digits = sum(map(str.isdigit, bare))
        if digits >= (5 if digits == len(bare) else 2) and len(bare) >= 5 and not _NOT_CODE.fullmatch(match.group()):
            found.append(Figure(CODE, "", bare, *match.span()))
    return found


def _like_codes(folded: str) -> Iterator[re.Match[str]]:
    # Only digits are looked for at every character; what may stand before the first one of a code is tried from there.
    at = 0
    while digit := _DIGITS.search(folded, at):
        start = digit.start()
        while start > at and folded[start - 1] in _BEFORE_DIGITS:
            start -= 1
        tried = (_CODE.match(folded, place) for place in range(start, digit.start() + 1))
        match = next(filter(None, tried), None)
        if match:
            yield match
        at = (match or digit).end()


def listed_number(text: str, values: Mapping[str, str]) -> float | None:
    """The value of digits, or of a number word that a topic lists as `#word`."""
    plain = text.replace(",", "")
    if plain.replace(".", "", 1).isdecimal():
        return float(plain)
    known = values.get(f"#{plain}")
    return float(known) if known else None


def swapped(one: str, other: str) -> bool:
    """Whether two neighbouring letters or digits changed places, and nothing else differs, as in 49.90 for 94.90."""
    left, right = (list(filter(str.isalnum, each)) for each in (one, other))
    if len(left) != len(right) or one.find(".") != other.find("."):
        return False
    wrong = [at for at, (ours, theirs) in enumerate(zip(left, right, strict=True)) if ours != theirs]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return left[wrong[0]] == right[wrong[1]] and left[wrong[1]] == right[wrong[0]]


def nearly(one: str, other: str) -> bool:
    """Whether two codes differ by one slip: a wrong, missing or doubled sign, or two that changed places."""
    if one == other or min(len(one), len(other)) < (5 if (one + other).isdigit() else 6):
        return False
    if len(one) == len(other):
        wrong = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
        if len(wrong) == 2:
            first, second = wrong
            return one[first] == other[second] and one[second] == other[first]
        return len(wrong) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
