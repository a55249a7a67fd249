"""Last week again: a conversation's states rebuilt from its timeline, and a rule asked at every turn. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from sonnim.automation.compiling import Compiled, Force
from sonnim.automation.conditions import Facts
from sonnim.automation.happening import Line, happened, now_of
from sonnim.automation.lasting import since_of
from sonnim.automation.rules import Daily
from sonnim.conversations import rules as states
from sonnim.conversations.idlists import with_id, without_id
from sonnim.conversations.state import State
from sonnim.kernel import clock


class Past(NamedTuple):
    """A line of the timeline, and when."""

    at: int
    author_id: int | None
    line: Line


class Hit(NamedTuple):
    """That the rule would have acted."""

    at: int
    event: str
    facts: Facts


class Told(msgspec.Struct):
    """What event entries say about the state."""

    what: str = ""
    agent_id: int | None = None
    team_id: int | None = None
    priority: int = 1
    until: datetime | None = None
    solved: bool = True
    added: list[int] = []
    removed: list[int] = []


_read = msgspec.json.Decoder(Told)
IsOpen = Callable[[int], bool]


def begin(about: State) -> State:
    """The conversation as it began. What its contact is called and tagged, and what it is about, is as of today."""
    return State(
        about.id, about.shop_id, about.contact_id, about.channel, about.locale, about.subject, about.created_at,
        "open", None, None, 0, None, None, 0, about.created_at, "", "", None, 0, 0, 0,
        contact_tags=about.contact_tags,
    )  # fmt: skip


def hits(
    about: State, lines: Sequence[Past], rule: Compiled, *, zone: ZoneInfo, since: int, until: int, is_open: IsOpen
) -> list[Hit]:
    """When the rule would have acted within a stretch of time, by what, and on which facts."""
    force = Force(about.shop_id, [rule])
    state = begin(about)
    found: list[Hit] = []
    acted: dict[int, int] = {}
    at = about.created_at
    for number, past in enumerate(lines):
        found += _between(state, rule, at, past.at, zone, is_open, acted)
        at = max(past.at, at)
        was = now_of(state)
        _apply(state, past)
        if state.status == "merged":
            break
        what = happened(state, was, [past.line], begun=number == 0)
        facts = Facts(
            _still(state), was=was, text=what.text, first=number == 0, added=what.added, is_open=_at(is_open, past.at)
        )
        found += [Hit(past.at, event, facts) for _, event in force.matching(what.keys, facts)]
    if state.status != "merged":
        found += _between(state, rule, at, until, zone, is_open, acted)
    return [hit for hit in found if since <= hit.at <= until]


def _between(
    state: State, rule: Compiled, start: int, end: int, zone: ZoneInfo, is_open: IsOpen, acted: dict[int, int]
) -> Iterator[Hit]:
    """What time alone would have brought after an instant and before the next line."""
    due: list[tuple[int, str]] = []
    for number, event in enumerate(rule.lasting):
        began = since_of(event, state)
        if began is not None and acted.get(number) != began and start <= began + event.for_s * 1000 < end:
            acted[number] = began
            due.append((began + event.for_s * 1000, type(event).__name__.lower()))
    if state.status == "open":
        due += [(at, "daily") for at in _moments(rule.daily, start, end, zone)]
    for at, what in sorted(due):
        facts = Facts(_still(state), was=now_of(state), is_open=_at(is_open, at))
        if rule.holds(facts):
            yield Hit(at, what, facts)


def _moments(events: Iterable[Daily], start: int, end: int, zone: ZoneInfo) -> Iterator[int]:
    for event in events:
        hour, minute = map(int, event.at.split(":"))
        day = max(clock.from_ms(start), clock.from_ms(end) - timedelta(days=8)).astimezone(zone).date()
        while True:
            at = clock.to_ms(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))
            if at >= end:
                break
            if at > start and (not event.days or day.weekday() in event.days):
                yield at
            day += timedelta(days=1)


def _apply(state: State, past: Past) -> None:
    line, at = past.line, past.at
    if line.kind == "message":
        if line.author_kind == "contact" and line.public:
            states.shopper_wrote(state, text=line.text, at=at)
        elif line.author_kind == "agent" and past.author_id is not None:
            states.agent_wrote(state, agent_id=past.author_id, text=line.text, at=at)
    elif line.kind == "event":
        _turn(state, _read.decode(line.data), at)


def _turn(state: State, told: Told, at: int) -> None:
    match told.what:
        case "assigned":
            state.assignee_id, state.team_id = told.agent_id, told.team_id
        case "resolved":
            states.resolve(state, at=at)
        case "reopened" | "unsnoozed" | "unsettled":
            states.reopen(state)
        case "snoozed" if told.until is not None:
            states.snooze(state, until=clock.to_ms(told.until))
        case "spam":
            states.mark_spam(state)
        case "not_spam":
            states.unmark_spam(state)
        case "priority":
            state.priority = told.priority
        case "tagged":
            for tag in told.removed:
                state.tag_ids = without_id(state.tag_ids, tag)
            for tag in told.added:
                state.tag_ids = with_id(state.tag_ids, tag)
        case "solved" if not told.solved:
            states.unsettle(state, at=at)
        case "merged_into":
            state.status = "merged"


def _still(state: State) -> State:
    return msgspec.structs.replace(state)


def _at(is_open: IsOpen, at: int) -> Callable[[], bool]:
    return lambda: is_open(at)
