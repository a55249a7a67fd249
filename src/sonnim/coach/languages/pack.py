"""What every language can do; a language overrides what it does otherwise, the rest is its data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import ClassVar, NamedTuple

import msgspec

from sonnim.coach.languages.gate import MARKS
from sonnim.coach.languages.lexicon import Lexicon, Topic
from sonnim.coach.languages.politeness import Scorer
from sonnim.coach.text import figures
from sonnim.coach.text.figures import Figure
from sonnim.coach.text.spans import Span, overlapping

_FIGURE = re.compile(
    r"[\d一二两三四五六七八九十한두세네열만천]|다섯|여섯|일곱|여덟|아홉|two|three|four|five|six|seven|eight|nine|ten|dozen"
)
_START = attrgetter("start")
_LATIN = re.compile(r"[a-z0-9_à-ɏ]")


class Register(StrEnum):
    """The level of speech of a text."""

    FORMAL = "formal"
    POLITE = "polite"
    PLAIN = "plain"
    MIXED = "mixed"


class Slip(NamedTuple):
    """A piece of a sentence whose level of speech is too familiar, and what is polite instead, if that is certain."""

    start: int
    end: int
    instead: str | None


def _take(found: list[Figure], others: Iterable[Figure], solid: Sequence[Span]) -> None:
    """Adds the figures that have no character of those before, nor of what is solid."""
    taken = [*solid, *(each[-2:] for each in found)]
    found += [each for each in others if not overlapping(each[-2:], taken)]


class Pack:
    """One language. Nothing is read from disk before it is asked for; everything is kept afterwards."""

    code: ClassVar[str]
    folder: ClassVar[Path]
    whole_words: ClassVar[bool] = False
    marks: ClassVar[str] = MARKS
    """What the patterns of this language do not go across, but for a few."""
    yes_comes_first: ClassVar[bool] = False
    """Whether a yes before the rest answers the first of several questions."""
    endings: ClassVar[re.Pattern[str] | None] = None

    def topic(self, name: str) -> Topic:
        """What `lexicon/<name>.json` knows."""
        return self.lexicon.topics[name]

    def prepare(self) -> None:
        """Read all that would be read with the first text."""
        for topic in self.lexicon.topics.values():
            topic.may_be_in("")
        self.politeness(())

    @cached_property
    def lexicon(self) -> Lexicon:
        """All that this language knows of what is said."""
        return Lexicon(self.folder / "lexicon", macros=self.macros(), whole_words=self.whole_words, marks=self.marks)

    @cache  # noqa: B019 - packs live as long as the process
    def macros(self) -> Mapping[str, str]:
        """Pieces of patterns that the topics of this language share: `macros.json`."""
        return msgspec.json.decode((self.folder / "macros.json").read_bytes(), type=dict[str, str])

    @cache  # noqa: B019
    def words(self, rule: str) -> Mapping[str, str]:
        """What the coach says about a rule: `words/<rule>.json`."""
        return msgspec.json.decode((self.folder / "words" / f"{rule}.json").read_bytes(), type=dict[str, str])

    def is_foreign(self, term: str) -> bool:
        """Whether a term of the shop is a word of another language."""
        return False

    def stands_alone(self, folded: str, start: int, end: int) -> bool:
        """Whether a piece is a word, not a part of a longer one."""
        before, after = folded[start - 1 : start], folded[end : end + 1]
        return not (_LATIN.match(folded[start]) and _LATIN.match(before)) and not (
            _LATIN.match(folded[end - 1]) and _LATIN.match(after)
        )

    def put_instead(self, text: str, start: int, end: int, plain: str) -> tuple[int, int, str]:
        """The piece to replace, and with what, so that a plain word can stand where another stood."""
        return start, end, plain

    def figures(
        self, folded: str, *, solid: Sequence[Span], codes: Sequence[Figure] | None = None
    ) -> tuple[Figure, ...]:
        """What the numbers of a text stand for; nothing is read in links.

        Args:
            codes: what looks like one, if it has been read before.
        """
        if not _FIGURE.search(folded):
            return ()
        words, found = self.topic("number_words").values, list[Figure]()
        codes = figures.codes(folded) if codes is None else codes
        for name, read in (("dates", figures.dates), ("sums", figures.sums), ("clock_times", figures.times)):
            topic = self.topic(name)
            if matches := topic.matches(folded):
                _take(found, read(matches, topic.values if name == "dates" else words), solid)
        _take(found, (each for each in codes if not each.value.isdigit()), solid)
        topic = self.topic("amounts")
        if matches := topic.matches(folded):
            _take(found, figures.amounts(matches, words, topic.values), solid)
        _take(found, codes, solid)
        return tuple(sorted(found, key=_START))

    @cache  # noqa: B019
    def ways_to_write(self, unit: str) -> tuple[str, ...]:
        """The unit of an amount, and the other words for it."""
        return unit, *(each for each, meant in self.topic("amounts").values.items() if meant == unit)

    def is_question(self, sentence: str) -> bool:
        """Whether a folded sentence asks something, with or without a question mark."""
        return sentence.rstrip(" \"')").endswith(("?", "？")) or self.topic("questions").is_in(sentence)

    def is_yes_no(self, question: str) -> bool:
        """Whether a folded question can be answered by yes or no."""
        return not self.topic("question_words").is_in(question)

    def count_words(self, folded: str) -> int:
        """How many words a text has."""
        return len(re.findall(r"[^\W_]+(?:['.,:/-][^\W_]+)*", folded))

    def stems(self, folded: str) -> frozenset[str]:
        """The words that say what a text is about, without their endings; nothing where words cannot be told apart."""
        return frozenset()

    def subjects(self, question: str) -> frozenset[str]:
        """The stems of the things that a folded question names."""
        return frozenset()

    def narrowed(self, concerns: Iterable[str]) -> frozenset[str]:
        """Of all that a question seems to be about, what it is about."""
        return frozenset(concerns)

    def held(self, clause: str, words: frozenset[str]) -> frozenset[str]:
        """The stems that a folded clause has within longer words."""
        return frozenset()

    def announces(self, question: str) -> bool:
        """Whether a question only says what the others are about."""
        return False

    def is_aside(self, clause: str) -> bool:
        """Whether a folded clause greets or thanks, whatever it thanks for."""
        return False

    def offers_a_choice(self, question: str) -> bool:
        """Whether a folded question names two things of which the answer has to name one."""
        return False

    def goes_on(self, clause: str) -> bool:
        """Whether a folded clause only gives the reason or the result of the one before."""
        return False

    def tells(self, clause: str, concern: str) -> bool:
        """Whether a folded clause answers a question on a concern, by the words that are enough for it."""
        return False

    def agrees(self, clause: str) -> bool:
        """Whether a folded clause is a yes or a no that does not say of what."""
        return False

    def opposable(self, sentence: str) -> bool:
        """Whether a folded sentence claims anything that another may say otherwise."""
        return False

    def opposed(self, said: str, told: str, asked: str, now: str) -> tuple[bool | None, str] | None:
        """What an earlier sentence says otherwise than one now: that it denied, or the piece that is another now.

        Args:
            said, told: the sentence now and the earlier one, both of which claim something.
            asked, now: what the shopper wrote before the earlier sentence, and before this one.
        """
        return None

    def exempts(self, text: str) -> bool:
        """Whether a folded no to a return says why the plan's days do not hold here."""
        return self.topic("reasons").is_in(text)

    def declines(self, sentence: str, asked: str) -> bool:
        """Whether a folded sentence is a bare no, such as "sadly we don't", to somebody who asks for a favour."""
        return False

    def scolds(self, question: str, after: str) -> bool:
        """Whether a folded sentence asks what the next one answers by itself, so that it only scolds."""
        return False

    def is_address(self, folded: str) -> bool:
        """Whether a few words are nothing but what somebody is called; by its title, where a language has such."""
        return False

    def is_short(self, folded: str) -> bool:
        """Whether a whole reply has one or two words."""
        return self.count_words(folded) <= 2

    def same_person(self, called: str, known: str) -> bool:
        """Whether a name could be a way of calling somebody who has the other name."""
        one, other = called.lower(), known.lower()
        return one in other or other in one

    def called_like(self, called: str, known: str) -> str:
        """The known name in the form of address of the wrong one."""
        return known

    def level(self, sentence: str) -> Register | None:
        """The level of speech of one folded sentence, if it certainly shows any."""
        return None

    def slips(self, sentence: str) -> tuple[Slip, ...]:
        """The familiar pieces of a folded sentence that stands among polite ones."""
        return (Slip(0, len(sentence), None),) if self.level(sentence) == Register.PLAIN else ()

    def register(self, sentences: Sequence[str]) -> Register | None:
        """The level of speech of a text, if this language has any and the text shows it.

        Args:
            sentences: those of the text, folded.
        """
        return None

    def politeness(self, sentences: Sequence[str]) -> float:
        """How polite a text is by `politeness.json`: from 0, rude, to 1, very polite; 0.5 is neither.

        Args:
            sentences: those of the text, folded.
        """
        return self._scorer(" ".join(sentences))

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(
            self.folder / "politeness.json", macros=self.macros(), whole_words=self.whole_words, marks=self.marks
        )
