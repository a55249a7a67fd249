"""Agents see by which clock a shopper lives, as far as the browser tells."""

from typing import Any

import pytest
from django.test import Client
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.eventlog.models import Event


def begin(people: People, **more: object) -> Any:
    body = {"key": people.shop.public_key, "token": None, "locale": "ko", **more}
    return Client().post("/api/v1/widget/session", body, content_type="application/json")


def told(people: People) -> int:
    return Event.objects.filter(shop_id=people.shop.pk, type="contact.updated").count()


def test_the_zone_comes_with_the_first_visit_quietly_and_a_new_one_is_told(people: People) -> None:
    first = begin(people, timezone="Asia/Seoul").json()
    assert (Contact.objects.get(pk=first["contact"]["id"]).timezone, told(people)) == ("Asia/Seoul", 0)
    begin(people, token=first["token"], timezone="Asia/Seoul")
    assert told(people) == 0
    begin(people, token=first["token"], timezone="Asia/Shanghai")
    assert (Contact.objects.get(pk=first["contact"]["id"]).timezone, told(people)) == ("Asia/Shanghai", 1)


@pytest.mark.parametrize("zone", ["", "Moon/Sea", "../../etc/passwd", "x" * 500, "asia/seoul "])
def test_a_zone_that_does_not_exist_is_none(people: People, zone: str) -> None:
    answer = begin(people, timezone=zone)
    assert answer.status_code == 200
    assert Contact.objects.get(pk=answer.json()["contact"]["id"]).timezone == ""


def test_a_zone_that_is_no_text_is_refused(people: People) -> None:
    assert begin(people, timezone=7).status_code == 422
