"""Any part of a CJK word and the beginning of any other word are tokens, however they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonnim.kernel.tokens import MAX_WORD, fold, folded_with_places, terms_of, tokens_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ　１２３", "abc 123"),
        ("Crème Brûlée", "creme brulee"),
        ("訂單號碼", "订单号码"),
        ("주문 취소 해 주세요", "주문취소해주세요"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),  # as a Mac's file system writes it
        ("ㅋㅋㅋ ㅠㅠ", "ㅋㅋㅋㅠㅠ"),
        ("ﬁne №5 ①", "fine no5 1"),
        ("한 pot 두", "한 pot 두"),
    ],
)
def test_what_people_call_the_same_folds_to_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_cjk_gives_characters_and_pairs() -> None:
    assert tokens_of("찻잔 두개").all == {"찻", "잔", "두", "개", "찻잔", "잔두", "두개"}


def test_words_give_their_beginnings_and_pieces() -> None:
    found = tokens_of("Tea SN204")
    assert found.all == {"t", "te", "tea", "s", "sn", "sn2", "sn20", "sn204", "2", "20", "204"}
    assert found.words == {"tea", "sn204"}


def test_of_a_very_long_word_the_beginning_counts() -> None:
    found = tokens_of("x" * 500)
    assert max(map(len, found.all)) == MAX_WORD
    assert terms_of("x" * 500)[0].tokens[0] in found.all


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("주문", [("주문", ("주문",))]),
        ("주", [("주", ("주",))]),
        ("환불해줘 빨리", [("환불해줘", ("환불", "불해", "해줘")), ("빨리", ("빨리",))]),
        ("Tea-Pot", [("tea", ("tea",)), ("pot", ("pot",))]),
        ("iPhone케이스", [("iphone", ("iphone",)), ("케이스", ("케이", "이스"))]),
        ("👍", [("👍", ("👍",))]),
        ("tea tea", [("tea", ("tea",))]),
        ("?!… ---", []),
        ("", []),
    ],
)
def test_a_query_is_taken_apart(query: str, terms: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(term.text, term.tokens) for term in terms_of(query)] == terms


_HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
_TEXT = st.text(st.one_of(_HANGUL, _HAN, st.characters(codec="utf-8"), st.just(" ")), max_size=60)


@given(st.text(st.one_of(_HANGUL, _HAN), min_size=1, max_size=40), st.data())
def test_every_part_of_a_cjk_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = {token for term in terms_of(text[start:end]) for token in term.tokens}
    assert wanted <= tokens_of(text).all


@given(_TEXT)
def test_a_text_is_found_by_itself(text: str) -> None:
    assert {token for term in terms_of(text) for token in term.tokens} <= tokens_of(text).all


@given(_TEXT)
def test_folding_keeps_the_places(text: str) -> None:
    folded, places = folded_with_places(text)
    assert len(folded) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert folded.replace(" ", "") == fold(text).replace(" ", "")
