"""Many scripts at once: carried from shop to shop, and those that ship with the product."""

import re
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.actions import create_team
from sonnim.accounts.models import Shop
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES
from sonnim.plan.models import CannedResponse, ScriptVariant
from sonnim.plan.scripts import actions, rules
from sonnim.plan.scripts.starter import starter_set
from sonnim.plan.scripts.tests.writing import kept, script, variants_of
from sonnim.plan.scripts.wanted import checked


def start(people: People) -> Any:
    return people.browser(people.lead).post(people.url("/canned-responses/starter")).json()


def test_the_starter_set_has_every_stage_in_three_languages_and_two_ways_at_least() -> None:
    cards = starter_set()
    assert {card.stage for card in cards} == set(rules.STAGES)
    assert len({card.key for card in cards}) == len(cards)
    for card in cards:
        assert set(card.texts) == set(card.shortcut) == set(card.title) == set(LOCALES), card.key
        for locale, texts in card.texts.items():
            assert 2 <= len(set(texts)) <= 3, (card.key, locale)
            assert all(len(text) <= 200 for text in texts), (card.key, locale)
            assert checked(card.wanted(locale=locale)).texts[locale][0].text == texts[0]


def test_the_starter_set_speaks_politely_and_in_its_own_script() -> None:
    for card in starter_set():
        for text in card.texts["zh"]:
            assert "你" not in text, text
            assert not re.search("[가-힣]", text)
        for text in card.texts["ko"]:
            assert re.search(r"(요|니다|니까|세요)[.!?]", text), text
            assert not re.search("[一-鿿]", text)
        for text in card.texts["en"]:
            assert text.isascii(), text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_starter_set_is_added_in_the_shops_words_and_once(people: People, locale: str) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(locale=locale)
    count = len(starter_set())
    assert start(people) == {"added": count, "changed": 0, "kept": 0}
    assert start(people) == {"added": 0, "changed": 0, "kept": count}
    greeting = CannedResponse.objects.get(shop=people.shop, automatic=True)
    assert greeting.shortcut == {"ko": "첫인사", "zh": "欢迎语", "en": "greeting"}[locale]
    assert set(greeting.variants.values_list("locale", flat=True)) == set(LOCALES)


def test_the_starter_set_leaves_alone_what_the_shop_has_written(people: People) -> None:
    mine = kept(people, {"en": ["Mine"]}, shortcut="hi", stage="welcome", automatic=True)
    assert start(people)["added"] == len(starter_set()) - 1
    assert [each.text for each in variants_of(mine)] == ["Mine"]
    assert CannedResponse.objects.filter(shop=people.shop, automatic=True).count() == 1
    assert CannedResponse.objects.filter(shop=people.shop, shortcut="hi2").exists()


def test_one_of_the_starter_set_that_was_renamed_does_not_come_back(people: People) -> None:
    start(people)
    CannedResponse.objects.filter(shop=people.shop, origin="refund").update(shortcut="money-back", title="Money back")
    assert start(people)["added"] == 0
    CannedResponse.objects.filter(shop=people.shop, origin="refund").delete()
    assert start(people)["added"] == 1


def test_what_one_shop_exports_another_imports(people: People) -> None:
    team = create_team(actor=people.actor(people.lead), name="Claims")
    kept(people, {"en": ["One", "Two"], "ko": ["하나"]}, stage="payment", team_id=team.pk)
    start(people)
    items = people.browser(people.lead).get(people.url("/canned-responses/export")).json()["items"]
    there = f"/api/v1/shops/{people.other_shop.pk}/canned-responses"
    outsider = people.browser(people.outsider)
    body = {"scripts": items, "replace": False}
    assert outsider.post(f"{there}/import", body).json() == {"added": len(items), "changed": 0, "kept": 0}
    assert outsider.post(f"{there}/import", body).json() == {"added": 0, "changed": 0, "kept": len(items)}
    assert outsider.post(f"{there}/import", {**body, "replace": True}).json()["changed"] == len(items)
    assert outsider.get(f"{there}/export").json()["items"] == [{**each, "team": None} for each in items]


def test_an_import_comes_whole_or_not_at_all_and_names_what_is_wrong(people: People) -> None:
    good, bad = script({"en": ["Good"]}), script({"en": ["{{password}}"]}, shortcut="bad")
    with pytest.raises(Invalid) as refused:
        actions.import_scripts(actor=people.actor(people.lead), wanted=[good, bad], replace=False)
    assert list(refused.value.fields or {}) == ["scripts.1.texts"]
    assert ScriptVariant.objects.count() == 0


def test_a_shortcut_that_comes_twice_in_an_import_is_taken_once(people: People) -> None:
    twice = [script({"en": ["First"]}), script({"en": ["Second"]})]
    brought = actions.import_scripts(actor=people.actor(people.lead), wanted=twice, replace=False)
    assert brought == (1, 0, 1)
