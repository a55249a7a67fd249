"""What happens in a conversation reaches the agents whom it concerns, once, and nobody else."""

import pytest
from tests.people import People

from sonnim.accounts.models import Team
from sonnim.contacts.models import Contact
from sonnim.conversations import actions as conversations
from sonnim.conversations.actions import mentions
from sonnim.conversations.change import Change
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog import log
from sonnim.eventlog.models import Event
from sonnim.notifications import actions, queries
from sonnim.notifications.follower import Follower
from sonnim.notifications.models import Device, Follow, Notification

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guest(people: People) -> Contact:
    return shopper(people)


@pytest.fixture
def follower(guest: Contact) -> Follower:
    """One who has read everything up to now."""
    made = Follower()
    assert made.look() == 0
    return made


def kinds(agent_id: int) -> list[str]:
    return [each["kind"] for each in queries.unseen(agent_id=agent_id)]


def assign(people: People, conversation: int, to: int) -> None:
    conversations.assign_conversation(
        shop_id=people.shop.pk, conversation_id=conversation, by=people.lead.pk, agent_id=to
    )


def follow(conversation: int, *agents: int) -> None:
    Conversation.objects.filter(pk=conversation).update(follower_ids=str(list(agents)))


def test_who_is_given_a_conversation_is_told_by_whom(people: People, guest: Contact, follower: Follower) -> None:
    conversation = say(guest).conversation
    assign(people, conversation, people.agent.pk)
    assert follower.look() == 1
    [told] = queries.unseen(agent_id=people.agent.pk)
    assert (told["kind"], told["conversation_id"], told["by_id"]) == ("assigned", conversation, people.lead.pk)
    assert kinds(people.lead.pk) == []


def test_who_takes_a_conversation_is_told_nothing(people: People, guest: Contact, follower: Follower) -> None:
    conversation = say(guest).conversation
    say(people.agent, "네", conversation_id=conversation)
    assign(people, conversation, people.lead.pk)
    follower.look()
    assert kinds(people.agent.pk) + kinds(people.lead.pk) == []


def test_a_mention_is_told_and_counts_more_than_the_note_it_is_in(
    people: People, guest: Contact, follower: Follower
) -> None:
    conversation = say(guest).conversation
    follow(conversation, people.agent.pk, people.admin.pk)
    with log.unit(people.shop.pk) as work:
        with Change(work) as change:
            change.load([conversation])
            about = change.get(people.shop.pk, conversation)
            note = change.entry(about, "note", author=("agent", people.lead.pk), text="@Agent look")
            change.record(about, "note.created", entries=[note])
        mentions.record(shop_id=people.shop.pk, note=note, by=people.lead.pk, agent_ids=[people.agent.pk])
    follower.look()
    assert kinds(people.agent.pk) == ["mention"]
    assert kinds(people.admin.pk) == ["followed"]


def test_a_follower_hears_of_a_talk_once_until_having_looked(
    people: People, guest: Contact, follower: Follower
) -> None:
    conversation = say(guest).conversation
    follow(conversation, people.lead.pk)
    for text in ("하나", "둘"):
        say(guest, text)
        follower.look()
    assert kinds(people.lead.pk) == ["followed"]
    actions.mark_notices_seen(shop_id=people.shop.pk, agent_id=people.lead.pk, conversation_id=conversation)
    say(guest, "셋")
    follower.look()
    assert kinds(people.lead.pk) == ["followed"]
    assert Notification.objects.filter(agent=people.lead).count() == 2


def test_messages_that_concern_nobody_write_nothing(people: People, guest: Contact, follower: Follower) -> None:
    say(guest)
    before = Event.objects.count(), Follow.objects.get(shop_id=people.shop.pk).pos
    assert follower.look() == 0
    assert (Event.objects.count(), Follow.objects.get(shop_id=people.shop.pk).pos) == before


def test_two_nodes_tell_of_a_thing_once(people: People, guest: Contact, follower: Follower) -> None:
    other = Follower()
    other.look()
    assign(people, say(guest).conversation, people.agent.pk)
    assert [follower.look(), other.look()] == [1, 0]
    assign(people, say(shopper(people)).conversation, people.agent.pk)
    assert [other.look(), follower.look()] == [1, 0]
    assert kinds(people.agent.pk) == ["assigned", "assigned"]


def test_what_happened_while_nobody_looked_is_told_afterwards(
    people: People, guest: Contact, follower: Follower
) -> None:
    assign(people, say(guest).conversation, people.agent.pk)
    assert Follower().look() == 1


def test_a_new_installation_is_not_told_of_its_past(people: People, guest: Contact) -> None:
    assign(people, say(guest).conversation, people.agent.pk)
    assert Follower().look() == 0
    assert kinds(people.agent.pk) == []


def test_seen_notices_leave_the_agents_own_screens(people: People, guest: Contact, follower: Follower) -> None:
    assign(people, say(guest).conversation, people.agent.pk)
    follower.look()
    own = [each["id"] for each in queries.unseen(agent_id=people.agent.pk)]
    assert actions.mark_notices_seen(shop_id=people.shop.pk, agent_id=people.lead.pk, ids=own) == 0
    assert actions.mark_notices_seen(shop_id=people.shop.pk, agent_id=people.agent.pk, ids=own) == 1
    event = Event.objects.get(type="notification.seen")
    assert event.agent_id == people.agent.pk
    assert queries.unseen(agent_id=people.agent.pk) == []


def test_nobody_has_more_than_a_hundred_unseen(
    people: People, guest: Contact, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sonnim.notifications.actions.notices.MAX_UNSEEN", 2)
    for _ in range(3):
        assign(people, say(shopper(people)).conversation, people.agent.pk)
    follower.look()
    assert len(kinds(people.agent.pk)) == 2
    event = Event.objects.filter(type="notification.created").latest("pos")
    oldest = Notification.objects.order_by("id").first()
    assert oldest is not None
    assert f'"drop":{{"notifications":[{oldest.pk}]}}' in event.desk


def test_the_list_says_with_whom_and_what(people: People, guest: Contact, follower: Follower) -> None:
    Contact.objects.filter(pk=guest.pk).update(name="김손님")
    conversation = say(guest).conversation
    follow(conversation, people.lead.pk)
    say(guest, "색이 달라요")
    follower.look()
    items, following = queries.page(agent_id=people.lead.pk, before=None, limit=10)
    assert [(item["contact_name"], item["text"]) for item in items] == [("김손님", "색이 달라요")]
    assert following is None


def test_where_nobody_is_at_the_desk_those_of_the_team_hear_of_a_clock_on_their_devices(
    people: People, guest: Contact, follower: Follower
) -> None:
    team = Team.objects.create(shop=people.shop, name="Claims")
    team.agents.add(people.agent)
    assert queries.who_is_there(people.shop.pk, team.pk) == []
    for agent in (people.agent, people.lead):
        Device.objects.create(agent=agent, shop=people.shop, endpoint_hash=str(agent.pk))
    assert queries.who_is_there(people.shop.pk, team.pk) == [people.agent.pk]
    assert set(queries.who_is_there(people.shop.pk, None)) == {people.agent.pk, people.lead.pk}
