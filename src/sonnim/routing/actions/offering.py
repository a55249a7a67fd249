"""Conversations held out to somebody, who takes them or not."""

from collections.abc import Mapping
from datetime import timedelta

from sonnim.accounts.actions.agents import present_agent
from sonnim.accounts.callers import Actor
from sonnim.conversations import deeds
from sonnim.conversations.changing import changing
from sonnim.conversations.models import Conversation
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, NotFound
from sonnim.routing import queries
from sonnim.routing.actions.seats import count_missed
from sonnim.routing.models import Offer, Seat
from sonnim.routing.queries import kind_of
from sonnim.routing.shapes import offer_object

KEPT = timedelta(days=30)
MOST_ASKED = 10
"""How many conversations a colleague can be asked for by hand at once."""


def hold_out(*, work: Unit, shop_id: int, to: Mapping[int, int], seconds: int) -> list[Offer]:
    """Offer conversations to agents, each to one, within a unit of work.

    Args:
        to: conversation → agent.
    """
    if not to:
        return []
    at = clock.from_ms(work.at)
    found = Conversation.objects.select_related("contact").in_bulk(list(to))
    offers = []
    for conversation_id, agent_id in to.items():
        about, pos = found[conversation_id], work.claim(shop_id)
        offer = Offer.objects.create(
            shop_id=shop_id,
            conversation=about,
            agent_id=agent_id,
            letter=kind_of(about.channel) == "letters",
            made_at=at,
            until=at + timedelta(seconds=seconds),
            v=pos,
        )
        put = {"offers": [offer_object(offer)]}
        work.publish(shop_id, pos, "offer.made", conversation_id=conversation_id, agent_id=agent_id, desk_put=put)
        offers.append(offer)
    return offers


def offer_conversation(*, actor: Actor, conversation_id: int, agent_id: int) -> Offer:
    """Ask a colleague whether they take a conversation that nobody has.

    Raises:
        NotFound: no such conversation, or no such agent.
        Conflict: somebody has it, it is settled, or it is offered to somebody already.
    """
    shop_id = actor.shop_id
    with log.unit(shop_id) as work:
        about = Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).first()
        if about is None:
            raise NotFound("There is no such conversation.")
        agent = present_agent(shop_id=shop_id, agent_id=agent_id)
        if agent.role not in queries.answering_roles(shop_id):
            raise Conflict("This colleague may not answer shoppers.")
        if about.status != "open" or about.assignee_id is not None:
            raise Conflict("Only an open conversation that nobody has can be offered.")
        if Offer.objects.filter(conversation=about, outcome="").exists():
            raise Conflict("This conversation is offered to somebody already.")
        if Offer.objects.filter(agent=agent, shop_id=shop_id, outcome="").count() >= MOST_ASKED:
            raise Conflict("This colleague is asked for enough others already.")
        rules = queries.rules_of(shop_id)
        [offer] = hold_out(work=work, shop_id=shop_id, to={conversation_id: agent.pk}, seconds=rules.offer_s)
    return offer


def accept_offer(*, actor: Actor, offer_id: int) -> Offer:
    """Take what is offered to me.

    Raises:
        NotFound: it is not mine.
        Conflict: it is over, or somebody else has the conversation by now.
    """
    shop_id, me = actor.shop_id, actor.agent.pk
    with log.unit(shop_id) as work:
        offer = _mine(actor, offer_id)
        with changing(shop_id, offer.conversation_id) as (change, about):
            if about.assignee_id not in {None, me}:
                raise Conflict("Somebody else has taken this conversation.")
            if about.status != "open":
                raise Conflict("This conversation is not open any more.")
            deeds.assign(change, about, by=me, agent_id=me, team_id=about.team_id, why="offer")
        Seat.objects.filter(pk=me).update(missed=0)
        _end(work, offer, "accepted")
    return offer


def decline_offer(*, actor: Actor, offer_id: int) -> Offer:
    """Let it go on to somebody else. Raises: NotFound; Conflict: it is over."""
    with log.unit(actor.shop_id) as work:
        offer = _mine(actor, offer_id)
        _end(work, offer, "declined")
    return offer


def forget_old_offers(*, limit: int = 5_000) -> int:
    """Forget what came of offers more than 30 days ago; answers how many went."""
    before = clock.now() - KEPT
    oldest = Offer.objects.order_by("pk").values_list("pk", "ended_at")[:limit]
    old = [pk for pk, ended in oldest if ended is not None and ended < before]
    with log.unit():
        Offer.objects.filter(pk__in=old).delete()
    return len(old)


def end_offers(*, shop_id: int) -> int:
    """End what nobody answered in time, or what became void; whoever missed too many is away from now on."""
    overdue, void = _ending(shop_id, clock.now_ms())
    if not overdue and not void:
        return 0
    with log.unit(shop_id) as work:
        overdue, void = _ending(shop_id, work.at)
        for offer in void:
            _end(work, offer, "void")
        for offer in overdue:
            _end(work, offer, "missed")
        if overdue:
            limit = queries.rules_of(shop_id).missed_limit
            count_missed(work=work, shop_id=shop_id, agent_ids=[offer.agent_id for offer in overdue], limit=limit)
    return len(overdue) + len(void)


def _ending(shop_id: int, at: int) -> tuple[list[Offer], list[Offer]]:
    pending = Offer.objects.filter(shop_id=shop_id, outcome="").select_related("conversation", "agent")
    overdue, void = [], []
    for offer in pending:
        about = offer.conversation
        if about.status != "open" or about.assignee_id is not None or offer.agent.removed_at is not None:
            void.append(offer)
        elif clock.to_ms(offer.until) <= at:
            overdue.append(offer)
    return overdue, void


def _mine(actor: Actor, offer_id: int) -> Offer:
    offer = Offer.objects.filter(pk=offer_id, shop_id=actor.shop_id, agent=actor.agent).first()
    if offer is None:
        raise NotFound("There is no such offer.")
    if offer.outcome:
        raise Conflict("This offer is over.")
    return offer


def _end(work: Unit, offer: Offer, outcome: str) -> None:
    offer.outcome, offer.ended_at, offer.v = outcome, clock.from_ms(work.at), work.claim(offer.shop_id)
    offer.save(update_fields=["outcome", "ended_at", "v"])
    work.publish(
        offer.shop_id,
        offer.v,
        "offer.ended",
        conversation_id=offer.conversation_id,
        agent_id=offer.agent_id,
        desk_drop={"offers": [offer.pk]},
    )
