"""Whatever is typed, the coach answers, and its marks lie within the text."""

import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonnim.coach.context import Context, Plan, Turn
from sonnim.coach.lines import Unread, answer
from sonnim.coach.marks import Mark
from sonnim.coach.registry import RULES
from sonnim.coach.review import judge
from sonnim.coach.tests.examples import LANGUAGES, examples, exists

PIECES = st.sampled_from(
    ["네", "안녕하세요", "您好", "https://a.example/x", "{name}", "[", "(", "\\", "ſ", "İ", "ﬃ", "\x00", "\u200d",
     "\u202e", "👨‍👩‍👧", "𝒳", "ㄱ", "12,000원", "¥99", "3월 4일",
     "010-1234-5678", "%", "你", "?", "？", "…", "\n", " ", "'", "“", "님"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))
TURNS = st.lists(st.builds(Turn, st.sampled_from(get_args(Turn.__annotations__["role"])), TEXTS), max_size=4)
PLANS = st.none() | st.builds(Plan, st.none() | st.floats(0, 100), st.none() | TEXTS, st.none() | st.integers(0, 99))
CONTEXTS = st.builds(
    Context, lang=st.sampled_from([*LANGUAGES, "xx"]), turns=TURNS, plan=PLANS, page=st.none() | TEXTS,
    glossary=st.none() | st.dictionaries(TEXTS, TEXTS, max_size=3), names=st.lists(TEXTS, max_size=2),
    busy=st.none() | st.booleans(), resolving=st.none() | st.booleans(), channel=st.sampled_from(["chat", "call", ""]),
)  # fmt: skip


def is_sound(mark: Mark, draft: str) -> bool:
    """Whether a mark lies on a piece of the text, and says something else than the piece."""
    inside = 0 <= mark.start < mark.end <= len(draft)
    return inside and bool(mark.message) and mark.suggestion != draft[mark.start : mark.end]


@settings(max_examples=200, deadline=None)
@given(TEXTS, CONTEXTS)
def test_marks_of_any_text_lie_within_it(draft: str, context: Context) -> None:
    found = judge(draft, context)
    assert [mark for mark in found.marks if not is_sound(mark, draft)] == []
    assert 0 <= found.politeness <= 1
    assert [mark.start for mark in found.marks] == sorted(mark.start for mark in found.marks)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_line_is_answered(line: str) -> None:
    assert isinstance(answer(line), Unread)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_of_examples_with_rubbish_around_them_lie_within_them(lang: str) -> None:
    """Rules that find something are those whose positions could be wrong."""
    wrong = []
    for rule in RULES:
        for each in examples(rule, lang).positive if exists(rule, lang) else ():
            for draft in (f"  \n{each.draft}\n ", f"🙂𝒳 {each.draft} ﬃ", f"{each.draft}\n{each.draft}"):
                wrong += [(mark, draft) for mark in judge(draft, each.around(lang)).marks if not is_sound(mark, draft)]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", [".", " ", "1", "1,", "ㅋ", "고객님 ", "(", "'"])
def test_a_row_of_the_same_sign_is_read_in_no_time(unit: str, lang: str) -> None:
    """A pattern that tries every way of parting such a row would never come to an end."""
    draft = f"안녕 hello 你{unit * (4_000 // len(unit))}요"
    judge("안녕 1 hello 你", Context(lang=lang))
    began = time.thread_time()
    judge(draft, Context(lang=lang, turns=[Turn("customer", draft)]))
    assert time.thread_time() - began < 2
