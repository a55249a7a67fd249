"""`look-alike-digits`: in a call, a number whose digits sound or look like others is not spelled out."""

import itertools
import re
from collections.abc import Iterator, Mapping

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.figures import CODE
from sonnim.coach.text.spans import Span, overlapping

ID = "look-alike-digits"
CALLS = frozenset({"call", "phone", "voice", "telephone"})
_DIGITS = re.compile(r"(?<![a-z0-9.,-])\d(?:[ -]?\d){3,19}(?![a-z0-9])")
_MIXED = re.compile(r"(?<![a-z0-9.,-])(?=[a-z-]{0,9}\d)(?=[\d-]{0,9}[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9])")
_LOOK_ALIKE = frozenset("oilsbzg")
_NETWORK = re.compile(r"(?:[2-6]g)+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 4
_RUN = re.compile(r"\d{10,}")
"""So many digits in a row cannot be followed by ear, whichever they are."""


def find(reading: Reading) -> Iterator[Finding]:
    if reading.context.channel not in CALLS or reading.draft.says("spelled_out"):
        return
    spoken = reading.pack.topic("spoken_digits").values
    draft = reading.draft
    taken = [*draft.links, *(each.span for each in draft.figures if each.kind != CODE)]
    found = [Span(*match.span()) for match in _numbers(draft.folded, spoken) if _is_shouted(reading.text, match)]
    places = [each for each in found if not overlapping(each, taken)]
    spoken_sums = draft.find("alike_numbers")
    for span in (*places, *spoken_sums):
        text = reading.text[slice(*span)]
        yield Finding(
            *span,
            reading.word(ID, "suggestion", text=text, digits=_spelled(text, spoken, only_digits=span in spoken_sums)),
        )


def _numbers(folded: str, spoken: Mapping[str, str]) -> Iterator[re.Match[str]]:
    for match in _DIGITS.finditer(folded):
        alike = _sounds_alike(match.group(), spoken["alike"]) and not _YEAR.fullmatch(match.group())
        if alike or _RUN.search(match.group()):
            yield match
    for match in _MIXED.finditer(folded):
        if _is_code(match.group(), spoken["alike"]):
            yield match


def _sounds_alike(piece: str, alike: str) -> bool:
    """Whether digits that are taken for each other stand in one number."""
    return any(set(pair) <= set(piece) for pair in alike.split())


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Codes are written in capitals; a name such as "iPhone4" is not."""
    return not any(each.islower() for each in text[match.start() : match.end()])


def _is_code(piece: str, alike: str) -> bool:
    """Whether letters and digits change places as only in codes, or digits that sound alike follow a letter."""
    bare = piece.replace("-", "")
    if len(bare) < _LONG or _NETWORK.fullmatch(bare):
        return False
    turns = sum(one.isdigit() != other.isdigit() for one, other in itertools.pairwise(bare))
    digits = sum(each.isdigit() for each in bare)
    mixed = turns > 1 and bool(set(bare) & _LOOK_ALIKE)
    return mixed or {"o", "0"} <= set(bare) or (digits >= _LONG and _sounds_alike(bare, alike))


def _spelled(text: str, spoken: Mapping[str, str], *, only_digits: bool) -> str:
    """Each sign in words, as one would say it on the phone."""
    letters = not only_digits
    signs = [
        each for each in text if each.isdigit() or each in spoken or (letters and each.isascii() and each.isalpha())
    ]
    said = [spoken[each] if each in spoken else spoken["letter"].replace("?", each.upper()) for each in signs]
    return spoken["between"].join(said)


RULE = Rule(ID, Severity.NOTE, find)
