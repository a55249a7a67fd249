"""What an agent sees: where one stands, what is next, the words in the shopper's language, and the gentle no."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.accounts.models import AuditEntry, Shop
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.plan.document.rules import OrderTotal
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.actions import take_back
from sonnim.plan.ladder.tests.bargaining import Bargain
from sonnim.plan.ladder.wanted import AboveLimit

pytestmark = pytest.mark.django_db


@pytest.fixture
def korean(bargain: Bargain) -> Bargain:
    about = Conversation.objects.get(pk=bargain.where)
    Conversation.objects.filter(pk=about.pk).update(locale="ko")
    Contact.objects.filter(pk=about.contact_id).update(name="이서윤")
    return bargain


def test_one_begins_with_price_and_quality_and_what_is_not_on_is_passed_over(korean: Bargain) -> None:
    shown = korean.ladder()
    assert (shown["version"], shown["next"]) == (1, "stand")
    korean.concede(concession="", step="stand")
    assert korean.ladder()["next"] == "coupon"
    korean.concede(step="coupon", value="5000")
    shown = korean.ladder()
    assert [(each["id"], each["behind"]) for each in shown["steps"]] == [
        ("stand", True), ("sale", True), ("coupon", True), ("gift", False),
    ]  # fmt: skip
    assert shown["next"] == "gift"
    korean.concede(concession="gift")
    assert korean.ladder()["next"] is None


def test_the_words_are_in_the_shoppers_language_with_the_names_in_them(korean: Bargain) -> None:
    steps = {each["id"]: each for each in korean.ladder()["steps"]}
    assert steps["coupon"]["sentence"] == "이서윤님, 쿠폰을 넣어 드릴게요."
    assert (steps["gift"]["sentence"], steps["gift"]["sentence_locale"]) == ("And a small gift.", "en")
    [no] = korean.ladder()["refusals"]
    assert (no["reason"]["en"], no["nearest"]["en"]) == ("Everybody pays the same.", "A gift")
    assert no["sentence"] == "모든 분께 같은 가격이에요. 대신 선물을 넣어 드릴까요?"


def test_what_is_left_is_said_and_who_decides_above_it(korean: Bargain) -> None:
    korean.concede(value="4999.5")
    menu = {each["id"]: each for each in korean.ladder()["menu"]}
    coupon = menu["coupon"]
    assert coupon["limits"] == [{"measure": "amount", "value": "5000", "currency": "KRW", "left": "0.5"}]
    assert (coupon["allowed"], coupon["decides"]) == (True, {"agent_id": None, "role": "lead", "minutes": 15})
    korean.concede(value="0.5")
    coupon = next(each for each in korean.ladder()["menu"] if each["id"] == "coupon")
    assert (coupon["allowed"], coupon["why"], coupon["limits"][0]["left"]) == (False, "over_limit", "0")
    korean.concede(concession="discount", measure="percent", value="4", order="A-1")
    shown = korean.ladder(order="A-1", total=OrderTotal("50000", "KRW"))
    discount = next(each for each in shown["menu"] if each["id"] == "discount")
    assert discount["limits"][0]["left"] == "6"


def test_what_was_conceded_to_this_shopper_of_late_is_behind_for_thirty_days(korean: Bargain, people: People) -> None:
    given = korean.concede()
    again = Bargain(people, korean.where)
    assert [each["id"] for each in again.ladder()["conceded"]] == [given["id"]]
    contact = Conversation.objects.get(pk=korean.where).contact_id
    shop = people.shop.pk
    assert queries.conceded_to(shop_id=shop, contact_id=contact, talk=[]) != []
    with clock.moved(timedelta(days=31)):
        assert queries.conceded_to(shop_id=shop, contact_id=contact, talk=[]) == []
    take_back(actor=people.actor(people.agent), concession_id=given["id"])
    assert korean.ladder()["conceded"] == []
    assert korean.ladder()["next"] == "stand"


def test_a_ladder_costs_a_bounded_number_of_questions(korean: Bargain, people: People) -> None:
    korean.ladder()
    with CaptureQueriesContext(connection) as few:
        korean.ladder()
    for n in range(4):
        korean.concede(value="1", order=f"A-{n}")
    with CaptureQueriesContext(connection) as many:
        korean.ladder()
    assert len(many) <= len(few) + 1
    assert len(few) <= 12


def test_nobody_reads_the_ladder_of_another_shop(bargain: Bargain, people: People) -> None:
    with pytest.raises(NotFound):
        bargain.ladder(people.outsider)


def test_the_ledger_is_read_page_by_page_filtered_and_summed(bargain: Bargain, people: People) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(timezone="Asia/Seoul")
    for n in range(3):
        bargain.concede(value="1000.25", order=f"A-{n}")
    bargain.concede(people.lead, concession="gift")
    bargain.concede(concession="", step="stand")
    gone = bargain.concede(value="9", order="B-1")
    take_back(actor=people.actor(people.agent), concession_id=gone["id"])
    shop = people.shop.pk
    first = queries.page(shop_id=shop, wanted={}, before=None, limit=4)
    rest = queries.page(shop_id=shop, wanted={}, before=first[3].pk, limit=4)
    assert [len(first), len(rest)] == [5, 2]
    for wanted, count in (
        ({"agent_id": people.lead.pk}, 1),
        ({"kind": "coupon"}, 4),
        ({"kind": "coupon", "standing": True}, 3),
        ({"standing": False}, 1),
        ({"order": "a 1"}, 1),
        ({"conversation_id": bargain.where + 1}, 0),
        ({"contact_id": first[0].conversation.contact_id}, 6),
        ({"month": "1999-01"}, 0),
    ):
        assert queries.ledger(shop_id=shop, wanted=wanted).count() == count, wanted
    sums = [(each["agent_id"], each["kind"], each["count"], each["value"]) for each in queries.sums(shop_id=shop)]
    assert sorted(sums) == sorted([(people.agent.pk, "coupon", 3, "3000.75"), (people.lead.pk, "gift", 1, "1")])
    assert queries.sums(shop_id=shop, since="2999-01") == []
    assert queries.ledger(shop_id=people.other_shop.pk, wanted={}).count() == 0


def test_the_table_has_no_formula_in_it(bargain: Bargain, people: People) -> None:
    bargain.concede(value="1", order="=HYPERLINK(1)", reason="+1", sentence="@x")
    refused = people.browser(people.agent).get(people.url("/concessions/export"))
    assert refused.status_code == 403
    answer = people.browser(people.lead).get(people.url("/concessions/export?kind=coupon&standing=true"))
    head, line, *rest = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rest == []
    told = dict(zip(head.split(","), line.split(","), strict=True))
    assert (told["order"], told["reason"], told["sentence"]) == ("'=HYPERLINK(1)", "'+1", "'@x")
    assert (told["kind"], told["value"], told["agent"]) == ("coupon", "1", "Agent")
    assert AuditEntry.objects.filter(action="ledger.exported").count() == 1


def test_what_another_shopper_got_for_the_same_order_long_ago_is_not_left(bargain: Bargain, people: People) -> None:
    other = say(shopper(people), "같은 주문이에요").conversation
    with clock.moved(-timedelta(days=40)):
        bargain.concede(value="4000", order="ORD-9", where=other)
    [coupon] = [each for each in bargain.ladder(order="ord 9")["menu"] if each["id"] == "coupon"]
    assert [each["left"] for each in coupon["limits"]] == ["1000"]
    with pytest.raises(AboveLimit):
        bargain.concede(value="1001", order="ORD-9")


@pytest.mark.parametrize("where", ["", "/export"])
def test_what_no_database_can_hold_is_refused_before_a_table_is_begun(
    bargain: Bargain, people: People, where: str
) -> None:
    browser = people.browser(people.lead)
    for wrong in (f"contact_id={2**70}", f"conversation_id={2**70}", f"agent_id={2**70}", "kind=%00"):
        assert browser.get(people.url(f"/concessions{where}?{wrong}")).status_code == 422, wrong


def test_to_an_owner_no_limit_is_shown_as_one(bargain: Bargain, people: People) -> None:
    bargain.concede(people.owner, value="99999")
    [coupon] = [each for each in bargain.ladder(people.owner)["menu"] if each["id"] == "coupon"]
    assert (coupon["allowed"], coupon["why"]) == (True, "allowed")
    assert coupon["limits"] == [{"measure": "amount", "value": "", "currency": "KRW", "left": None}]
