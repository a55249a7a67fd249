"""Korean levels of speech, read from endings; 해요체 beside 합니다체 is normal, 반말 beside them is not."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sonnim.coach.languages.pack import Register

if TYPE_CHECKING:
    from sonnim.coach.languages.pack import Pack

_LAUGHS = "ㅋㅎㅠㅜㅡ"
_CALLED = re.compile(r"(?<=[\s,.!?~])[가-힣]{0,4}님$")
_NAME, _KEPT = 6, 512
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']{2,}'|“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\([^)]*\)$")
_WORDS = re.compile(r"[^:：]*[가-힣]{2}[^:：]*")
_TAIL = 24
_LEVELS = (
    ("formal_endings", Register.FORMAL),
    ("polite_endings", Register.POLITE),
    ("plain_endings", Register.PLAIN),
    ("memo_endings", Register.PLAIN),
)


@lru_cache(maxsize=_KEPT)
def level_of(sentence: str, pack: "Pack") -> Register | None:
    """The level that the ending of a folded sentence shows; nothing for a fragment, a label, or a quotation."""
    tail = _tail(sentence)
    if tail == "뭐":
        return None
    if not tail or not "가" <= tail[-1] <= "힣":
        return Register.PLAIN if tail.endswith(("ㅇㅇ", "ㄴㄴ", "ㅇㅋ")) else None
    return next((level for topic, level in _LEVELS if pack.topic(topic).is_in(tail)), None)


def overall(levels: Iterable[Register | None]) -> Register | None:
    """The level of a text of such sentences."""
    counted = Counter(level for level in levels if level is not None)
    if not counted:
        return None
    if Register.PLAIN in counted:
        return Register.PLAIN if len(counted) == 1 else Register.MIXED
    return max(counted, key=lambda level: (counted[level], level == Register.FORMAL))


def guessed(sentences: Sequence[str], pack: "Pack") -> Register | None:
    """The likelier level where no ending is certain: by single words, else by whether a verb may end so."""
    text = " ".join(sentences)
    polite, plain = pack.topic("polite_words").is_in(text), pack.topic("plain_words").is_in(text)
    if polite != plain:
        return Register.POLITE if polite else Register.PLAIN
    perhaps = pack.topic("perhaps_plain")
    bare = any(perhaps.is_in(_tail(each)) or each.endswith(("?", "？")) for each in sentences if _WORDS.fullmatch(each))
    return Register.PLAIN if bare else None


def _tail(sentence: str) -> str:
    return _ended(_QUOTED.sub("", sentence))[-_TAIL:]


def _ended(text: str) -> str:
    """A sentence without what trails behind its ending: signs, laughter, the name that is called last.

    By hand, since a pattern for it would try every way of parting a row of dots.
    """
    end = len(text)
    while end:
        last = text[end - 1]
        if not last.isalnum() or last in _LAUGHS:
            end -= 1
        elif called := _CALLED.search(text[max(0, end - _NAME) : end]):
            end -= len(called[0])
        else:
            break
    return text[:end]
