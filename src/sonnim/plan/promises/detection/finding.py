"""The one way through a text, whatever its language: sentences, candidates, what speaks against them, when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from sonnim.plan.promises.detection.found import ACTS, Calendar, Candidate, Found, Pack, PassedOver, Timed, When
from sonnim.plan.promises.detection.times import due_of

MAX_TEXT = 20_000
MAX_SENTENCE = 300
MAX_FOUND = 20
MAX_BESIDE = 12
WRONG_SIDE = 15

_QUOTED = re.compile(
    r"^[ \t]{0,3}[>＞|].*$|\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|‘[^’\n]{2,300}’|「[^」\n]{1,300}」|『[^』\n]{1,300}』"
    r"|(?<![\w])'[^'\n]{2,300}'(?![\w])|`[^`\n]{1,300}`|https?://\S{1,500}",
    re.MULTILINE,
)
_END = re.compile(
    r"[!?！？。…~～\n]+|(?<=[^\dA-Z])\.(?=\s|\Z|[가-힣一-鿿])|(?<=[가-힣一-鿿])\.|(?<=[A-Z]{2})\.(?=\s|\Z)|[;；]"
)
_HANGUL, _HAN, _LATIN = re.compile("[가-힣]"), re.compile("[一-鿿]"), re.compile("[A-Za-z]")
Span = tuple[int, int]
SOON = When(soon=True)


def find(text: str, *, at: int, zone: ZoneInfo, calendar: Calendar) -> list[Found]:
    """What is promised in a text that is said at an instant (milliseconds since 1970 UTC), in order; at most 20."""
    return look(text, at=at, zone=zone, calendar=calendar)[0]


def look(text: str, *, at: int, zone: ZoneInfo, calendar: Calendar) -> tuple[list[Found], list[PassedOver]]:
    """What is promised in a text, and what only looks like it, with the reason."""
    found: list[Found] = []
    passed: list[PassedOver] = []
    bare, last = _without_quotes(text[:MAX_TEXT]), ""
    for start, end in _sentences(bare):
        sentence = bare[start:end]
        pack = _pack(sentence)
        if pack is not None and len(found) < MAX_FOUND:
            kept, others = _in_sentence(sentence, last, pack)
            for candidate, timed in kept:
                due, how = due_of(timed.when, at=at, zone=zone, calendar=calendar) if timed else (None, "none")
                said = sentence[timed.start : timed.end] if timed else ""
                found.append(Found(*_trimmed(bare, start, end), candidate.act, due, how, said))
            passed += (PassedOver(start + each.start, start + each.end, each.act, why) for each, why in others)
        last = sentence or last
    return found[:MAX_FOUND], passed


def _without_quotes(text: str) -> str:
    """The text with what others said blanked out; every other character stays where it was."""
    blanked = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)
    return blanked if len(blanked) == len(text) else text


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        while end - start > MAX_SENTENCE:
            yield start, start + MAX_SENTENCE
            start += MAX_SENTENCE
        if text[start:end].strip():
            yield start, end
        start = end


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _pack(sentence: str) -> Pack | None:
    # A language's patterns are made when somebody writes in it: a start, also after a crash, has no time for them.
    if _HANGUL.search(sentence):
        from sonnim.plan.promises.detection.packs import ko

        return ko.PACK
    if _HAN.search(sentence):
        from sonnim.plan.promises.detection.packs import zh

        return zh.PACK
    if _LATIN.search(sentence):
        from sonnim.plan.promises.detection.packs import en

        return en.PACK
    return None


def _in_sentence(
    sentence: str, last: str, pack: Pack
) -> tuple[list[tuple[Candidate, Timed | None]], list[tuple[Candidate, str]]]:
    candidates = pack.candidates(sentence)
    if not candidates:
        return [], []
    times = pack.times(sentence)
    kept: list[tuple[Candidate, Timed | None]] = []
    others: list[tuple[Candidate, str]] = []
    for each in candidates:
        timed = _nearest(each, times, sentence, pack)
        why = _against(each, timed, sentence, last, pack)
        if why:
            others.append((each, why))
        else:
            kept.append((each, timed))
    return _one_each(kept), others


def _against(candidate: Candidate, timed: Timed | None, sentence: str, last: str, pack: Pack) -> str:
    """Why a candidate is no promise; empty if it is one."""
    if pack.question.search(sentence[candidate.end :]):
        return "question"
    exact = timed is not None and not timed.when.soon
    if not exact and candidate.act in ("check", "do") and last.rstrip().endswith(("?", "？")):
        return "waits for the shopper"  # "Which city are you in? I'll check."
    left, right = _clause(candidate, sentence, pack)
    places = {
        "sentence": sentence,
        "ahead": sentence[: candidate.start],
        "before": sentence[left : candidate.start],
        "words": sentence[candidate.start : candidate.end],
        "after": sentence[candidate.end : right],
        "last": "" if exact else last,
    }
    for veto in pack.vetoes:
        if veto.pattern.search(places[veto.where]):
            return veto.because
    if candidate.needs_time and not exact:
        return "no time is said"
    return ""


def _clause(candidate: Candidate, sentence: str, pack: Pack) -> Span:
    left = max((each.end() for each in pack.clause.finditer(sentence) if each.end() <= candidate.start), default=0)
    after = pack.clause.search(sentence, candidate.end)
    return left, after.start() if after else len(sentence)


def _nearest(candidate: Candidate, times: Sequence[Timed], sentence: str, pack: Pack) -> Timed | None:
    """The time that goes with a candidate: in its clause, else in one that says little more than the time."""
    left, right = _clause(candidate, sentence, pack)
    own = [each for each in times if left <= each.start < right]
    exact = [each for each in own if not each.when.soon]
    if exact:
        return min(exact, key=lambda each: _away(each, candidate, pack))
    alone = [each for each in times if not each.when.soon and each not in own and _stands_alone(each, sentence, pack)]
    earlier = [each for each in alone if each.start < candidate.start]
    return next(iter(earlier[-1:] or alone or own), None)


def _stands_alone(timed: Timed, sentence: str, pack: Pack) -> bool:
    left = max((each.end() for each in pack.clause.finditer(sentence) if each.end() <= timed.start), default=0)
    after = pack.clause.search(sentence, timed.end)
    right = after.start() if after else len(sentence)
    return (right - left) - (timed.end - timed.start) <= MAX_BESIDE


def _away(timed: Timed, candidate: Candidate, pack: Pack) -> int:
    if timed.end <= candidate.start:
        return candidate.start - timed.end + (WRONG_SIDE if pack.time_follows else 0)
    return max(0, timed.start - candidate.end) + (0 if pack.time_follows else WRONG_SIDE)


def _one_each(kept: Iterable[tuple[Candidate, Timed | None]]) -> list[tuple[Candidate, Timed | None]]:
    """For each time the most telling act; what is said without a time goes with what has one."""
    best: dict[Timed | None, Candidate] = {}
    for candidate, timed in kept:
        key = timed if timed is not None and timed.when != SOON else None
        known = best.get(key)
        if known is None or ACTS.index(candidate.act) < ACTS.index(known.act):
            best[key] = candidate
    timeless = best.pop(None, None)
    if not best:
        soon = next((timed for _, timed in kept if timed is not None), None)
        return [(timeless, soon)] if timeless else []
    return [(candidate, timed) for timed, candidate in best.items()]
