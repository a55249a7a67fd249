"""What people write is kept as it is, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonnim.kernel.errors import TextInvalid
from sonnim.kernel.text import MAX_TEXT, PREVIEW, checked_text, pick_locale, preview


@pytest.mark.parametrize(
    "text", ["가" * MAX_TEXT, "\u200b", "\u202eabc", "👨‍👩‍👧", "é", "\x01\x7f", " 한 줄\r\n두 줄 ", "\U0010ffff"]
)
def test_any_script_is_kept_exactly(text: str) -> None:
    assert checked_text(text) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\u3000\t", "empty"),
        ("가" * (MAX_TEXT + 1), "20,001 characters"),
        ("a\x00b", "NUL"),
        ("\ud800", "surrogate"),
        (None, "string"),
        (7, "string"),
        (["x"], "string"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_reason(text: object, reason: str) -> None:
    with pytest.raises(TextInvalid, match=reason):
        checked_text(text)


def test_a_message_of_files_alone_needs_no_text() -> None:
    assert checked_text("", may_be_empty=True) == ""


@given(st.text(max_size=2000))
def test_a_preview_is_one_short_line(text: str) -> None:
    line = preview(text)
    assert len(line) <= PREVIEW
    assert "\n" not in line


def test_a_long_preview_says_that_more_follows() -> None:
    assert preview("a" * 200) == "a" * 139 + "…"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("ko-KR", "ko"), ("zh_Hant_TW", "zh"), ("ZH", "zh"), ("fr-FR", "en"), ("", "en"), (None, "en"), ("k", "en")],
)
def test_the_nearest_of_our_languages_is_picked(wanted: str | None, expected: str) -> None:
    assert pick_locale(wanted) == expected
