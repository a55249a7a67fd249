"""Trade words, in-house codes and needless foreign words in a draft, with the plain word for each."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from sonnim.coach.languages.pack import Pack
from sonnim.coach.passage import Passage
from sonnim.coach.text.folding import folded
from sonnim.coach.text.spans import Span, overlapping

KINDS = ("abbreviation", "foreign-word", "jargon")
_TOPICS = {"abbreviation": "abbreviations", "foreign-word": "foreign_words", "jargon": "trade_words"}
_CODE = re.compile(r"(?=[^A-Z]*[A-Z])[A-Z0-9&/.+-]{1,6}")
_OPEN, _CLOSE = "'\"「『《〈[<`‘“【", "'\"」』》〉]>`’”】"
_MODEL = re.compile(r"[-_]?\d|-[a-z]+\d")
_MEANING = re.compile(r"\s?[(（](?=[^)）]{2})|[,，]?\s?(?:也就是|就是指|指的是|意思是)")
"""Right after a term, it is said what it means."""
_NAME_BEFORE = re.compile(r"[A-Za-z]{2}: $|[A-Za-z0-9][@._-]$|[@_]$")
_WORD_BEFORE = re.compile(r"[A-Za-z]{2} $")
_NAME_AFTER = re.compile(r"[@_]|[.-][A-Za-z0-9]")
_NAME_GOES_ON = re.compile(r"\s+(?:[A-Z][a-z]|\d)")
_CHUNKS = 64


class Term(NamedTuple):
    """A word that the shopper may not know.

    Attributes:
        start, end: the piece that `suggestion` replaces; it may take a particle or an article along.
    """

    start: int
    end: int
    kind: str
    word: str
    plain: str
    suggestion: str


class _Known(NamedTuple):
    kind: str
    plain: str


def terms_in(draft: Passage, *, heard: Iterable[Passage], glossary: Mapping[str, str] | None) -> tuple[Term, ...]:
    """The terms of a draft, except those that the shopper used, or that are quoted, explained, or part of a name."""
    pattern, table = _compiled(draft.pack, tuple((glossary or {}).items()))
    found = []
    for match in pattern.finditer(draft.folded):
        word = match.group()
        known = table.get(word) or table.get(word.removesuffix("s"))
        if known is None or not draft.pack.stands_alone(draft.folded, *match.span()):
            continue
        if known.kind == "foreign-word" and _is_label(draft, match):
            continue
        if _is_named(draft, match) or _is_explained(draft, match, known, heard) or _is_said(word, heard):
            continue
        if known.kind == "abbreviation" and len(word) < 3 and draft.text[match.start() : match.end()].islower():
            continue
        start, end, better = draft.pack.put_instead(draft.text, *match.span(), known.plain)
        found.append(Term(start, end, known.kind, draft.text[match.start() : match.end()], known.plain, better))
    return tuple(found)


def kind_of(term: str, pack: Pack) -> str:
    """What a term of a shop's glossary is: a short code, a word of another language, or else a trade word."""
    if _CODE.fullmatch(term) or folded(term) in pack.topic("abbreviations").values:
        return "abbreviation"
    if folded(term) in pack.topic("trade_words").values:
        return "jargon"
    is_foreign = folded(term) in pack.topic("foreign_words").values or pack.is_foreign(term)
    return "foreign-word" if is_foreign else "jargon"


@lru_cache(maxsize=_CHUNKS)
def _compiled(pack: Pack, glossary: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], Mapping[str, _Known]]:
    table = {
        folded(word): _Known(kind, plain) for kind in KINDS for word, plain in pack.topic(_TOPICS[kind]).values.items()
    }
    table |= {
        folded(word.strip()): _Known(kind_of(word.strip(), pack), plain) for word, plain in glossary if word.strip()
    }
    plural = "s?" if pack.whole_words else ""
    return re.compile(f"(?:{_alternatives(table)}){plural}"), table


def _alternatives(words: Iterable[str]) -> str:
    """Longer words first; those of one letter together, since alternatives are tried one by one."""
    after: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        after.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in after.items())


def _is_named(draft: Passage, match: re.Match[str]) -> bool:
    """A model, a brand, an address of a page, a label in quotes."""
    start, end = match.span()
    text = draft.text
    if overlapping(Span(start - 1, end), draft.links) or _MODEL.match(draft.folded, end):
        return True
    if "/" in (text[start - 1 : start], text[end : end + 1]) and text[start:end].isascii():
        return True
    if start and end < len(text) and text[start - 1] in _OPEN and text[end] in _CLOSE:
        return True
    return (
        text[start].isupper()
        and text[start:end].isascii()
        and bool(_NAME_GOES_ON.match(text, end))
        and (not text[start:end].isupper())
    )


def _is_label(draft: Passage, match: re.Match[str]) -> bool:
    """What stands on a button or on a screen, or goes on with a name, has to be called as it is there."""
    start, end = match.span()
    if _NAME_AFTER.match(draft.text, end):
        return True
    before = draft.text[max(0, start - 4) : start]
    if not draft.pack.whole_words and (
        _NAME_BEFORE.search(before) or (draft.text[start].isupper() and _WORD_BEFORE.search(before))
    ):
        return True
    labels = draft.pack.topic("foreign_words").unless.matches(draft.folded)
    return any(each.start() <= start and end <= each.end() for each in labels)


def _is_explained(draft: Passage, match: re.Match[str], known: _Known, heard: Iterable[Passage]) -> bool:
    """Whether the plain word goes with it; outside brackets, one that the shopper used may be there for itself."""
    if _MEANING.match(draft.folded, match.end()):
        return True
    sentence, plain = draft.sentence_at(match.start()), folded(known.plain)
    if sentence is None or plain not in sentence.folded:
        return False
    return not _is_said(plain, heard) or "(" in draft.folded[max(0, match.start() - 1) : match.end() + 1]


def _is_said(word: str, heard: Iterable[Passage]) -> bool:
    return any(word in passage.folded for passage in heard)


def of_kind(terms: Iterable[Term], kind: str) -> Iterator[Term]:
    return (each for each in terms if each.kind == kind)
