"""A quotation of what was erased is found, and what merely shares a small word with it is left alone."""

import pytest

from sonnim.kernel.echoes import echoes

SAID = "제 번호는 010-1234-5678 이에요, 저녁에 전화 주세요."


@pytest.mark.parametrize(
    "quoted",
    [SAID, f"손님이 “{SAID}”라고 했어요", "고객님 번호 010 1234 5678 맞으시죠?", "01012345678", "저녁에 전화 주세요"],
)
def test_what_repeats_an_erased_wording_is_an_echo(quoted: str) -> None:
    assert echoes(quoted, {SAID})


@pytest.mark.parametrize(
    ("said", "erased"),
    [("네, 감사합니다.", "네"), ("It's ok to wait.", "ok"), ("2024-5678", SAID), ("", SAID), ("네", SAID)],
)
def test_what_shares_a_small_word_or_a_few_digits_is_none(said: str, erased: str) -> None:
    assert not echoes(said, {erased})


def test_a_short_text_is_an_echo_of_itself() -> None:
    assert echoes("네", {"네"})
