"""Who gets which conversation: pure, over what waits, the seats, and what the shop has decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["manual", "direct", "offer"]
Strategy = Literal["round_robin", "least_busy"]
Kind = Literal["live", "letters"]
Why = Literal["sticky", "round_robin", "least_busy"]
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that nobody has, and whose shopper waits.

    Attributes:
        rank: its place in the queue; smaller is earlier.
        waited_ms: for how long.
        wants: skills that it asks for, in lower case.
        last_agent: who answered this shopper last.
        refused: who did not want it a moment ago.
    """

    id: int
    kind: Kind = "live"
    priority: int = 1
    rank: int = 0
    waited_ms: int = 0
    team: int | None = None
    locale: str = "en"
    wants: frozenset[str] = frozenset()
    last_agent: int | None = None
    refused: frozenset[int] = NOBODY


@dataclass(slots=True)
class Seat:
    """An agent as this decision sees them; `choose` counts up what it gives.

    Attributes:
        free: at the desk and taking conversations.
        held: how many of each kind they have, what is offered to them included.
        capacity: how many of each kind they may have at once.
        turn: the lowest one is next.
        asked: something is offered to them now.
    """

    agent: int
    free: bool = True
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    held: dict[Kind, int] = field(default_factory=lambda: {"live": 0, "letters": 0})
    capacity: Mapping[Kind, int] = field(default_factory=lambda: {"live": 4, "letters": 20})
    turn: int = 0
    asked: bool = False

    def room(self, kind: Kind) -> bool:
        """Whether one more of this kind fits."""
        return self.held[kind] < self.capacity[kind]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the shop has decided; `teams` has the mode and strategy of teams that do otherwise."""

    mode: Mode = "direct"
    strategy: Strategy = "least_busy"
    sticky: bool = True
    by_language: bool = True
    by_skill: bool = True
    widen_ms: int = 30_000
    teams: Mapping[int, tuple[Mode, Strategy]] = field(default_factory=dict)

    def of_team(self, team: int | None) -> tuple[Mode, Strategy]:
        """How a team's conversations are given out."""
        return self.teams.get(team, (self.mode, self.strategy)) if team is not None else (self.mode, self.strategy)


@dataclass(frozen=True, slots=True)
class Decision:
    """This conversation to this agent, or offered to them; `turn` is the seat's turn from now on."""

    conversation: int
    agent: int
    offered: bool
    why: Why
    turn: int


def choose(
    waiting: Iterable[Waiting], seats: Sequence[Seat], settings: Settings, *, most: int = 1000
) -> list[Decision]:
    """Give out what can be given now, the most urgent and then the longest waiting first.

    Nobody gets anything who is not free, has no room, or is not in the conversation's team; who shares the shopper's
    language and has the skills comes first, and nobody else for `widen_ms`, as long as there is such a person at all.
    """
    spoken = {language for seat in seats for language in seat.languages}
    able = {skill for seat in seats for skill in seat.skills}
    turn = max((seat.turn for seat in seats), default=0)
    open_seats = [seat for seat in seats if seat.free and (seat.room("live") or seat.room("letters"))]
    left: dict[Kind, int] = {
        kind: sum(max(0, seat.capacity[kind] - seat.held[kind]) for seat in open_seats) for kind in ("live", "letters")
    }
    decisions: list[Decision] = []
    for each in sorted(waiting, key=lambda one: (-one.priority, one.rank, one.id)):
        if len(decisions) == most or not (left["live"] or left["letters"]):
            break
        if not left[each.kind]:
            continue
        mode, strategy = settings.of_team(each.team)
        if mode == "manual":
            continue
        offered = mode == "offer"
        fitting = [seat for seat in open_seats if _may(seat, each, offered)]
        seat, why = _pick(each, fitting, settings, strategy, spoken, able)
        if seat is None:
            continue
        turn += 1
        seat.turn, seat.asked = turn, seat.asked or offered
        seat.held[each.kind] += 1
        left[each.kind] -= 1
        decisions.append(Decision(each.id, seat.agent, offered, why, turn))
    return decisions


def with_room(seats: Iterable[Seat]) -> tuple[Kind, ...]:
    """The kinds of which somebody could take one more."""
    free = [seat for seat in seats if seat.free]
    return tuple(kind for kind in ("live", "letters") if any(seat.room(kind) for seat in free))


def _may(seat: Seat, about: Waiting, offered: bool) -> bool:
    return (
        seat.held[about.kind] < seat.capacity[about.kind]
        and (about.team is None or about.team in seat.teams)
        and seat.agent not in about.refused
        and not (offered and seat.asked)
    )


def _pick(
    about: Waiting, fitting: list[Seat], settings: Settings, strategy: Strategy, spoken: set[str], able: set[str]
) -> tuple[Seat | None, Why]:
    if settings.sticky and about.last_agent is not None:
        for seat in fitting:
            if seat.agent == about.last_agent:
                return seat, "sticky"
    suited = fitting
    if settings.by_skill and (wants := about.wants & able):
        suited = [seat for seat in suited if wants <= seat.skills]
    if settings.by_language and about.locale in spoken:
        suited = [seat for seat in suited if about.locale in seat.languages]
    if not suited and about.waited_ms >= settings.widen_ms:
        suited = _nearest(about, fitting, settings)
    if not suited:
        return None, strategy
    if strategy == "round_robin":
        return min(suited, key=lambda seat: seat.turn), strategy
    kind, other = about.kind, ("letters" if about.kind == "live" else "live")
    return min(suited, key=lambda seat: (seat.held[kind], seat.held[other], seat.turn)), strategy  # type: ignore[index]


def _nearest(about: Waiting, fitting: list[Seat], settings: Settings) -> list[Seat]:
    """Those who suit best, though nobody does wholly: the language before the skills."""

    def suits(seat: Seat) -> tuple[bool, int]:
        return settings.by_language and about.locale in seat.languages, len(about.wants & seat.skills)

    best = max(map(suits, fitting), default=None)
    return [seat for seat in fitting if suits(seat) == best]
