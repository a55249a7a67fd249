"""Filters over conversations: what a view may ask for, and the SQL that answers it. Pure; values are parameters."""

from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from sonnim.kernel.errors import Invalid

Status = Literal["open", "snoozed", "resolved", "spam"]
STATUSES: tuple[Status, ...] = ("open", "snoozed", "resolved", "spam")
"""In the order in which a view lists them."""
WAITING_BELOW = 5 * 10**12
"""Ranks of open conversations below this are of those who wait (see rules.rank)."""

_Few = msgspec.Meta(max_length=50)
_Id = Annotated[int, msgspec.Meta(ge=1, lt=10**15)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_Words = Annotated[str, msgspec.Meta(max_length=100)]


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """All that is named must hold; of a list, one of its values. What is left out is not asked for.

    Attributes:
        status: the open ones, when nothing is said.
        assignee: ids of agents, `me`, or null for nobody; likewise `team` with `mine`.
        waiting_over: seconds for which the shopper has been waiting, at least.
        text: a part of the subject, of the last words, or of the shopper's name or address.
    """

    status: Annotated[tuple[Status, ...], _Few] = ("open",)
    channel: Annotated[tuple[_Words, ...], _Few] = ()
    assignee: Annotated[tuple[_Id | Literal["me"] | None, ...], _Few] = ()
    team: Annotated[tuple[_Id | Literal["mine"] | None, ...], _Few] = ()
    tag: Annotated[tuple[_Id, ...], _Few] = ()
    contact: _Id | None = None
    locale: Annotated[tuple[Literal["ko", "zh", "en"], ...], _Few] = ()
    priority: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0, le=3)], ...], _Few] = ()
    waiting_over: Annotated[int, msgspec.Meta(ge=0, le=366 * 24 * 3600)] | None = None
    created_from: _Moment | None = None
    created_to: _Moment | None = None
    text: _Words = ""


class Seer(NamedTuple):
    """For whom a list is read: `me` and `mine` are this agent and their teams. `now` is in milliseconds."""

    shop_id: int
    agent_id: int
    team_ids: tuple[int, ...]
    now: int


class Condition(NamedTuple):
    """A part of a WHERE over conversations named `c`, and its values."""

    sql: str
    values: dict[str, Any]


_decoder = msgspec.json.Decoder(Filter)


def read_filter(text: str) -> Filter:
    """A filter from the JSON of a query parameter. Raises: Invalid."""
    if len(text) > 4000:
        raise Invalid("This filter is too long.", fields={"filter": "too long"})
    try:
        return _checked(_decoder.decode(text))
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise _refusal(error) from None


def as_filter(found: Any) -> Filter:
    """A filter from values that were JSON. Raises: Invalid, naming what is wrong; an unknown field is."""
    try:
        return _checked(msgspec.convert(found, Filter))
    except msgspec.MsgspecError as error:
        raise _refusal(error) from None


def as_json(wanted: Filter) -> dict[str, Any]:
    """What is stored and what clients see."""
    return dict(msgspec.to_builtins(wanted))


def _checked(wanted: Filter) -> Filter:
    if "\x00" in wanted.text or any("\x00" in each for each in wanted.channel):
        raise Invalid(fields={"filter": "must not contain a NUL character"})
    return wanted


def _refusal(error: Exception) -> Invalid:
    return Invalid("This filter is not understood.", fields={"filter": str(error)[:200]})


def statuses(wanted: Filter) -> list[Status]:
    """The parts of the list, one after another. Only open conversations wait."""
    chosen = wanted.status or ("open",)
    if wanted.waiting_over is not None:
        chosen = tuple(each for each in chosen if each == "open")
    return [each for each in STATUSES if each in chosen]


def area(wanted: Filter, seer: Seer, status: Status) -> Condition:
    """The narrowest range of one index, in the order of (rank, id), that holds all rows of this status."""
    values: dict[str, Any] = {"shop": seer.shop_id, "status": status}
    assignees, teams = _agents(wanted, seer), _teams(wanted, seer)
    sql = "c.shop_id = %(shop)s AND c.status = %(status)s"
    if len(assignees) == 1 and assignees[0] is not None:
        sql += " AND c.assignee_id = %(only_agent)s"
        values["only_agent"] = assignees[0]
    elif assignees == [None] and status == "open":
        sql = "c.shop_id = %(shop)s AND c.status = 'open' AND c.assignee_id IS NULL"
    elif len(teams) == 1 and teams[0] is not None:
        sql += " AND c.team_id = %(only_team)s"
        values["only_team"] = teams[0]
    if wanted.waiting_over is not None:
        sql += " AND c.rank < %(waiting_below)s AND c.waiting_since <= %(waiting)s"
        values |= {"waiting_below": WAITING_BELOW, "waiting": seer.now - wanted.waiting_over * 1000}
    return Condition(sql, values)


def row_test(wanted: Filter, seer: Seer) -> Condition:
    """What each row must pass, whatever range it was found in."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    _one_of(parts, values, "c.channel", "channel", list(wanted.channel))
    _one_of(parts, values, "c.locale", "locale", list(wanted.locale))
    _one_of(parts, values, "c.priority", "priority", list(wanted.priority))
    _one_of(parts, values, "c.assignee_id", "agent", _agents(wanted, seer), asked=bool(wanted.assignee))
    _one_of(parts, values, "c.team_id", "team", _teams(wanted, seer), asked=bool(wanted.team))
    if wanted.tag:
        tagged: list[str] = []
        _one_of(tagged, values, "t.tag_id", "tag", list(wanted.tag))
        parts.append(
            "EXISTS (SELECT 1 FROM conversations_conversationtag t "  # noqa: S608
            f"WHERE t.conversation_id = c.id AND {tagged[0]})"
        )
    if wanted.contact is not None:
        parts.append("c.contact_id = %(contact)s")
        values["contact"] = wanted.contact
    for name, comparison, moment in (("from", ">=", wanted.created_from), ("to", "<", wanted.created_to)):
        if moment is not None:
            parts.append(f"c.created_at {comparison} %(created_{name})s")
            values[f"created_{name}"] = round(moment.timestamp() * 1000)
    if wanted.text.strip():
        parts.append(_says("c.subject", "c.last_text"))
        values["text"] = f"%{_escaped(wanted.text.strip())}%"
    return Condition(" AND ".join(parts) or "1 = 1", values)


def _agents(wanted: Filter, seer: Seer) -> list[int | None]:
    return list(dict.fromkeys(seer.agent_id if each == "me" else each for each in wanted.assignee))


def _teams(wanted: Filter, seer: Seer) -> list[int | None]:
    found: list[int | None] = []
    for each in wanted.team:
        found += seer.team_ids if each == "mine" else [each]
    return list(dict.fromkeys(found))


def _one_of(
    parts: list[str], values: dict[str, Any], column: str, name: str, wanted: list[Any], *, asked: bool = False
) -> None:
    """`asked`: an empty list means that nothing passes, such as the teams of somebody in none."""
    if not wanted and not asked:
        return
    known = [each for each in wanted if each is not None]
    names = [f"{name}_{at}" for at in range(len(known))]
    values.update(zip(names, known, strict=True))
    choices = [f"{column} IN ({', '.join(f'%({each})s' for each in names)})"] if names else []
    if None in wanted:
        choices.append(f"{column} IS NULL")
    parts.append(f"({' OR '.join(choices) or '1 = 0'})")


def _says(*columns: str) -> str:
    own = " OR ".join(f"lower({column}) LIKE lower(%(text)s) ESCAPE '!'" for column in columns)
    theirs = " OR ".join(f"lower(k.{column}) LIKE lower(%(text)s) ESCAPE '!'" for column in ("name", "email"))
    known = f"EXISTS (SELECT 1 FROM contacts_contact k WHERE k.id = c.contact_id AND ({theirs}))"  # noqa: S608
    return f"({own} OR {known})"


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
