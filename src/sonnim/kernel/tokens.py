"""What a text is found by: one tokeniser for every database, in any mixture of Korean, Chinese and Latin writing.

A text is folded first: width, case, accents, traditional to simplified characters, and the spaces inside CJK text,
which writers set as they please. Scripts without reliable spaces give their characters and pairs of them, so that any
part of a word finds it from one character on; other words and numbers give their beginnings.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

MAX_WORD = 24
"""Of a longer word only so many characters count."""
# Kana, Hangul with its single letters, Han; Thai, Lao, Tibetan, Burmese and Khmer, which set no spaces either.
_CJK = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7a3"
_GRAMS = f"{_CJK}\uf900-\ufaff\U00020000-\U0003ffff"
_SIGNS = "$%€£₩¥\u2190-\u2bff\U0001f000-\U0001faff"
_PARTS = re.compile(f"([{_GRAMS}]+)|([^\\W_{_GRAMS}]+)|([{_SIGNS}])")
_GAP = re.compile(f"(?<=[{_GRAMS}])\\s+(?=[{_GRAMS}])")
_PIECES = re.compile(r"\d+|\D+")


class Tokens(NamedTuple):
    """The tokens of a text, and its whole words among them (those that have beginnings)."""

    all: set[str]
    words: set[str]


class Term(NamedTuple):
    """A part of a query: a text holds it if it holds all the tokens. `text` is folded; `is_word` has beginnings."""

    text: str
    tokens: tuple[str, ...]
    is_word: bool


class _Folding(dict[int, str]):
    """Character → folded, worked out once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # Single letters such as ㅋㅋ stay themselves: NFKC would make them parts of syllables.
        folded = char if 0x3131 <= code <= 0x318E else unicodedata.normalize("NFKC", char).lower()
        if code < 0x250 or 0x1E00 <= code < 0x1F00:
            folded = "".join(each for each in unicodedata.normalize("NFD", folded) if not unicodedata.combining(each))
        self[code] = folded = "".join(_simplified().get(each, each) for each in folded)
        return folded


_folding = _Folding()


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    lines = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split(" ")}


def fold(text: str) -> str:
    """A text as it is compared: what two people would call the same reads the same."""
    return _GAP.sub("", unicodedata.normalize("NFC", text).translate(_folding))


def tokens_of(text: str) -> Tokens:
    """Everything by which a text is found."""
    found: set[str] = set()
    words: set[str] = set()
    for grams, word, sign in _PARTS.findall(fold(text)):
        if grams:
            found.update(grams)
            found.update([grams[at : at + 2] for at in range(len(grams) - 1)])
        elif word:
            words.add(word[:MAX_WORD])
            _add_beginnings(found, word)
            if not word.isalpha() and not word.isdigit():  # 20kg, sn20418
                for piece in _PIECES.findall(word)[1:]:
                    _add_beginnings(found, piece)
        else:
            found.add(sign)
    return Tokens(found, words)


def _add_beginnings(found: set[str], word: str) -> None:
    found.update([word[:length] for length in range(1, min(len(word), MAX_WORD) + 1)])


def terms_of(query: str) -> list[Term]:
    """The parts of a query, each of which a text must hold; empty if there is nothing to look up."""
    terms: dict[str, Term] = {}
    for typed in query.split():
        for grams, word, sign in _PARTS.findall(fold(typed)):
            part = grams or word[:MAX_WORD] or sign
            pairs = tuple(dict.fromkeys(grams[at : at + 2] for at in range(len(grams) - 1)))
            terms.setdefault(part, Term(part, pairs or (part,), bool(word)))
    return list(terms.values())


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """A folded text, and for each of its characters which character of the text it came from."""
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        return _composed_places(text)
    folded, places = [], []
    for at, char in enumerate(text):
        for each in char.translate(_folding):
            folded.append(each)
            places.append(at)
    whole = "".join(folded)
    gaps = {at for gap in _GAP.finditer(whole) for at in range(*gap.span())}
    if gaps:
        whole = "".join(char for at, char in enumerate(whole) if at not in gaps)
        places = [place for at, place in enumerate(places) if at not in gaps]
    return whole, places


def _composed_places(text: str) -> tuple[str, list[int]]:
    """The same for a text in pieces, such as Hangul typed on a Mac: piece by piece, each a character and its marks."""
    folded, places = "", []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (
            unicodedata.combining(text[at]) or len(unicodedata.normalize("NFC", text[start : at + 1])) == 1
        ):
            continue
        piece = unicodedata.normalize("NFC", text[start:at]).translate(_folding)
        folded += piece
        places += [start] * len(piece)
        start = at
    return folded, places
