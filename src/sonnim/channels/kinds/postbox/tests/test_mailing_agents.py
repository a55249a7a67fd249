"""Agents who want it are mailed what waits for them while they are away, and may answer from there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.people import People

from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox import tokens, transports
from sonnim.channels.kinds.postbox.afar import actions
from sonnim.channels.kinds.postbox.afar.delivery import deliver_desk_mail
from sonnim.channels.kinds.postbox.afar.follower import Follower
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import DeskMail, Mailbox
from sonnim.channels.kinds.postbox.tests.posted import Posted
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import mark_seen
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock
from sonnim.notifications import presence
from sonnim.notifications.actions import change_preferences

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    taken = Posted()
    monkeypatch.setattr(transports, "send", taken)
    monkeypatch.setitem(outbox.HANDLERS, actions.DESK_MAIL, deliver_desk_mail)
    return taken


@pytest.fixture
def at_desk() -> Iterator[set[int]]:
    there: set[int] = set()
    presence.provide(lambda shop: there)
    yield there
    presence.provide(lambda shop: set())


class Talk:
    """A conversation that an agent has, and time that goes by."""

    def __init__(self, people: People) -> None:
        self.people = people
        Mailbox.objects.create(shop=people.shop, address="help@ongi.test", name="Ongi", way_in="pipe")
        self.guest = shopper(people)
        Contact.objects.filter(pk=self.guest.pk).update(name="Jiwoo")
        self.conversation = say(self.guest, "안녕하세요").conversation
        say(people.agent, "네, 말씀하세요.", conversation_id=self.conversation)
        self.follower = Follower()
        self.follower.look()
        self.away = timedelta()
        self.wants(email=True)

    def wants(self, **changes: object) -> None:
        change_preferences(shop_id=self.people.shop.pk, agent_id=self.people.agent.pk, changes=changes)

    def ask(self, text: str) -> int:
        with clock.moved(self.away):
            return say(self.guest, text, conversation_id=self.conversation).seq

    def pass_by(self, **time: float) -> None:
        with clock.moved(self.away):
            self.follower.look()
        self.away += timedelta(**time)
        with clock.moved(self.away):
            actions.notify_due()
            outbox.deliver_due()


@pytest.fixture
def talk(people: People) -> Talk:
    return Talk(people)


def test_what_waits_for_two_minutes_is_mailed_together_and_can_be_answered(talk: Talk, posted: Posted) -> None:
    talk.ask("하나")
    talk.pass_by(seconds=60)
    talk.ask("둘")
    talk.pass_by(seconds=70)
    [mail] = posted.mails
    agent = talk.people.agent
    assert mail.recipients == [agent.user.email]
    assert mail.text.index("하나") < mail.text.index("둘")
    assert "Jiwoo" in mail.subject
    mark = tokens.Mark("a", talk.conversation, agent.pk)
    assert tokens.read(mail.reply_to, shop_id=agent.shop_id) == mark
    assert tokens.read(mail.message_id, shop_id=agent.shop_id) == mark
    assert f"/console/inbox/all/{talk.conversation}" in mail.html
    talk.pass_by(hours=1)
    assert len(posted.mails) == 1


def test_a_second_mail_about_a_conversation_keeps_its_distance(talk: Talk, posted: Posted) -> None:
    talk.ask("하나")
    talk.pass_by(minutes=3)
    talk.ask("둘")
    talk.pass_by(minutes=5)
    assert len(posted.mails) == 1
    talk.pass_by(minutes=11)
    [first, second] = posted.mails
    assert "하나" not in second.text
    assert first.message_id != second.message_id
    assert first.references == second.references


def test_nobody_is_mailed_who_has_not_asked_for_it(talk: Talk, posted: Posted) -> None:
    talk.wants(email=False)
    talk.ask("하나")
    talk.pass_by(minutes=5)
    assert posted.mails == []
    assert not DeskMail.objects.exists()


def test_who_is_at_the_desk_or_has_looked_is_not_mailed(talk: Talk, posted: Posted, at_desk: set[int]) -> None:
    at_desk.add(talk.people.agent.pk)
    talk.ask("하나")
    talk.pass_by(minutes=3)
    at_desk.clear()
    seq = talk.ask("둘")
    mark_seen(shop_id=talk.people.shop.pk, conversation_id=talk.conversation, seq=seq)
    talk.pass_by(minutes=3)
    assert posted.mails == []


def test_what_was_answered_or_handed_over_meanwhile_is_not_mailed(talk: Talk, posted: Posted) -> None:
    talk.ask("하나")
    talk.pass_by(seconds=10)
    say(talk.people.lead, "제가 답할게요.", conversation_id=talk.conversation)
    talk.pass_by(minutes=5)
    assert posted.mails == []


def test_quiet_hours_put_it_off_until_they_are_over(talk: Talk, posted: Posted) -> None:
    now = datetime.now(UTC)
    until = (now + timedelta(hours=2)).strftime("%H:%M")
    talk.wants(quiet={"on": True, "start": now.strftime("%H:%M"), "end": until})
    talk.ask("하나")
    talk.pass_by(minutes=5)
    assert posted.mails == []
    talk.pass_by(hours=2)
    assert len(posted.mails) == 1


def test_who_wants_no_previews_gets_none_by_mail_either(talk: Talk, posted: Posted) -> None:
    talk.wants(preview=False)
    talk.ask("비밀 이야기")
    talk.pass_by(minutes=3)
    [mail] = posted.mails
    assert "비밀" not in mail.text
    assert "비밀" not in mail.html
    assert "Jiwoo" not in f"{mail.subject} {mail.sender} {mail.text} {mail.html}"


class Killed(BaseException):
    """The process ends here."""


def test_a_mail_that_was_under_way_when_the_process_ended_is_not_sent_twice(
    talk: Talk, posted: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_and_killed(source: Mailbox, mail: Mail, *, locale: str) -> str:
        posted(source, mail, locale=locale)
        raise Killed

    talk.ask("하나")
    monkeypatch.setattr(transports, "send", taken_and_killed)
    with pytest.raises(Killed):
        talk.pass_by(minutes=3)
    monkeypatch.setattr(transports, "send", posted)
    talk.pass_by(minutes=5)
    assert len(posted.mails) == 1
    assert not Outbox.objects.filter(kind=actions.DESK_MAIL).exists()
    talk.ask("둘")
    talk.pass_by(minutes=20)
    talk.pass_by(seconds=1)
    assert "둘" in posted.mails[-1].text and len(posted.mails) == 2


def test_a_mail_that_the_server_did_not_take_is_tried_again(talk: Talk, posted: Posted) -> None:
    posted.failing = NotSent("451 not now", permanent=False)
    talk.ask("하나")
    talk.pass_by(minutes=3)
    assert posted.mails == []
    posted.failing = None
    talk.pass_by(minutes=5)
    assert len(posted.mails) == 1
