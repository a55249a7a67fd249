"""What the desk writes upon a contact: tags, consents, a block."""

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.contacts import actions, queries
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact, ContactTag, Tag
from sonnim.eventlog.models import Event


def newcomer(people: People, **changes: object) -> Contact:
    contact, _ = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    if changes:
        actions.update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes=dict(changes))
    return contact


def tag(shop_id: int, name: str) -> int:
    return Tag.objects.create(shop_id=shop_id, name=name).pk


def test_a_contact_has_the_tags_that_were_given_last_in_their_order(people: People) -> None:
    contact, browser = newcomer(people), people.browser(people.agent)
    vip, wholesale = tag(people.shop.pk, "단골"), tag(people.shop.pk, "도매")
    url = people.url(f"/contacts/{contact.pk}/tags")
    assert browser.put(url, {"tag_ids": [wholesale, vip, vip]}).json()["tag_ids"] == [wholesale, vip]
    assert ContactTag.objects.filter(contact=contact).count() == 2
    assert browser.put(url, {"tag_ids": [vip]}).json()["tag_ids"] == [vip]
    assert list(ContactTag.objects.filter(contact=contact).values_list("tag_id", flat=True)) == [vip]
    told = Event.objects.filter(shop_id=people.shop.pk, type="contact.updated").count()
    browser.put(url, {"tag_ids": [vip]})
    assert Event.objects.filter(shop_id=people.shop.pk, type="contact.updated").count() == told


def test_a_tag_of_another_shop_or_a_removed_one_is_none(people: People) -> None:
    contact, browser = newcomer(people), people.browser(people.agent)
    gone = tag(people.shop.pk, "gone")
    Tag.objects.filter(pk=gone).update(removed_at=contact.created_at)
    for each in (tag(people.other_shop.pk, "theirs"), gone, 10**14):
        answer = browser.put(people.url(f"/contacts/{contact.pk}/tags"), {"tag_ids": [each]})
        assert (answer.status_code, ContactTag.objects.count()) == (422, 0)


def test_a_consent_says_who_noted_it_and_when_and_the_audit_log_remembers_each_time(people: People) -> None:
    contact, browser = newcomer(people), people.browser(people.agent)
    url = people.url(f"/contacts/{contact.pk}/consents/news_email")
    for given in (True, True, False):
        shown = browser.put(url, {"given": given}).json()["consents"]["news_email"]
        assert (shown["given"], shown["by"]) == (given, people.agent.pk)
    found = AuditEntry.objects.filter(target=f"contact:{contact.pk}").order_by("id").values_list("action", flat=True)
    assert list(found) == ["consent.given", "consent.withdrawn"]
    assert browser.put(people.url(f"/contacts/{contact.pk}/consents/a.soul"), {"given": True}).status_code == 422


def test_a_blocked_contact_is_not_recognised_until_the_block_ends(people: People) -> None:
    contact, token = actions.create_visitor(shop_id=people.shop.pk, locale="ko")
    browser = people.browser(people.agent)
    for verb, blocked in (("block", True), ("block", True), ("unblock", False)):
        shown = browser.post(people.url(f"/contacts/{contact.pk}/{verb}"))
        assert (shown.status_code, shown.json()["blocked"]) == (200, blocked)
        seen = queries.visitor_by_token(token)
        assert seen is not None
        assert seen.blocked is blocked
    written = AuditEntry.objects.filter(target=f"contact:{contact.pk}").order_by("id")
    assert list(written.values_list("action", flat=True)) == ["contact.blocked", "contact.unblocked"]


def test_contacts_are_listed_newest_first_page_by_page_without_those_that_were_merged(people: People) -> None:
    kim = newcomer(people, name="Kim Minji", email="minji@example.test")
    lee = newcomer(people, name="이서연", phone="010-1234")
    stranger = newcomer(people)
    customer = actions.ensure_customer(shop_id=people.shop.pk, proven=ProvenIdentity("7", "", "Wang"), locale="zh")
    actions.merge_stranger(stranger=stranger, into=customer)
    browser = people.browser(people.agent)

    def listed(query: str) -> list[int]:
        return [each["id"] for each in browser.get(people.url(f"/contacts?{query}")).json()["items"]]

    first = browser.get(people.url("/contacts?limit=2")).json()
    assert [each["id"] for each in first["items"]] == [customer.pk, lee.pk]
    assert listed(f"limit=2&cursor={first['next']}") == [kim.pk]
    assert listed("q=kim") == listed("q=MINJI@") == [kim.pk]
    assert listed("q=이서") == listed("q=010-1") == [lee.pk]
    assert listed("q=%25") == listed("q=_zz") == []
    assert listed("q=inji") == [kim.pk]
    vip = tag(people.shop.pk, "vip")
    actions.set_contact_tags(shop_id=people.shop.pk, contact_id=lee.pk, tag_ids=[vip])
    assert listed(f"tag={vip}") == [lee.pk]
    assert people.browser(people.outsider).get(people.url("/contacts")).status_code == 404


@pytest.mark.parametrize("query", ["cursor=x", "limit=0", "limit=1000", "tag=0", "q=" + "x" * 101])
def test_a_list_that_cannot_be_asked_for_is_refused(people: People, query: str) -> None:
    assert people.browser(people.agent).get(people.url(f"/contacts?{query}")).status_code == 422
