"""The demo's content is whole: every language, every picture, every person."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from sonnim.demo.catalogue import CONTENT, find_product, products, read_content, texts
from sonnim.demo.history import in_order
from sonnim.demo.people import dialogues, shoppers, staff, talks
from sonnim.kernel.text import LOCALES, checked_text

STATIC = Path(__file__).parent.parent / "static"
TEMPLATES = Path(__file__).parent.parent / "templates" / "demo"
HANGUL = re.compile(r"[가-힣]")


def _leaves(value: object) -> list[dict[str, str]]:
    if isinstance(value, dict):
        if set(value) == set(LOCALES):
            return [value]
        return [leaf for child in value.values() for leaf in _leaves(child)]
    return [leaf for child in value for leaf in _leaves(child)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", ["store.json", "products.json"])
def test_every_text_is_there_in_three_languages(name: str) -> None:
    raw = read_content(name)
    leaves = _leaves(raw)
    assert len(leaves) >= len(raw)
    for leaf in leaves:
        assert all(leaf[locale] for locale in LOCALES), leaf


def test_every_sentence_that_a_page_names_exists() -> None:
    named = {
        key for page in TEMPLATES.glob("*.html") for key in re.findall(r"\bt\.(\w+)", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 40
    assert named <= set(texts("en"))


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_no_korean_is_left_in_the_other_languages(locale: str) -> None:
    for words in texts(locale).values():
        assert not HANGUL.search(words)
    for product in products(locale):
        assert not HANGUL.search(f"{product}")


def test_twelve_products_have_a_small_picture_that_loads_nothing_else() -> None:
    assert len(products("ko")) == 12
    for product in products("ko"):
        picture = (STATIC / product.picture).read_text(encoding="utf-8")
        assert len(picture.encode()) <= 6 * 1024, product.slug
        assert "<script" not in picture
        assert not re.findall(r'(?:href|src)="(?!#)', picture), product.slug


def test_prices_are_written_as_each_language_writes_money() -> None:
    bowl = {locale: find_product("celadon-bowl", locale=locale) for locale in LOCALES}
    assert {locale: product and product.price for locale, product in bowl.items()} == {
        "ko": "38,000원",
        "zh": "¥208",
        "en": "$29",
    }


def test_forty_seven_conversations_are_held_in_three_languages() -> None:
    assert len(talks()) == 47
    assert len({talk.key for talk in talks()}) == 47
    assert {talk.via for talk in talks()} == {"chat", "letter", "form"}
    assert any(turn.refused for talk in talks() for turn in talk.turns)
    tags = {tag.key for tag in staff().tags}
    assert {tag for talk in talks() for tag in talk.tags} == tags
    for locale in LOCALES:
        assert sum(talk.locale == locale for talk in talks()) >= 12
    assert {talk.status for talk in talks()} == {"open", "snoozed", "resolved"}


def test_everybody_who_speaks_in_a_conversation_exists() -> None:
    agents = {colleague.key for colleague in staff().agents}
    for talk in talks():
        assert talk.shopper in shoppers()
        assert talk.assignee is None or talk.assignee in agents
        assert {turn.by.removeprefix("note:") for turn in talk.turns} <= agents | {"shopper"}
    assert {talk.shopper for talk in talks()} == set(shoppers())


def test_conversations_run_forwards_in_time_and_say_what_can_be_stored() -> None:
    for talk in talks():
        ages = [turn.minutes_ago for turn in talk.turns]
        assert ages == sorted(ages, reverse=True), talk.key
        assert ages[-1] > 0
        for turn in talk.turns:
            assert checked_text(turn.text)
            assert not turn.picture or (CONTENT / "pictures" / turn.picture).is_file()


def test_nobody_says_the_same_thing_twice() -> None:
    said = [turn.text for talk in talks() for turn in talk.turns if len(turn.text) > 12]
    assert len(set(said)) == len(said)


def test_a_shoppers_conversations_are_far_enough_apart_to_stay_separate() -> None:
    for key in shoppers():
        own = sorted((talk for talk in talks() if talk.shopper == key), key=lambda talk: -talk.turns[0].minutes_ago)
        for former, later in pairwise(own):
            assert former.status == "resolved"
            assert former.turns[-1].minutes_ago - later.turns[0].minutes_ago > 7 * 24 * 60, later.key


def test_the_past_is_told_oldest_first() -> None:
    ages = [moment.minutes_ago for moment in in_order(talks())]
    assert ages == sorted(ages, reverse=True)
    assert len(ages) == sum(len(talk.turns) for talk in talks()) + sum(talk.status != "open" for talk in talks())


def test_every_conversation_began_on_a_page_that_the_store_has() -> None:
    pages = {"/store/", "/store/shipping/", *(f"/store/products/{product.slug}/" for product in products("en"))}
    assert {talk.page for talk in talks()} <= pages
    assert {dialogue.page for dialogue in dialogues()} <= pages
    assert {dialogue.locale for dialogue in dialogues()} == set(LOCALES)
