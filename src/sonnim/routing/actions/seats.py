"""Writes to seats: who is there, how they are away, what they can and how much they take."""

from collections.abc import Collection

from sonnim.accounts import audit
from sonnim.accounts.actions.agents import present_agent
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent
from sonnim.accounts.shapes import agent_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Objects, Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.routing.models import Seat
from sonnim.routing.queries import IDLE
from sonnim.routing.shapes import seat_object

MAX_SKILLS = 30
MAX_SKILL = 40
MAX_AT_ONCE = 500


def set_my_state(*, agent: Agent, state: str, reason: str = "", note: str = "") -> Seat:
    """Say whether I take conversations now, and if not, why."""
    with log.unit(agent.shop_id) as work:
        seat = _seat(agent.shop_id, agent.pk)
        _move(work, seat, state, reason, note.strip())
    return seat


def change_seat(
    *, actor: Actor, agent_id: int, skills: list[str] | None, live: int | None, letters: int | None
) -> Seat:
    """Set what an agent can, and how many conversations they take at once; null is as the shop's rules have it.

    Raises:
        NotFound: no such agent here.
        Invalid: too many skills, or a number that is out of range.
    """
    with log.unit(actor.shop_id) as work:
        seat = _seat(actor.shop_id, present_agent(shop_id=actor.shop_id, agent_id=agent_id).pk)
        if skills is not None:
            seat.skills = _checked_skills(skills)
        for name, value in (("live", live), ("letters", letters)):
            if value is not None and not 0 <= value <= MAX_AT_ONCE:
                raise Invalid(fields={name: f"not from 0 to {MAX_AT_ONCE}"})
        seat.live, seat.letters = live, letters
        seat.v = work.claim(actor.shop_id)
        seat.save()
        audit.record(actor, "seat.changed", target=f"agent:{agent_id}", skills=seat.skills, live=live, letters=letters)
        work.publish(actor.shop_id, seat.v, "seat.saved", desk_put={"seats": [seat_object(seat)]})
    return seat


def note_lines(*, shop_id: int, agent_ids: Collection[int]) -> None:
    """Keep that these agents' lines were open just now, so that every node knows, and the next start too."""
    if agent_ids:
        at = clock.now()
        with log.unit(shop_id):
            known = Agent.objects.filter(pk__in=agent_ids, shop_id=shop_id).values_list("pk", flat=True)
            Seat.objects.bulk_create(
                [Seat(agent_id=agent, shop_id=shop_id, seen_at=at) for agent in known],
                update_conflicts=True,
                update_fields=["seen_at"],
                unique_fields=["agent"],
            )


def send_away(*, shop_id: int, agent_ids: Collection[int], reason: str) -> int:
    """The desk sets away who takes conversations and yet is not there; answers how many."""
    sent = 0
    with log.unit(shop_id) as work:
        online = Agent.objects.filter(pk__in=agent_ids, shop_id=shop_id, removed_at=None, availability="online")
        for agent_id in online.order_by("pk").values_list("pk", flat=True):
            _move(work, _seat(shop_id, agent_id), "away", reason, "")
            sent += 1
    return sent


def bring_back(*, shop_id: int, agent_ids: Collection[int]) -> int:
    """Whom the desk had set away for idleness are here again; answers how many."""
    back = 0
    with log.unit(shop_id) as work:
        idle = Seat.objects.filter(IDLE, pk__in=agent_ids, shop_id=shop_id, agent__removed_at=None)
        for agent_id in idle.order_by("pk").values_list("pk", flat=True):
            _move(work, _seat(shop_id, agent_id), "online", "", "")
            back += 1
    return back


def count_missed(*, work: Unit, shop_id: int, agent_ids: Collection[int], limit: int) -> None:
    """These let an offer pass; who did so `limit` times in a row is away from now on."""
    for agent_id in sorted(set(agent_ids)):
        seat = _seat(shop_id, agent_id)
        seat.missed += 1
        if seat.missed < limit or seat.agent.availability != "online":
            seat.save()
        else:
            _move(work, seat, "away", "missed", "")


def _seat(shop_id: int, agent_id: int) -> Seat:
    """The seat with its agent; a new one where nothing is known yet."""
    agent = present_agent(shop_id=shop_id, agent_id=agent_id)
    seat = Seat.objects.filter(pk=agent_id).first() or Seat(shop_id=shop_id)
    seat.agent = agent
    return seat


def _move(work: Unit, seat: Seat, state: str, reason: str, note: str) -> None:
    seat.agent.availability = "online" if state == "online" else "away"
    seat.absence = "offline" if state == "offline" else "away"
    seat.reason, seat.note = ("", "") if state == "online" else (reason, note)
    seat.since, seat.missed = clock.from_ms(work.at), 0
    seat.v = seat.agent.v = work.claim(seat.shop_id)
    seat.agent.save(update_fields=["availability", "v"])
    seat.save()
    put: Objects = {"seats": [seat_object(seat)], "agents": [agent_object(seat.agent)]}
    work.publish(seat.shop_id, seat.v, "seat.moved", desk_put=put)


def _checked_skills(skills: list[str]) -> list[str]:
    words = list(dict.fromkeys(word for skill in skills if (word := skill.strip().casefold())))
    if len(words) > MAX_SKILLS or any(len(word) > MAX_SKILL for word in words):
        raise Invalid(fields={"skills": f"at most {MAX_SKILLS}, of at most {MAX_SKILL} characters"})
    return words
