"""What a shop may choose of its chat's look, and where its launcher hides. Pure rules."""

import re

import pytest

from sonnim.channels.kinds.webchat.appearance import Appearance, appearance_of, as_object, checked_appearance, hiding
from sonnim.kernel.errors import Invalid


def test_a_shop_that_has_chosen_nothing_has_the_usual_look() -> None:
    assert appearance_of({}) == Appearance()
    assert appearance_of(as_object(Appearance(side="left"))) == Appearance(side="left")


def test_words_are_trimmed_and_empty_ones_dropped() -> None:
    found = checked_appearance({"labels": {"ko": "  물어   보기 ", "en": " "}, "titles": {"zh": "客服"}})
    assert found.labels == {"ko": "물어 보기"}
    assert found.titles == {"zh": "客服"}


@pytest.mark.parametrize(
    "wanted",
    [
        {"side": "top"},
        {"launcher": "star"},
        {"theme": "sepia"},
        {"offset_x": -1},
        {"offset_y": 201},
        {"offset_x": "20"},
        {"labels": {"fr": "Aide"}},
        {"labels": {"en": "x" * 41}},
        {"titles": {"en": "a\x00b"}},
        {"closed": {"ko": "가" * 301}},
        {"hide": ["checkout"]},
        {"hide": ["/a b"]},
        {"hide": ["/a?b"]},
        {"hide": ["/a*b*c*d"]},
        {"hide": ["/" + "a" * 200]},
        {"hide": [f"/{n}" for n in range(21)]},
        {"typing_preview": 1},
        {"css": "body{}"},
        [],
    ],
)
def test_what_is_malformed_is_refused(wanted: object) -> None:
    with pytest.raises(Invalid):
        checked_appearance(wanted)


@pytest.mark.parametrize(
    ("pattern", "path", "hidden"),
    [
        ("/checkout", "/checkout", True),
        ("/checkout", "/checkout/", True),
        ("/checkout", "/checkout/pay", False),
        ("/checkout/*", "/checkout", True),
        ("/checkout/*", "/checkout/pay", True),
        ("/checkout/*", "/checkouts", False),
        ("/*/pay", "/ko/pay", True),
        ("/", "/", True),
        ("/", "/shop", False),
        ("/*", "/anything", True),
        ("/장바구니", "/%EC%9E%A5%EB%B0%94%EA%B5%AC%EB%8B%88", True),
        ("/a.b", "/aXb", False),
        ("/a(b)+", "/a(b)+", True),
        ("/$x", "/$x", True),
    ],
)
def test_a_pattern_hides_just_its_pages(pattern: str, path: str, hidden: bool) -> None:
    appearance = checked_appearance({"hide": [pattern, "/never"]})
    assert bool(re.search(hiding(appearance), path)) is hidden


def test_without_patterns_nothing_is_hidden() -> None:
    assert hiding(Appearance()) == ""
