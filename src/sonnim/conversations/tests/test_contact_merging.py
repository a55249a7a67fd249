"""Two contacts turn out to be one person, and perhaps two after all."""

import uuid

from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.contacts import actions as contacts
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact, ContactMerge
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations.actions import forget_strangers
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.talks import talk_of
from sonnim.eventlog.models import Event
from sonnim.kernel import clock


def visitor(people: People, text: str = "", **changes: object) -> tuple[Contact, str]:
    contact, token = contacts.create_visitor(shop_id=people.shop.pk, locale="ko")
    if changes:
        contacts.update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes=dict(changes))
    if text:
        say(people, contact, text)
    contact.refresh_from_db()
    return contact, token


def say(people: People, contact: Contact, text: str) -> int:
    post = Post(people.shop.pk, "contact", contact.pk, str(uuid.uuid4()), text, channel="webchat")
    return ensure_posted(post).conversation


def merge(people: People, kept: Contact, gone: Contact) -> int:
    answer = people.browser(people.agent).post(people.url(f"/contacts/{kept.pk}/merge"), {"with_id": gone.pk})
    assert answer.status_code == 200, answer.content
    return int(answer.json()["merge_id"])


def undo(people: People, merge_id: int) -> int:
    return int(people.browser(people.agent).post(people.url(f"/contact-merges/{merge_id}/undo")).status_code)


def of(contact: Contact) -> list[int]:
    return list(Conversation.objects.filter(contact=contact).order_by("id").values_list("id", flat=True))


def test_conversations_browsers_and_fields_join(people: People) -> None:
    kept, kept_key = visitor(people, "from the laptop", name="Kim", email="kim@example.test")
    gone, gone_key = visitor(people, "from the phone", name="K.", email="k@example.test", notes="likes celadon")
    merge(people, kept, gone)
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.notes) == ("Kim", "kim@example.test", "likes celadon")
    assert (len(of(kept)), of(gone)) == (2, [])
    assert visitor_by_token(kept_key) == visitor_by_token(gone_key) == kept
    shown = people.browser(people.agent).get(people.url(f"/contacts/{gone.pk}")).json()
    assert shown["contact"]["id"] == kept.pk
    assert {"kind": "email", "value": "k@example.test", "verified": False} in shown["identities"]
    assert [each["gone_id"] for each in shown["merges"]] == [gone.pk]
    assert say(people, kept, "and again") in of(kept)


def test_the_preview_says_what_the_merge_then_does(people: People) -> None:
    kept, _ = visitor(people, "one", name="Kim")
    gone, _ = visitor(people, "two", phone="010-1")
    before = Event.objects.count()
    told = people.browser(people.agent).get(people.url(f"/contacts/{kept.pk}/merge/{gone.pk}")).json()
    assert (told["kept"]["id"], told["gone"]["id"], told["conversations"], told["identities"]) == (
        kept.pk,
        gone.pk,
        1,
        1,
    )
    assert (told["begin_anew"], Event.objects.count()) == (0, before)
    merge(people, kept, gone)
    kept.refresh_from_db()
    assert {name: getattr(kept, name) for name in ("name", "phone", "blocked")} == {
        name: told["joined"][name] for name in ("name", "phone", "blocked")
    }


def test_undo_gives_everything_back_but_what_happened_since(people: People) -> None:
    kept, kept_key = visitor(people, "one", name="Kim", email="kim@example.test")
    gone, gone_key = visitor(people, "two", name="Lee", email="lee@example.test", notes="size L")
    own, others = of(kept), of(gone)
    merge_id = merge(people, kept, gone)
    contacts.update_contact(shop_id=people.shop.pk, contact_id=kept.pk, changes={"phone": "010-1"})
    assert undo(people, merge_id) == 200
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.email, kept.phone, kept.notes) == ("kim@example.test", "010-1", "")
    assert (gone.name, gone.email, gone.notes, gone.merged_into) == ("Lee", "lee@example.test", "size L", None)
    assert (of(kept), of(gone)) == (own, others)
    assert (visitor_by_token(kept_key), visitor_by_token(gone_key)) == (kept, gone)
    assert kept.identities.filter(kind="email").count() == 0
    wrote = Entry.objects.get(conversation_id=others[0], kind="message")
    assert (wrote.author_kind, wrote.author_id) == ("contact", gone.pk)
    assert undo(people, merge_id) == 409


def test_a_proven_customer_is_kept_and_a_strangers_browser_sees_nothing_of_theirs(people: People) -> None:
    proven = ProvenIdentity("customer-7", "kim@example.test", "김손님")
    customer = contacts.ensure_customer(shop_id=people.shop.pk, proven=proven, locale="ko")
    say(people, customer, "my address is …")
    stranger, key = visitor(people, "I am Kim, believe me", name="Kim")
    told = people.browser(people.agent).get(people.url(f"/contacts/{stranger.pk}/merge/{customer.pk}")).json()
    assert (told["kept"]["id"], told["begin_anew"]) == (customer.pk, 1)
    merge_id = merge(people, stranger, customer)
    stranger.refresh_from_db()
    assert stranger.merged_into == customer
    assert visitor_by_token(key) is None
    assert undo(people, merge_id) == 200
    assert visitor_by_token(key) == stranger


def test_lines_are_told_in_an_order_in_which_each_can_follow(people: People) -> None:
    kept, _ = visitor(people, "one")
    gone, _ = visitor(people, "two")
    head = Event.objects.filter(shop_id=people.shop.pk).count()
    merge(people, kept, gone)
    told = list(Event.objects.filter(shop_id=people.shop.pk).order_by("pos").values_list("type", "contact_id"))[head:]
    assert told == [
        ("contact.updated", None),
        ("conversation.moved", gone.pk),
        ("conversation.identified", kept.pk),
        ("conversation.superseded", kept.pk),
        ("contact.merged", gone.pk),
    ]


def test_a_merge_names_who_did_it_and_is_refused_where_it_makes_no_sense(people: People) -> None:
    kept, _ = visitor(people, "one")
    gone, _ = visitor(people, "two")
    foreign, _ = contacts.create_visitor(shop_id=people.other_shop.pk, locale="en")
    browser = people.browser(people.agent)
    assert browser.post(people.url(f"/contacts/{kept.pk}/merge"), {"with_id": kept.pk}).status_code == 422
    for other in (foreign.pk, 10**14):
        assert browser.post(people.url(f"/contacts/{kept.pk}/merge"), {"with_id": other}).status_code == 404
    first = merge(people, kept, gone)
    assert browser.post(people.url(f"/contacts/{kept.pk}/merge"), {"with_id": gone.pk}).status_code == 404
    third, _ = visitor(people, "three")
    merge(people, third, kept)
    assert undo(people, first) == 409
    assert [line.actor for line in AuditEntry.objects.filter(action="contact.merged")] == ["agent@people.test"] * 2
    assert people.browser(people.outsider).post(people.url(f"/contact-merges/{first}/undo")).status_code == 404


def test_who_was_merged_is_not_forgotten_while_it_can_be_undone(people: People) -> None:
    kept, _ = visitor(people, "one")
    gone, _ = visitor(people)
    merge_id = merge(people, kept, gone)
    Contact.objects.filter(pk=gone.pk).update(last_seen_at=clock.from_ms(0))
    assert forget_strangers() == 0
    assert undo(people, merge_id) == 200
    assert forget_strangers() == 1
    assert ContactMerge.objects.count() == 0


def test_an_undo_gives_nobody_the_conversation_that_theirs_goes_on_in(people: People) -> None:
    kept, kept_key = visitor(people, "the owner's own words")
    gone, gone_key = visitor(people, "a stranger's words")
    [owners], [strangers] = of(kept), of(gone)
    merge_id = merge(people, kept, gone)
    for source, into in ((strangers, owners), (owners, strangers)):
        path = people.url(f"/conversations/{source}")
        assert people.browser(people.agent).post(f"{path}/merge", {"into_id": into}).status_code == 200
        assert undo(people, merge_id) == 409
        assert visitor_by_token(gone_key) == visitor_by_token(kept_key) == kept
        assert people.browser(people.agent).post(f"{path}/unmerge").status_code == 200
    assert undo(people, merge_id) == 200
    talk = talk_of(shop_id=people.shop.pk, contact_id=gone.pk)
    assert talk is not None and talk.ids == [strangers]


def test_only_the_browser_with_the_proof_becomes_the_customers(people: People) -> None:
    kept, kept_key = visitor(people, "the owner's own words")
    gone, gone_key = visitor(people, "an impostor's words")
    merge(people, kept, gone)
    proven = ProvenIdentity("customer-7", "", "Owner")
    customer = contacts.ensure_customer(shop_id=people.shop.pk, proven=proven, locale="ko")
    contacts.merge_stranger(stranger=kept, into=customer, key=kept_key)
    assert visitor_by_token(kept_key) == customer
    assert visitor_by_token(gone_key) is None
