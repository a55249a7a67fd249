"""When an agent or a team goes, what they held waits in everybody's sight."""

import pytest
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.config import wiring
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.actions import assign_conversation, reopen_conversation, resolve_conversation
from sonnim.conversations.models import Conversation
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.queues import counts
from sonnim.eventlog import outbox


def _written(shop: int, client_id: str) -> int:
    contact, _ = create_visitor(shop_id=shop, locale="en")
    return ensure_posted(Post(shop, "contact", contact.pk, client_id, "Hello", channel="chat")).conversation


def test_open_conversations_of_a_removed_agent_become_unassigned_and_settled_ones_keep_their_name(
    people: People,
) -> None:
    wiring.connect()
    shop, agent = people.shop.pk, people.agent.pk
    open_one = _written(shop, "00000000-0000-4000-8000-000000000001")
    settled = _written(shop, "00000000-0000-4000-8000-000000000002")
    for conversation in (open_one, settled):
        assign_conversation(shop_id=shop, conversation_id=conversation, by=agent, agent_id=agent)
    resolve_conversation(shop_id=shop, conversation_id=settled, by=agent)

    accounts.remove_agent(actor=people.actor(people.owner), agent_id=agent)
    outbox.deliver_due()

    assert Conversation.objects.get(pk=open_one).assignee_id is None
    assert Conversation.objects.get(pk=settled).assignee_id == agent
    assert counts(shop_id=shop, agent_id=agent) == {
        "waiting": 1, "waiting_all": 1, "unassigned": 1, "mine": 0, "team": 0, "mentioned": 0, "all": 1, "snoozed": 0,
        "resolved": 1, "spam": 0,
    }  # fmt: skip


@pytest.mark.parametrize("by", ["shopper", "desk"])
def test_a_settled_conversation_of_a_removed_agent_comes_back_unassigned(people: People, by: str) -> None:
    shop, agent = people.shop.pk, people.agent.pk
    settled = _written(shop, "00000000-0000-4000-8000-000000000004")
    assign_conversation(shop_id=shop, conversation_id=settled, by=agent, agent_id=agent)
    resolve_conversation(shop_id=shop, conversation_id=settled, by=agent)
    accounts.remove_agent(actor=people.actor(people.owner), agent_id=agent)

    if by == "shopper":
        contact = Conversation.objects.get(pk=settled).contact_id
        again = "00000000-0000-4000-8000-000000000005"
        ensure_posted(Post(shop, "contact", contact, again, "It broke", channel="chat"))
    else:
        reopen_conversation(shop_id=shop, conversation_id=settled, by=people.lead.pk)

    assert Conversation.objects.get(pk=settled).assignee_id is None
    assert counts(shop_id=shop, agent_id=agent)["unassigned"] == 1


def test_conversations_of_a_deleted_team_belong_to_no_team(people: People) -> None:
    wiring.connect()
    shop = people.shop.pk
    team = accounts.create_team(actor=people.actor(people.owner), name="Kiln")
    conversation = _written(shop, "00000000-0000-4000-8000-000000000003")
    assign_conversation(
        shop_id=shop, conversation_id=conversation, by=people.owner.pk, agent_id=people.agent.pk, team_id=team.pk
    )

    accounts.delete_team(actor=people.actor(people.owner), team_id=team.pk)
    outbox.deliver_due()

    found = Conversation.objects.get(pk=conversation)
    assert (found.assignee_id, found.team_id) == (people.agent.pk, None)
    accounts.create_team(actor=people.actor(people.owner), name="Kiln")
