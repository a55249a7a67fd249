"""What was asked for is found again in the text, and shown with some of what stands around it."""

import pytest

from sonnim.kernel.highlights import excerpt, find, fit
from sonnim.kernel.tokens import terms_of


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find(text, terms_of(query))]


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("주문 취소 부탁드려요", "주문취소", ["주문 취소"]),
        ("我的訂單呢", "订单", ["訂單"]),
        ("A Café, a cafe", "CAFE", ["Café", "cafe"]),
        ("steam and tea", "tea", ["tea"]),
        ("steam", "tea", ["tea"]),
        ("order 20418", "204 ord", ["ord", "204"]),
        ("no such thing", "찻잔", []),
        ("tea teapot", "tea teapot", ["tea", "teapot"]),
    ],
)
def test_parts_are_marked_as_they_were_written(text: str, query: str, parts: list[str]) -> None:
    assert marked(text, query) == parts


def test_whole_words_and_whole_queries_fit_better() -> None:
    terms = terms_of("tea pot")
    fits = [fit(text, terms) for text in ("a tea pot", "pot of tea", "teaching about potatoes")]
    assert None not in fits
    assert fits == sorted(fits, key=lambda each: -(each or 0))
    assert len(set(fits)) == 3
    assert fit("only tea", terms) is None


def test_offsets_count_as_browsers_do() -> None:
    shown = excerpt("😀😀 tea", find("😀😀 tea", terms_of("tea")))
    assert shown.spans == [(5, 8)]


def test_a_cut_keeps_what_was_found_and_breaks_no_offsets() -> None:
    text = "x" * 400 + "\nteapot\n" + "y" * 400
    shown = excerpt(text, find(text, terms_of("teapot")), length=100)
    [(start, end)] = shown.spans
    assert shown.text[start:end] == "teapot"
    assert (shown.text[0], shown.text[-1], "\n" in shown.text) == ("…", "…", False)
