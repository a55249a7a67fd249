"""What the chat says by itself: welcomes of the whole shop, within their period, in several ways."""

import json
from datetime import UTC, date, datetime

from tests.people import People

from sonnim.accounts.models import Shop
from sonnim.kernel import clock
from sonnim.plan.scripts.queries import greetings_of
from sonnim.plan.scripts.tests.writing import kept


def welcome(people: People, *texts: str, shortcut: str = "hello", **more: object) -> None:
    kept(people, {"en": list(texts)}, shortcut=shortcut, **{"stage": "welcome", "automatic": True, **more})


def shop(people: People) -> Shop:
    return Shop.objects.get(pk=people.shop.pk)


def test_the_chat_says_automatic_welcomes_and_no_other_scripts(people: People) -> None:
    welcome(people, "Welcome to {{shop.name}}.", "Ask away, {{contact.name|friend}}.")
    welcome(people, "Said by hand", shortcut="byhand", automatic=False)
    assert greetings_of(shop(people)) == {"en": ["Welcome to Ongi.", "Ask away, {{contact.name|friend}}."]}
    assert greetings_of(Shop.objects.get(pk=people.other_shop.pk)) == {}


def test_a_period_is_days_of_the_shops_own_calendar(people: People) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(timezone="Asia/Seoul")
    welcome(people, "Merry Christmas.", active_from=date(2026, 12, 24), active_until=date(2026, 12, 25))
    said = []
    for instant in ("2026-12-23T14:59:59", "2026-12-23T15:00:00", "2026-12-25T14:59:59", "2026-12-25T15:00:00"):
        with clock.standing_at(datetime.fromisoformat(instant).replace(tzinfo=UTC)):
            said.append(bool(greetings_of(shop(people))))
    assert said == [False, True, True, False]


def test_the_chats_page_and_its_session_say_the_same(people: People) -> None:
    welcome(people, "One", "Two")
    browser = people.browser(people.agent)
    begun = browser.post("/api/v1/widget/session", {"key": people.shop.public_key, "token": None, "locale": "en"})
    assert json.loads(begun.content)["shop"]["greeting"] == {"en": ["One", "Two"]}
