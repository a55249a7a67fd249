"""The HTTP side of routing."""

from typing import Annotated, Any, Literal

from ninja import Status
from pydantic import Field, StringConstraints

from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.permissions import Permission as P
from sonnim.routing import actions, queries
from sonnim.routing.rules import Mode, Strategy
from sonnim.routing.shapes import (
    OfferObject,
    RulesObject,
    SeatObject,
    offer_object,
    offers_of,
    rules_object,
    seat_object,
    seats_of,
)

router = ShopRouter(tag="routing")
routers = (router,)
Number = Annotated[int, Field(ge=0, lt=10**6)]


class StateBody(Body):
    state: Literal["online", "away", "offline"]
    reason: Literal["", "lunch", "break", "call", "meeting", "training", "other"] = ""
    note: Annotated[Text, StringConstraints(max_length=80)] = ""


class SeatBody(Body):
    skills: Annotated[list[Annotated[Text, StringConstraints(max_length=40)]], Field(max_length=30)] | None = None
    live: Number | None = None
    letters: Number | None = None


class TeamRulesBody(Body):
    mode: Mode | None = None
    strategy: Strategy | None = None


class RulesPatch(Body):
    mode: Mode | None = None
    strategy: Strategy | None = None
    sticky: bool | None = None
    by_language: bool | None = None
    by_skill: bool | None = None
    widen_s: Number | None = None
    offer_s: Number | None = None
    missed_limit: Number | None = None
    idle_s: Number | None = None
    grace_s: Number | None = None
    letters_grace_s: Number | None = None
    live: Number | None = None
    letters: Number | None = None
    teams: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,14}$")], TeamRulesBody], Field(max_length=100)] | None = None  # fmt: skip  # noqa: E501


class OfferBody(Body):
    agent_id: RowId


@router.get("/routing", needs=P.PLAN_MANAGE, response=RulesObject)
def show_routing(caller: Caller) -> RulesObject:
    """How the shop gives conversations out."""
    return rules_object(queries.rules_of(caller.shop_id))


@router.patch("/routing", needs=P.PLAN_MANAGE, response=RulesObject)
def change_routing(caller: Caller, body: RulesPatch) -> RulesObject:
    """Decide how; from the next conversation on."""
    return rules_object(actions.change_rules(actor=caller.actor, changes=body.model_dump(exclude_none=True)))


@router.get("/seats", needs=P.AGENT_READ, response=Page[SeatObject])
def list_seats(caller: Caller) -> dict[str, Any]:
    """Where agents stand; of one who is not in the list nothing particular is known."""
    return {"items": seats_of(caller.shop_id)}


@router.put("/agents/me/state", needs=P.AGENT_READ, response=SeatObject)
def set_my_state(caller: Caller, body: StateBody) -> SeatObject:
    """Say whether I take conversations now, and if not, why."""
    return seat_object(actions.set_my_state(agent=caller.agent, state=body.state, reason=body.reason, note=body.note))


@router.put("/seats/{agent_id}", needs=P.PLAN_MANAGE, response=SeatObject)
def change_seat(caller: Caller, agent_id: int, body: SeatBody) -> SeatObject:
    """Set an agent's skills, and how many conversations at once; null is as the shop's rules have it."""
    return seat_object(
        actions.change_seat(
            actor=caller.actor, agent_id=agent_id, skills=body.skills, live=body.live, letters=body.letters
        )
    )


@router.get("/offers", needs=P.CONVERSATION_READ, response=Page[OfferObject])
def list_offers(caller: Caller) -> dict[str, Any]:
    """What is offered to me now."""
    return {"items": offers_of(shop_id=caller.shop_id, agent_id=caller.agent.pk)}


@router.post("/conversations/{conversation_id}/offer", needs=P.CONVERSATION_ASSIGN, response={201: OfferObject})
def offer_conversation(caller: Caller, conversation_id: int, body: OfferBody) -> Status[OfferObject]:
    """Ask a colleague whether they take a conversation that nobody has."""
    offer = actions.offer_conversation(actor=caller.actor, conversation_id=conversation_id, agent_id=body.agent_id)
    return Status(201, offer_object(offer))


@router.post("/offers/{offer_id}/accept", needs=P.CONVERSATION_REPLY, response={204: None})
def accept_offer(caller: Caller, offer_id: int) -> Status[None]:
    """Take it."""
    actions.accept_offer(actor=caller.actor, offer_id=offer_id)
    return Status(204, None)


@router.post("/offers/{offer_id}/decline", needs=P.CONVERSATION_READ, response={204: None})
def decline_offer(caller: Caller, offer_id: int) -> Status[None]:
    """Let it go on to somebody else."""
    actions.decline_offer(actor=caller.actor, offer_id=offer_id)
    return Status(204, None)
