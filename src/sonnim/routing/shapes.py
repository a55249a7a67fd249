"""Seats, offers and the rules as clients see them."""

from datetime import datetime
from typing import Literal, cast

from typing_extensions import TypedDict

from sonnim.routing.models import Offer, Rules, Seat
from sonnim.routing.rules import Mode, Strategy

Absence = Literal["away", "offline"]
Reason = Literal["", "lunch", "break", "call", "meeting", "training", "other", "idle", "missed"]


class SeatObject(TypedDict):
    """Where an agent stands, by the agent's id. How they are away holds while their availability is not online.

    `reason` is a known word or empty, `note` what they wrote themselves; "idle" and "missed" (offers) are the desk's.
    `live` and `letters` are how many conversations at once, null as the shop's rules have it.
    """

    id: int
    v: int
    absence: Absence
    reason: Reason
    note: str
    since: datetime
    skills: list[str]
    live: int | None
    letters: int | None


class OfferObject(TypedDict):
    """A conversation that is held out to an agent; only that agent gets it."""

    id: int
    v: int
    conversation_id: int
    contact_name: str
    channel: str
    text: str
    waiting_since: datetime | None
    made_at: datetime
    until: datetime


class TeamRules(TypedDict, total=False):
    """Where a team does otherwise."""

    mode: Mode
    strategy: Strategy


class RulesObject(TypedDict):
    """How a shop gives conversations out."""

    mode: Mode
    strategy: Strategy
    sticky: bool
    by_language: bool
    by_skill: bool
    widen_s: int
    offer_s: int
    missed_limit: int
    idle_s: int
    grace_s: int
    letters_grace_s: int
    live: int
    letters: int
    teams: dict[str, TeamRules]


def seat_object(seat: Seat) -> SeatObject:
    """A seat for agents."""
    return SeatObject(
        id=seat.agent_id,
        v=seat.v,
        absence=cast(Absence, seat.absence),
        reason=cast(Reason, seat.reason),
        note=seat.note,
        since=seat.since,
        skills=seat.skills,
        live=seat.live,
        letters=seat.letters,
    )


def seats_of(shop_id: int) -> list[SeatObject]:
    """All seats of a shop of which something is known."""
    return [seat_object(seat) for seat in Seat.objects.filter(shop_id=shop_id, v__gt=0).order_by("agent_id")]


def offer_object(offer: Offer) -> OfferObject:
    """An offer for its agent; reads the conversation and its contact."""
    about = offer.conversation
    return OfferObject(
        id=offer.pk,
        v=offer.v,
        conversation_id=about.pk,
        contact_name=about.contact.name,
        channel=about.channel,
        text=about.last_text,
        waiting_since=about.waiting_since,
        made_at=offer.made_at,
        until=offer.until,
    )


def offers_of(*, shop_id: int, agent_id: int) -> list[OfferObject]:
    """What is offered to an agent now."""
    pending = Offer.objects.filter(shop_id=shop_id, agent_id=agent_id, outcome="")
    return [offer_object(each) for each in pending.select_related("conversation__contact").order_by("id")]


def rules_object(rules: Rules) -> RulesObject:
    """The rules for those who may set them."""
    return RulesObject(
        mode=cast(Mode, rules.mode),
        strategy=cast(Strategy, rules.strategy),
        sticky=rules.sticky,
        by_language=rules.by_language,
        by_skill=rules.by_skill,
        widen_s=rules.widen_s,
        offer_s=rules.offer_s,
        missed_limit=rules.missed_limit,
        idle_s=rules.idle_s,
        grace_s=rules.grace_s,
        letters_grace_s=rules.letters_grace_s,
        live=rules.live,
        letters=rules.letters,
        teams=rules.teams,
    )
