"""Simplified Chinese."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from sonnim.coach.languages.pack import Pack, Register, Slip
from sonnim.coach.languages.zh.opposites import claims, opposed
from sonnim.coach.languages.zh.register import level_of

_WORDS = re.compile(r"[一-鿿㐀-䶿]|[a-z0-9]+(?:['.,:/-][a-z0-9]+)*")

_TELLING = re.compile(r"[一-鿿]|\d+|[a-z]{2,}")
_VERDICT = re.compile(
    r"\s*(?:另外|不过|但是?|这个|那个|目前|现在|暂时|我们|本店|店里|小店|抱歉|很?遗憾|不好意思|您?放心|也|还|都|一般|当然|至于[^，]{1,6})*"
    r"(?:是|可以|能|会|行|好的|没|无|不|有|支持|要|需|暂|包|免|随时|同样)"
    r"|[^，]*(?:合适|刚好|正好|没问题|可以|不行|足够|够|免费)[的哦了呢]?\s*$"
)
_WANTS_NO_ANSWER = re.compile(
    r"难道|居然|竟然|至于|就该|就不|怎么可以|凭什么|闹哪样|什么意思|什么情况|这样|不是[^？?]*[吗么]|还说什么|自己信|一下好[吗么]"
)
_AGREES = re.compile(
    r"\s*(?:嗯+|是|对|好|可以|能|会|有|行|要|需要|送|带|含|包|支持|怕|没(?:有|问题)?|都?不(?:会|能|可以|用|要|送|带|含|支持|怕|行)?)"
    r"[的得哦呢哈啊呀滴亲噢嘞 ~～]*"
)
_TITLE = re.compile(r"(?:先生|女士|小姐|太太)$")


class Chinese(Pack):
    """There are no spaces and no endings: particles ask, and 您 is the polite you."""

    code = "zh"
    folder = Path(__file__).parent
    marks = "。！？"

    def is_foreign(self, term: str) -> bool:
        return re.search(r"[A-Za-z]{2}|[가-힣ぁ-ゖァ-ヺ]", term) is not None

    def count_words(self, folded: str) -> int:
        """A word is counted for every two characters, which is what most of them have."""
        found = _WORDS.findall(folded)
        han = sum(len(each) == 1 and not each.isascii() for each in found)
        return len(found) - han + (han + 1) // 2

    def stems(self, folded: str) -> frozenset[str]:
        """The characters, numbers and codes that tell: an answer nearly always takes up one of its question."""
        return frozenset(_TELLING.findall(folded)) - self._common_characters

    @cached_property
    def _common_characters(self) -> frozenset[str]:
        return frozenset(self.topic("everyday_words").values["words"])

    def subjects(self, question: str) -> frozenset[str]:
        """All that a question names; one that is vague, or wants no answer, names nothing."""
        named = self.stems(question)
        return named if len(named) > 1 and not _WANTS_NO_ANSWER.search(question) else frozenset()

    def offers_a_choice(self, question: str) -> bool:
        """By "or"; two characters of each side at least tell them apart."""
        return re.search(r"^(?!.*(?:到底|应该)).*[一-鿿]{2}还是[一-鿿]{2}", question) is not None

    def goes_on(self, clause: str) -> bool:
        """A clause that does not begin with a yes, a no or the like."""
        return _VERDICT.match(clause) is None

    def tells(self, clause: str, concern: str) -> bool:
        """By any of the words with which one answers such a question; several concerns may share one."""
        words = self.topic("told_of").values.get(concern)
        return words is not None and re.search(words, clause) is not None

    def agrees(self, clause: str) -> bool:
        """A clause that has nothing but "yes", "can", "will", "no" in it."""
        return _AGREES.fullmatch(clause) is not None

    def opposable(self, sentence: str) -> bool:
        """By a figure, a day, a size, a no or a yes, what costs extra and what is included."""
        return claims(sentence)

    def opposed(self, said: str, told: str, asked: str, now: str) -> tuple[bool | None, str] | None:
        """By the same words, with no for yes, or what costs extra for what is included."""
        return opposed(said, told, asked, now)

    def level(self, sentence: str) -> Register | None:
        """By its word for you."""
        return level_of(sentence, self)

    def register(self, sentences: Sequence[str]) -> Register | None:
        """By all its words for you."""
        return level_of("\n".join(sentences), self)

    def slips(self, sentence: str) -> tuple[Slip, ...]:
        """Each 你; 您 can stand in its place."""
        return tuple(Slip(*span, "您") for span in self.topic("plain_you").spans(sentence))

    def same_person(self, called: str, known: str) -> bool:
        """A surname with a title is enough; whole names have to be the same."""
        called, known = (_TITLE.sub("", name) for name in (called, known))
        return called in known or known in called

    def called_like(self, called: str, known: str) -> str:
        """The surname alone in the place of a surname."""
        bare = _TITLE.sub("", known)
        return bare[:1] if len(called) == 1 else bare
