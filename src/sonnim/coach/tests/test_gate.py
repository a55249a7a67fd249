"""What is found through the gate, pattern by pattern, is what all patterns of a topic would find as one."""

import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonnim.coach.languages.gate import Gate, PairSigns, Sign
from sonnim.coach.languages.lexicon import Entries, expanded
from sonnim.coach.languages.needs import needs
from sonnim.coach.languages.registry import PACKS
from sonnim.coach.registry import RULES
from sonnim.coach.tests.examples import LANGUAGES, examples, exists
from sonnim.coach.text.folding import folded

Spans = list[tuple[int, int, str | None]]
ODD = (
    "\x00",
    "\u200d",
    "ſ",
    "İ",
    "ﬃ",
    "٣٤",
    "３",
    "𝟏",
    "²",
    "\u00a0",
    "\x1c",
    "\ud800",
    "👍",
    " ",
    "\n",
    "_",
    "'",
    "-",
)


@cache
def topics(lang: str) -> dict[str, tuple[list[re.Pattern[str]], list[re.Pattern[str]]]]:
    """The patterns of each topic: of what is said, and of what only looks like it."""
    pack = PACKS[lang]

    def ways(patterns: list[str]) -> list[re.Pattern[str]]:
        after = "(?![a-z0-9_])" if pack.whole_words else ""
        return [re.compile(f"(?:{expanded(each, pack.macros())}){after}") for each in patterns]

    found = {}
    for file in sorted((pack.folder / "lexicon").glob("*.json")):
        entries = msgspec.json.decode(file.read_bytes(), type=Entries)
        words = sorted(map(re.escape, entries.words), key=len, reverse=True)
        found[file.stem] = ways([*entries.patterns, *words]), ways(entries.unless)
    return found


def plainly(lang: str, topic: str, text: str) -> Spans:
    said, unless = topics(lang)[topic]
    harmless = [match.span() for match in every(lang, unless, text)]
    return [
        (*match.span(), match.lastgroup)
        for match in every(lang, said, text)
        if not any(match.start() < end and start < match.end() for start, end in harmless)
    ]


def every(lang: str, ways: list[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    at = 0
    while found := [match for each in ways if (match := each.search(text, at))]:
        match = min(found, key=re.Match.start)
        start, end = match.span()
        inside = PACKS[lang].whole_words and start and re.match(r"[\w][^\W_]", text[start - 1 : start + 1])
        if end > start and not inside:
            yield match
        at = end if end > start and not inside else start + 1


def through_the_gate(lang: str, topic: str, text: str) -> Spans:
    return [(*match.span(), match.lastgroup) for match in PACKS[lang].topic(topic).matches(text)]


@cache
def sentences(lang: str) -> list[str]:
    drafts = [each for rule in RULES if exists(rule, lang) for each in examples(rule, lang).positive]
    return [each.draft for each in drafts] + [line[2:] for each in drafts for line in each.context]


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_gate_takes_nothing_away_and_adds_nothing(lang: str, data: st.DataObject) -> None:
    known = st.sampled_from(sentences(lang))
    cut = st.tuples(known, st.integers(0, 60), st.integers(0, 60)).map(lambda each: each[0][each[1] : -each[2] or None])
    pieces = data.draw(st.lists(st.one_of(known, cut, st.sampled_from(ODD), st.text(max_size=9)), max_size=6))
    text = folded("".join(pieces))
    wrong = {name for name in topics(lang) if through_the_gate(lang, name, text) != plainly(lang, name, text)}
    assert wrong == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_no_whole_text_is_let_through_to_none_of_its_pieces_is(lang: str) -> None:
    """Rules ask a whole message first, and its sentences only if that one may say something."""
    for draft in sentences(lang)[::7]:
        text = folded(draft)
        for topic in PACKS[lang].lexicon.topics.values():
            whole = topic.ways.passing(text)
            for start in range(0, len(text), 20):
                piece = topic.ways.passing(text[start : start + 20])
                assert piece & ~whole == 0


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?<!안 )주문(?=이|을)", "주문"),
        (r"\d{2,4}년", "٣년"),
        (r"(?:^|\s)네(?:[!~]|$)", "네"),
        (r"[가-힣]{1,4}님 ?(?!\()[^.]{0,9}오세요", "손님 또 오세요"),
        (r"(?P<n>1[05]) ?%", "10%"),
        (r"a{}b", "a{}b"),
        (r"(a)\1", "aa"),
        (r"a++b", "aab"),
        (r"(?i:straße)", "STRASSE straße"),
    ],
)
@pytest.mark.parametrize("whole_words", [False, True])
def test_a_text_is_let_through_to_the_patterns_in_it_and_to_those_that_cannot_be_read(
    pattern: str, text: str, whole_words: bool
) -> None:
    gate = Gate(whole_words=whole_words)
    assert list(gate.add([pattern, "없는말"])) == [0, 1]
    assert gate.passing(text) == 1


@pytest.mark.parametrize(
    ("pattern", "whole_words"), [(" 감", False), (r"[가네나]\. 감사", True), (r"네\. 네\. 감", True)]
)
@pytest.mark.parametrize("text", ["네. 네. 감사합니다", "아! 네. 네. 감사"])
def test_what_stands_across_the_end_of_a_sentence_is_seen_although_each_sentence_is_known(
    pattern: str, whole_words: bool, text: str
) -> None:
    gate = Gate(whole_words=whole_words)
    gate.add([pattern])
    assert [gate.passing(each) for each in ("네. ", "감사", "감사합니다", "아! ")] == [0] * 4
    assert gate.passing(text) == 1


def sets(pattern: str) -> list[set[str]]:
    return list(map(set, needs(pattern)))


def test_a_pattern_needs_the_rarest_of_what_stands_in_all_its_ways() -> None:
    assert sets(r"^(?<![a-z(])감사(?:합니다|해요)(?=[.)]|$)") == [{"감사합니다", "감사해요"}]
    assert sets(r"\d{1,3}(?:,\d{3})*원 ?입니다") == [{"원입니다", "원 입니다"}, {"Ⓓ"}]
    assert sets(r"(?:환불|반품)[^.]*(?:안|못) ?(?:돼|해)") == [
        {"환불", "반품"},
        {"안돼", "안 돼", "못돼", "못 돼", "안해", "안 해", "못해", "못 해"},
    ]
    assert sets(r"[가-힣]{2}님?|\w+") == []


class SlowSigns(PairSigns):
    """Takes its time to be ready."""

    def __init__(self) -> None:
        self.is_asked, self.may_go_on = threading.Event(), threading.Event()

    def of_piece(self, piece: str) -> Iterable[Sign]:
        self.is_asked.set()
        assert self.may_go_on.wait(10)
        return super().of_piece(piece)


def test_a_text_that_comes_while_the_gate_is_made_ready_is_not_held_back_from_its_patterns() -> None:
    gate, signs = Gate(whole_words=False), SlowSigns()
    gate._signs = signs
    gate.add(["반품"])
    number = gate.add(["환불", "교환"])[0]
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(gate.passing, "환불해 주세요")
        assert signs.is_asked.wait(10)
        second = threads.submit(gate.passing, "환불은 언제 되나요")
        wait([second], timeout=0.2)  # for an answer that comes too soon
        signs.may_go_on.set()
        assert first.result(10) == second.result(10) == 1 << number
