"""A mail finds its conversation by our marks, or by what it refers to and who wrote it; else it begins a new one."""

import uuid
from datetime import timedelta

import pytest
from tests.people import People
from tests.postbag import ADDRESS, SHOPPER, Postbag, flags_of, written

from sonnim.channels.kinds.postbox import tokens
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.contacts import actions as contacts
from sonnim.conversations import actions
from sonnim.conversations.actions.merging import merge_conversations
from sonnim.conversations.models import Conversation, Entry, Link
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel import clock


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


def test_a_first_mail_begins_a_conversation_about_its_subject_with_whoever_wrote_it(postbag: Postbag) -> None:
    entry = postbag.first()
    about = Conversation.objects.select_related("contact").get(pk=entry.conversation_id)
    assert (about.channel, about.subject, about.status, about.locale) == ("postbox", "달항아리 배송 문의", "open", "ko")
    assert about.waiting_since is not None
    assert (about.contact.name, about.contact.email, about.contact.verified) == ("김하늘", SHOPPER, False)
    assert flags_of(entry) == []


def test_a_second_mail_that_answers_nothing_begins_another_conversation_of_the_same_contact(postbag: Postbag) -> None:
    one, two = postbag.first(), postbag.first(subject="환불")
    assert one.conversation_id != two.conversation_id
    assert one.author_id == two.author_id


@pytest.mark.parametrize("by", ["message", "address", "hop", "both"])
def test_an_answer_comes_back_to_its_conversation_and_shows_its_new_words_alone(postbag: Postbag, by: str) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    marked = postbag.reply_address(first.conversation_id, first.author_id or 0)
    raw = written(
        "고마워요!\n\n2026년 11월 22일 (일) 오전 10:30, Ongi <help@ongi.example>님이 작성:\n\n> 내일 도착해요.\n",
        subject="Re: 달항아리 배송 문의",
        to=marked if by in {"address", "both"} else ADDRESS,
        refers_to=ours if by in {"message", "both"} else "",
        head=f"Delivered-To: {marked}" if by == "hop" else "",
    )
    entry = postbag.file(raw)
    assert (entry.conversation_id, entry.text) == (first.conversation_id, "고마워요!")
    assert (entry.author_id, entry.public, flags_of(entry)) == (first.author_id, True, ["quoted"])
    assert "내일 도착해요" in Letter.objects.get(entry_id=entry.pk).quoted


def test_what_a_shopper_adds_to_their_own_mail_is_found_by_what_it_refers_to(postbag: Postbag) -> None:
    first = postbag.first(message_id="<one@mail.example>")
    more = postbag.file(
        written("아, 주문 번호는 1042예요.", refers_to="<one@mail.example>", subject="Re: 달항아리 배송 문의")
    )
    assert more.conversation_id == first.conversation_id


def test_an_outsider_who_refers_to_a_mail_that_we_know_begins_a_conversation(postbag: Postbag) -> None:
    first = postbag.first(message_id="<one@mail.example>")
    raw = written(sender="eve@evil.example", refers_to="<one@mail.example>", subject="Re: 달항아리 배송 문의")
    assert postbag.file(raw).conversation_id != first.conversation_id


def test_a_stranger_with_a_mark_of_ours_is_shown_to_the_desk_as_unverified(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    entry = postbag.file(
        written("접니다", sender="other@mail.example", refers_to=ours, subject="Re: 달항아리 배송 문의")
    )
    assert (entry.conversation_id, entry.public) == (first.conversation_id, False)
    assert "unverified" in flags_of(entry)
    assert entry.author_id != first.author_id
    assert Letter.objects.get(entry_id=entry.pk).sender == ""
    assert Conversation.objects.get(pk=first.conversation_id).waiting_since is not None


def test_a_stranger_does_not_come_to_take_part_by_having_written(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    theirs = "<eve-1@evil.example>"
    subject = "Re: 달항아리 배송 문의"
    postbag.file(written(sender="eve@evil.example", refers_to=ours, message_id=theirs, subject=subject))
    again = postbag.file(written(sender="eve@evil.example", refers_to=theirs, subject=subject))
    assert again.conversation_id != first.conversation_id


def test_to_whom_an_agent_sent_a_copy_takes_part(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id, cc=("mother@mail.example",))
    entry = postbag.file(
        written("저도요", sender="Mother@mail.example", refers_to=ours, subject="RE: 달항아리 배송 문의")
    )
    assert entry.conversation_id == first.conversation_id
    assert "unverified" not in flags_of(entry)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: 달항아리 배송 문의",
        "RE: FW: 달항아리  배송 문의",
        "회신: 달항아리 배송 문의",
        "[EXTERNAL] Re[2]: 달항아리 배송 문의",
        "Re:",
    ],
)
def test_what_mail_programs_put_before_a_subject_does_not_change_it(postbag: Postbag, subject: str) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    assert postbag.file(written(subject=subject, refers_to=ours)).conversation_id == first.conversation_id


def test_a_changed_subject_begins_a_conversation_beside_the_one_that_it_answers(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    entry = postbag.file(written("다른 질문이 있어요", subject="환불은 어떻게 하나요?", refers_to=ours))
    assert entry.conversation_id != first.conversation_id
    assert Link.objects.filter(a_id=first.conversation_id, b_id=entry.conversation_id).exists()
    assert entry.author_id == first.author_id


def test_what_was_settled_long_ago_is_not_opened_again_but_linked(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    actions.resolve_conversation(
        shop_id=postbag.shop, conversation_id=first.conversation_id, by=postbag.people.agent.pk
    )
    long_ago = clock.now() - timedelta(days=8)
    Conversation.objects.filter(pk=first.conversation_id).update(last_at=long_ago)
    entry = postbag.file(written(subject="Re: 달항아리 배송 문의", refers_to=ours))
    assert entry.conversation_id != first.conversation_id
    assert Link.objects.filter(b_id=entry.conversation_id).exists()
    assert Conversation.objects.get(pk=first.conversation_id).status == "resolved"


def test_an_answer_to_what_was_settled_just_now_opens_it_again(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    actions.resolve_conversation(
        shop_id=postbag.shop, conversation_id=first.conversation_id, by=postbag.people.agent.pk
    )
    postbag.file(written(subject="Re: 달항아리 배송 문의", refers_to=ours))
    assert Conversation.objects.get(pk=first.conversation_id).status == "open"


def test_an_answer_to_what_was_merged_goes_where_it_goes_on(postbag: Postbag) -> None:
    one, two = postbag.first(), postbag.first(subject="하나 더")
    ours = postbag.answer(one.conversation_id)
    merge_conversations(
        shop_id=postbag.shop,
        conversation_id=one.conversation_id,
        into_id=two.conversation_id,
        by=postbag.people.agent.pk,
    )
    entry = postbag.file(written("답장", subject="Re: 달항아리 배송 문의", refers_to=ours))
    assert entry.conversation_id == two.conversation_id


def test_a_number_in_the_subject_is_a_hint_for_who_takes_part_and_nothing_for_others(postbag: Postbag) -> None:
    first = postbag.first()
    subject = f"Re: [#{first.conversation_id}] 달항아리 배송 문의"
    assert postbag.file(written(subject=subject)).conversation_id == first.conversation_id
    assert postbag.file(written(subject=subject, sender="eve@evil.example")).conversation_id != first.conversation_id


def test_a_mark_that_another_shop_made_means_nothing_here(postbag: Postbag) -> None:
    first = postbag.first()
    theirs = tokens.message_id(
        ADDRESS, shop_id=postbag.people.other_shop.pk, conversation_id=first.conversation_id, entry_id=first.pk
    )
    assert postbag.file(written(refers_to=theirs)).conversation_id != first.conversation_id


def test_an_answer_to_a_mail_that_its_provider_has_renamed_is_found(postbag: Postbag) -> None:
    first = postbag.first()
    postbag.answer(first.conversation_id)
    Letter.objects.filter(out=True).update(provider_id="0102018c-renamed-000000")
    renamed = "<0102018c-renamed-000000@eu-west-1.amazonses.com>"
    entry = postbag.file(written(subject="Re: 달항아리 배송 문의", refers_to=renamed))
    assert entry.conversation_id == first.conversation_id


def test_the_same_mail_fifty_times_is_one_line(postbag: Postbag) -> None:
    raw = written(message_id="<again@mail.example>")
    assert len({postbag.file(raw).pk for _ in range(50)}) == 1
    assert Entry.objects.filter(kind="message").count() == 1


def test_a_mail_without_a_name_of_its_own_is_known_by_its_bytes(postbag: Postbag) -> None:
    raw = written(message_id="<[>")
    assert postbag.file(raw).pk == postbag.file(raw).pk
    assert postbag.file(written("다른 글", message_id="<[>")).pk != postbag.file(raw).pk


def test_two_mails_under_one_name_by_two_people_are_two(postbag: Postbag) -> None:
    one = postbag.file(written(message_id="<fixed@scanner.example>"))
    two = postbag.file(written(message_id="<fixed@scanner.example>", sender="other@mail.example"))
    assert one.pk != two.pk


def test_what_a_shopper_typed_into_a_chat_does_not_bring_another_persons_mail_there(postbag: Postbag) -> None:
    visitor, _ = contacts.create_visitor(shop_id=postbag.shop, locale="ko")
    contacts.update_contact(shop_id=postbag.shop, contact_id=visitor.pk, changes={"email": SHOPPER})
    chat = ensure_posted(Post(postbag.shop, "contact", visitor.pk, str(uuid.uuid4()), "안녕", channel="webchat"))
    entry = postbag.first()
    assert entry.author_id != visitor.pk
    assert entry.conversation_id != chat.conversation
