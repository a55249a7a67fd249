"""The first owner comes by a link that is good once; whoever owns a shop may open more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from tests.people import Browser, People, make_shop, make_user

from sonnim.accounts import setup
from sonnim.accounts.models import Agent, Shop, User

BODY = {
    "shop_name": "온기 그릇", "name": "주인", "email": "Owner@Example.test", "password": "celadon bows meet twice",
    "locale": "ko", "timezone": "Asia/Seoul",
}  # fmt: skip


@pytest.fixture
def token(db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The link of an installation without a shop."""
    cache.clear()
    settings.DATA_DIR = tmp_path
    offered = setup.offer_set_up()
    assert offered is not None
    yield offered


def test_the_link_makes_an_owner_who_is_signed_in_and_a_shop(token: str) -> None:
    browser = Browser()
    assert browser.get(f"/api/v1/setup/{token}").json() == {"open": True}
    answer = browser.post(f"/api/v1/setup/{token}", BODY)
    assert answer.status_code == 201
    [shop] = answer.json()["shops"]
    assert (shop["name"], shop["role"], shop["welcome"]) == ("온기 그릇", "owner", "shop")
    assert browser.get("/api/v1/me").json()["user"]["email"] == "owner@example.test"
    assert Shop.objects.get().timezone == "Asia/Seoul"


def test_after_the_set_up_there_is_no_set_up(token: str) -> None:
    Browser().post(f"/api/v1/setup/{token}", BODY)
    again = {**BODY, "email": "thief@example.test"}
    assert Browser().get(f"/api/v1/setup/{token}").status_code == 404
    assert Browser().post(f"/api/v1/setup/{token}", again).status_code == 404
    assert setup.offer_set_up() is None
    assert (Shop.objects.count(), User.objects.count()) == (1, 1)


def test_a_wrong_link_and_an_earlier_one_open_nothing(token: str) -> None:
    for wrong in ("x", token[:-1], token + "x", "../setup.hash"):
        assert Browser().get(f"/api/v1/setup/{wrong}").status_code == 404
        assert Browser().post(f"/api/v1/setup/{wrong}", BODY).status_code == 404
    newer = setup.offer_set_up()
    assert Browser().post(f"/api/v1/setup/{token}", BODY).status_code == 404
    assert Browser().post(f"/api/v1/setup/{newer}", BODY).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"password": "12345678"}, {"email": "nobody"}, {"timezone": "Moon/Sea"}, {"shop_name": " "}, {"role": "owner"}],
    ids=str,
)
def test_what_will_not_do_leaves_the_link_good_and_nothing_behind(token: str, wrong: dict[str, str]) -> None:
    assert Browser().post(f"/api/v1/setup/{token}", {**BODY, **wrong}).status_code == 422
    assert (Shop.objects.count(), User.objects.count()) == (0, 0)
    assert Browser().post(f"/api/v1/setup/{token}", BODY).status_code == 201


def test_the_link_gives_nobody_the_account_of_somebody_else(token: str) -> None:
    make_user("known")
    assert Browser().post(f"/api/v1/setup/{token}", {**BODY, "email": "known@people.test"}).status_code == 409
    assert Agent.objects.count() == 0


def test_the_demo_may_stay_beside_and_a_shop_of_ones_own_ends_the_offer(token: str) -> None:
    shop, _ = make_shop("Demo", owner="demo")
    Shop.objects.filter(pk=shop.pk).update(is_demo=True)
    assert Browser().get(f"/api/v1/setup/{token}").status_code == 200
    Shop.objects.filter(pk=shop.pk).update(is_demo=False)
    assert Browser().get(f"/api/v1/setup/{token}").status_code == 404


def test_only_a_hash_of_the_link_is_kept_and_for_its_owner_alone(token: str, tmp_path: Path) -> None:
    [file] = tmp_path.iterdir()
    assert token not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_who_owns_a_shop_opens_another_one_and_nobody_else_does(people: People) -> None:
    body = {"name": "Second", "locale": "zh", "timezone": "Asia/Shanghai"}
    mine = people.browser(people.owner).post("/api/v1/shops", body)
    assert mine.status_code == 201
    made = next(shop for shop in mine.json()["shops"] if shop["name"] == "Second")
    assert (made["role"], made["welcome"]) == ("owner", "shop")
    for who in (people.admin, people.agent, people.removed):
        assert people.browser(who).post("/api/v1/shops", body).status_code == 403
    assert people.browser(people.owner).post("/api/v1/shops", {**body, "timezone": "Moon/Sea"}).status_code == 422
    assert people.browser(people.lead).get(f"/api/v1/shops/{made['id']}/agents").status_code == 404


def test_the_first_steps_are_remembered_until_they_are_done(people: People) -> None:
    browser = people.browser(people.owner)

    def step() -> object:
        return next(each for each in browser.get("/api/v1/me").json()["shops"] if each["id"] == people.shop.pk)[
            "welcome"
        ]

    Agent.objects.filter(pk=people.owner.pk).update(preferences={"sound": False})
    assert step() is None
    assert browser.put(people.url("/agents/me/welcome"), {"step": "widget"}).status_code == 204
    assert step() == "widget"
    assert browser.put(people.url("/agents/me/welcome"), {"step": None}).status_code == 204
    assert step() is None
    assert Agent.objects.get(pk=people.owner.pk).preferences == {"sound": False}
    assert browser.put(people.url("/agents/me/welcome"), {"step": "elsewhere"}).status_code == 422
