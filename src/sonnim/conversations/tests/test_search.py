"""Search finds what was said, in three languages, from one character on, and only in one's own shop."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from tests.people import Browser, People

from sonnim.accounts.models import Agent
from sonnim.contacts.actions import update_contact
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import assign_conversation
from sonnim.conversations.actions.wording import edit_entry, redact_entry
from sonnim.conversations.check import Content
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.search import upkeep
from sonnim.kernel import clock
from sonnim.search.models import Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(people: People) -> Contact:
    return Contact.objects.create(shop=people.shop, locale="ko", name="손님")


def say(by: Contact, text: str, *, at: int | None = None) -> int:
    """Answers the entry's id."""
    return ensure_posted(Post(by.shop_id, "contact", by.pk, str(uuid.uuid4()), text, channel="webchat", at=at)).id


def note(people: People, conversation: int, text: str) -> int:
    author = ("agent", people.agent.pk)
    return ensure_posted(Post(people.shop.pk, *author, str(uuid.uuid4()), text, "note", conversation)).id


def request(shop_id: int, by: Agent, **asked: Any) -> Any:
    return Browser(by.user).get(f"/api/v1/shops/{shop_id}/search?{urlencode(asked)}")


def ask(people: People, q: str, **more: Any) -> dict[str, Any]:
    answer = request(people.shop.pk, people.agent, q=q, **more)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def found(people: People, q: str, **more: Any) -> list[int]:
    return [hit["id"] for hit in ask(people, q, **more)["messages"]]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("주문한 찻잔이 아직 안 왔어요", "찻"),
        ("주문한 찻잔이 아직 안 왔어요", "찻잔"),
        ("주문 취소하고 싶어요", "주문취소"),
        ("주문취소하고 싶어요", "주문 취소"),
        ("ㅋㅋㅋ 감사합니다", "ㅋㅋ"),
        ("您好,我的订单还没有发货", "单"),
        ("您好,我的订单还没有发货", "訂單"),
        ("訂單號碼是什麼", "订单号码"),
        ("The teapot has arrived", "teap"),
        ("The teapot has arrived", "ARRIVED tea"),
        ("A café au lait bowl", "cafe"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("주문번호 20418번이에요", "20418"),
        ("주문번호 20418번이에요", "204"),
        ("Order SN20418, 20kg", "20418"),
        ("The teapot has arrived", "apot"),
        ("The teapot has arrived", "rriv"),
        ("Write to minji.kim@example.test", "kim@example.test"),
        ("전화는 010-1234-5678이에요", "1234-5678"),
        ("Thank you 😀", "😀"),
        ("Really?!", "?!"),
        ("한글".encode().decode(), "\u1112\u1161\u11ab"),  # as a Mac's file system writes it
    ],
)
def test_what_a_person_types_finds_the_message(people: People, shopper: Contact, text: str, query: str) -> None:
    say(shopper, "something else 다른 말 别的话")
    wanted = say(shopper, text)
    assert found(people, query) == [wanted]


@pytest.mark.parametrize(
    "query",
    ['"teapot"', "teapot*", "teapot AND NOT lid", "tea:*", "tea | lid", "!lid & teapot", "(teapot", "NEAR(teapot lid)"],
)
def test_operators_are_letters_like_others(people: People, shopper: Contact, query: str) -> None:
    say(shopper, "The teapot arrived but its lid has a crack")
    literal = say(shopper, f"You typed {query} as a whole")
    assert found(people, query)[0] == literal


def test_every_part_must_be_there(people: People, shopper: Contact) -> None:
    say(shopper, "빨간 찻잔 주세요")
    say(shopper, "파란 접시 주세요")
    both = say(shopper, "빨간 접시 주세요")
    assert found(people, "접시 빨간") == [both]


def test_newest_come_first_and_pages_neither_repeat_nor_leave_out(people: People, shopper: Contact) -> None:
    ids = [say(shopper, f"배송 문의 {number}") for number in range(12)]
    answer = ask(people, "배송", limit=5)
    pages = [[hit["id"] for hit in answer["messages"]]]
    while answer["next"]:
        answer = ask(people, "배송", limit=5, cursor=answer["next"])
        pages.append([hit["id"] for hit in answer["messages"]])
    assert [each for page in pages for each in page] == ids[::-1]
    assert [len(page) for page in pages] == [5, 5, 2]


def test_best_puts_the_whole_query_before_its_parts(people: People, shopper: Contact) -> None:
    exact = say(shopper, "tea pot")
    say(shopper, "teaspoons and potatoes, and much more that nobody asked about at all")
    assert found(people, "tea pot", sort="best")[0] == exact
    pages = [ask(people, "tea pot", sort="best", limit=1)]
    pages.append(ask(people, "tea pot", sort="best", limit=1, cursor=pages[0]["next"]))
    assert len({page["messages"][0]["id"] for page in pages}) == 2
    assert pages[1]["next"] is None


def test_a_hit_shows_where_it_is(people: People, shopper: Contact) -> None:
    say(shopper, "😀 주문 취소 부탁드려요. Order 20418")
    [hit] = ask(people, "주문취소 204")["messages"]
    units = hit["text"].encode("utf-16-le")
    assert [units[2 * start : 2 * end].decode("utf-16-le") for start, end in hit["highlights"]] == ["주문 취소", "204"]


def test_a_long_text_is_cut_around_the_hit(people: People, shopper: Contact) -> None:
    say(shopper, "가나다라 " * 200 + "보물 " + "마바사아 " * 200)
    [hit] = ask(people, "보물")["messages"]
    assert len(hit["text"]) < 200
    assert hit["text"].startswith("…") and hit["text"].endswith("…") and "보물" in hit["text"]


def test_conversations_are_named_once_with_how_many_messages(people: People, shopper: Contact) -> None:
    other = Contact.objects.create(shop=people.shop, locale="zh")
    say(shopper, "白茶还有吗")
    newest = say(shopper, "白茶两盒")
    single = say(other, "白茶")
    answer = ask(people, "白茶", **{"in": "conversations"})
    assert [(hit["id"], hit["count"]) for hit in answer["messages"]] == [(single, 1), (newest, 2)]
    assert {each["contact_id"] for each in answer["conversations"]} == {shopper.pk, other.pk}


def test_filters_narrow(people: People, shopper: Contact) -> None:
    other = Contact.objects.create(shop=people.shop, locale="zh")
    day = 24 * 3600 * 1000
    old = say(shopper, "환불 문의", at=clock.now_ms() - 40 * day)
    new = say(other, "환불 요청")
    conversation = Entry.objects.get(pk=new).conversation_id
    assign_conversation(
        shop_id=people.shop.pk, conversation_id=conversation, by=people.agent.pk, agent_id=people.lead.pk
    )
    a_week_ago = (clock.now() - timedelta(days=7)).isoformat()
    assert found(people, "환불") == [new, old]
    assert found(people, "환불", to=a_week_ago) == [old]
    assert found(people, "환불", **{"from": a_week_ago}) == [new]
    assert found(people, "환불", assignee=people.lead.pk) == [new]
    assert found(people, "환불", assignee="none") == [old]
    assert found(people, "환불", channel="webchat") == [new, old]
    assert found(people, "환불", channel="pigeon") == []
    assert found(people, "환불", tag=7) == []


def test_notes_are_found_and_another_shop_finds_nothing(people: People, shopper: Contact) -> None:
    say(shopper, "안녕하세요")
    conversation = Entry.objects.get(text="안녕하세요").conversation_id
    kept = note(people, conversation, "VIP 고객")
    assert found(people, "VIP 고객") == [kept]
    stranger = people.outsider
    answer = request(stranger.shop_id, stranger, q="고객")
    assert (answer.status_code, answer.json()["messages"]) == (200, [])
    assert request(people.shop.pk, stranger, q="고객").status_code == 404


def test_an_edit_is_found_by_its_new_words_alone(people: People, shopper: Contact) -> None:
    say(shopper, "안녕하세요")
    conversation = Entry.objects.get(text="안녕하세요").conversation_id
    kept = note(people, conversation, "blue kettle")
    seq = Entry.objects.get(pk=kept).seq
    edit_entry(
        shop_id=people.shop.pk, conversation_id=conversation, seq=seq, agent_id=people.agent.pk,
        said=Content("red teapot", "{}"),
    )  # fmt: skip
    assert found(people, "teapot") == [kept]
    assert found(people, "kettle") == []


def test_a_redacted_wording_leaves_index_and_words(people: People, shopper: Contact) -> None:
    gone = say(shopper, "my card is canary4929 thanks")
    stays = say(shopper, "thanks")
    entry = Entry.objects.get(pk=gone)
    redact_entry(
        actor=people.actor(people.lead), conversation_id=entry.conversation_id, seq=entry.seq, reason="a card's number"
    )
    assert found(people, "canary4929") == []
    assert found(people, "thanks") == [stays]
    words = set(Word.objects.filter(shop=people.shop).values_list("word", flat=True))
    assert "canary4929" not in words
    assert "thanks" in words


def test_index_and_text_are_there_together_or_not_at_all(people: People, shopper: Contact) -> None:
    class Cut(Exception):
        """The transaction ends badly."""

    def write_and_fail() -> None:
        with transaction.atomic():
            say(shopper, "유령 메시지")
            raise Cut

    with pytest.raises(Cut):
        write_and_fail()
    assert found(people, "유령") == []
    table = "search_entry_idx" if connection.vendor == "sqlite" else "search_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("query", ["", "   ", "x" * 201, "nul\x00"])
def test_nothing_and_too_much_are_refused(people: People, query: str) -> None:
    assert request(people.shop.pk, people.agent, q=query).status_code == 422


def test_contacts_are_found_by_what_is_known_of_them(people: People) -> None:
    contact = Contact.objects.create(shop=people.shop, locale="ko", created_at=clock.now())
    changes = {
        "name": "김민지", "email": "minji@example.test", "phone": "+82 10-1234-5678",
        "attributes": {"order": "K-20418"},
    }  # fmt: skip
    update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes=changes)

    def hits(query: str) -> list[tuple[int, str]]:
        answer = ask(people, query, **{"in": "contacts"})
        return [(hit["contact_id"], hit["field"]) for hit in answer["hits"]]

    assert hits("민지") == [(contact.pk, "name")]
    assert hits("김") == [(contact.pk, "name")]
    assert hits("minji@ex") == [(contact.pk, "email")]
    assert hits("5678") == [(contact.pk, "phone")]
    assert hits("8210123") == [(contact.pk, "phone")]
    assert hits("20418") == [(contact.pk, "attributes")]
    update_contact(shop_id=people.shop.pk, contact_id=contact.pk, changes={"name": "박서준"})
    assert hits("민지") == []
    assert hits("서준") == [(contact.pk, "name")]


@pytest.mark.parametrize("name", ["in", "sort", "channel", "from", "to", "assignee", "tag", "limit", "cursor"])
@pytest.mark.parametrize("value", ["' OR ''='", "1;--", "%", "*", "9" * 30, "-", "０", "²", "a\x00b", "{{7*7}}", "[]"])
def test_a_filter_is_never_more_than_a_value(people: People, shopper: Contact, name: str, value: str) -> None:
    say(shopper, "teapot")
    answer = request(people.shop.pk, people.agent, q="tea", **{name: value})
    assert answer.status_code == 422 or answer.json()["messages"] == []


def test_what_is_searched_letter_by_letter_is_found_however_much_other_shops_write(
    people: People, shopper: Contact
) -> None:
    wanted = say(shopper, "?!")
    stranger = Contact.objects.create(shop=people.other_shop, locale="ko")
    theirs = say(stranger, "?!")
    Entry.objects.filter(pk=theirs).update(id=theirs + 10_000_000)
    assert found(people, "?!") == [wanted]


def begin(by: Contact, subject: str, text: str) -> int:
    post = Post(by.shop_id, "contact", by.pk, str(uuid.uuid4()), text, channel="webchat", subject=subject, afresh=True)
    return ensure_posted(post).id


def test_a_conversation_is_found_by_its_subject_with_its_first_message(people: People, shopper: Contact) -> None:
    first = begin(shopper, "환불 문의 4711", "안녕하세요, 잘 받았는데 금이 갔어요.")
    say(shopper, "사진을 보냅니다")
    [hit] = ask(people, "환불 4711")["messages"]
    assert (hit["id"], hit["text"]) == (first, "환불 문의 4711 — 안녕하세요, 잘 받았는데 금이 갔어요.")
    assert found(people, "금이") == [first]
    assert found(people, "문의 금이") == [first]
    assert found(people, "4711 사진") == []
    entry = Entry.objects.get(pk=first)
    actor = people.actor(people.lead)
    redact_entry(actor=actor, conversation_id=entry.conversation_id, seq=entry.seq, reason="")
    assert found(people, "4711") == []


def test_an_index_that_was_filled_without_subjects_gets_them(people: People, shopper: Contact) -> None:
    first = begin(shopper, "Invoice 4711", "Where is it?")
    with connection.cursor() as cursor, transaction.atomic():
        upkeep.forget_entry(cursor, first)
        upkeep.index_all(cursor, after=first - 1, subjects=False)
        assert found(people, "4711") == []
        upkeep.index_subjects(cursor)
    assert found(people, "4711") == found(people, "where") == [first]


def test_best_conversations_come_before_newer_ones_that_fit_less(people: People, shopper: Contact) -> None:
    whole = begin(shopper, "", "달항아리 흰색 있나요?")
    parts = begin(shopper, "", "흰색 접시와 달항아리 받침을 따로 보고 있는데 어느 쪽이 나은가요")
    asked = {"in": "conversations", "limit": 1}
    newest = ask(people, "달항아리 흰색", sort="newest", **asked)["messages"]
    assert [hit["id"] for hit in newest] == [parts]
    page = ask(people, "달항아리 흰색", sort="best", **asked)
    assert [(hit["id"], hit["count"]) for hit in page["messages"]] == [(whole, 1)]
    rest = ask(people, "달항아리 흰색", sort="best", cursor=page["next"], **asked)
    assert ([hit["id"] for hit in rest["messages"]], rest["next"]) == ([parts], None)
