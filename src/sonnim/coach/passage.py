"""One text, read once and lazily: its language, sentences, questions, links, and what is said in it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sonnim.coach.languages.pack import Pack, Register
from sonnim.coach.languages.registry import pack_of
from sonnim.coach.lazily import lazy
from sonnim.coach.text.figures import Figure, codes
from sonnim.coach.text.folding import folded
from sonnim.coach.text.links import links
from sonnim.coach.text.pairs import pairs
from sonnim.coach.text.quotes import quotes
from sonnim.coach.text.scripts import language_of
from sonnim.coach.text.sentences import sentences
from sonnim.coach.text.spans import Span, blanked

KEPT = 1024
_ALNUM = re.compile(r"[^\W_]+")


class Sentence(NamedTuple):
    """One sentence with its place in the text."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Passage:
    """A draft, or a message of the conversation.

    Attributes:
        language: by its script; nothing if it has no words, `other` if no pack reads it.
        pack: the language in which it is read.
        folded: lower case and plain quotes, for looking things up; as long as `text`.
    """

    def __init__(self, text: str, fallback: str) -> None:
        self.text = text
        self._fallback = fallback
        self._found: dict[str, tuple[Span, ...]] = {}

    @lazy
    def folded(self) -> str:
        return folded(self.text)

    @lazy
    def language(self) -> str | None:
        return language_of(self.text)

    @lazy
    def pack(self) -> Pack:
        return pack_of(self.language if self.language not in (None, "other") else self._fallback)

    @lazy
    def links(self) -> tuple[Span, ...]:
        return links(self.text)

    @lazy
    def quotes(self) -> tuple[Span, ...]:
        """What stands in quotes: words of somebody else, names, titles."""
        return quotes(self.folded)

    def is_quoted(self, span: Span) -> bool:
        """Whether a piece is within quotes."""
        return any(each.holds(span) for each in self.quotes)

    @lazy
    def sentences(self) -> tuple[Sentence, ...]:
        spans = sentences(self.text, endings=self.pack.endings, solid=self.links)
        return tuple(Sentence(*span, self.text[slice(*span)], self.folded[slice(*span)]) for span in spans)

    @lazy
    def questions(self) -> tuple[Sentence, ...]:
        return tuple(each for each in self.sentences if self.pack.is_question(each.folded))

    @lazy
    def levels(self) -> tuple[Register | None, ...]:
        """The level of speech of each sentence."""
        return tuple(self.pack.level(each.folded) for each in self.sentences)

    @lazy
    def bare_sentences(self) -> tuple[str, ...]:
        """The sentences as letters and digits alone, without greetings, to be compared."""
        plain = self.without(self.find("greetings"))
        return tuple("".join(_ALNUM.findall(plain, each.start, each.end)) for each in self.sentences)

    @lazy
    def pairs(self) -> set[int]:
        """Which two letters or digits follow each other, whatever stands between them."""
        return pairs("".join(_ALNUM.findall(self.folded)))

    @lazy
    def digits(self) -> str:
        """All digits, in order."""
        return "".join(filter(str.isdigit, self.folded))

    @lazy
    def codes(self) -> tuple[Figure, ...]:
        """What looks like a code, be it something else as well; `figures` has fewer, and takes longer."""
        return tuple(codes(self.folded))

    @lazy
    def figures(self) -> tuple[Figure, ...]:
        """Codes, sums, amounts, dates and times, in order of the text; each piece is one of them."""
        return self.pack.figures(self.folded, solid=self.links, codes=self.codes)

    def find(self, topic: str) -> tuple[Span, ...]:
        """Where something of a topic of the lexicon is said."""
        found = self._found.get(topic)
        if found is None:
            found = self._found[topic] = self.pack.topic(topic).spans(self.folded)
        return found

    def says(self, topic: str) -> bool:
        """Whether anything of a topic is said."""
        return bool(self.find(topic))

    def without(self, spans: Iterable[Span]) -> str:
        """The folded text with some pieces blanked out; positions hold."""
        return blanked(self.folded, spans)

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that a position lies in."""
        return next((each for each in self.sentences if each.start <= position < each.end), None)


@lru_cache(maxsize=KEPT)
def read(text: str, fallback: str) -> Passage:
    """A passage; that of a message is kept, since each draft of a conversation comes with all of them again."""
    return Passage(text, fallback)
