"""What a rule says: when, if, then. Pure: structs that refuse what they do not know, and what they ask of a field."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sonnim.automation.wellformed import check as check_shape
from sonnim.automation.wellformed import refused as refused
from sonnim.kernel.text import LOCALES

Status = Literal["open", "snoozed", "resolved", "spam"]
Strike = Literal["warn", "late", "escalate"]
Seconds = Annotated[int, Meta(ge=60, le=90 * 86400)]
RowId = Annotated[int, Meta(ge=1, lt=10**15)]
STATUSES, PRIORITIES = ("open", "snoozed", "resolved", "spam", "merged"), (0, 1, 2, 3)
MAX_RULES, MAX_MACROS = 100, 100
DEPTH = 3
"""How many rules may follow one from another's doing."""
MAX_TEXT = 100_000
"""How many characters of a message are looked at."""


class Event(msgspec.Struct, tag_field="event", tag=str.lower, forbid_unknown_fields=True):
    """Something that sets a rule off."""


class Begun(Event):
    """A conversation begins."""


class Message(Event):
    """Somebody writes."""

    by: Literal["contact", "agent", "any"] = "contact"


class Note(Event):
    """Somebody notes something."""


class Assigned(Event):
    """It changes hands."""


class Turned(Event, tag="status"):
    """Its status changes; empty lists stand for any."""

    was: Annotated[list[Status], Meta(max_length=4)] = []
    now: Annotated[list[Status], Meta(max_length=4)] = []


class Weighed(Event, tag="priority"):
    """Its priority changes."""


class Tagged(Event):
    """One of these tags is put on it; without any named, whichever."""

    tags: Annotated[list[RowId], Meta(max_length=50)] = []


class Struck(Event, tag="clock"):
    """A service promise warns, breaks or escalates."""

    strikes: Annotated[list[Strike], Meta(max_length=3)] = []


class Waiting(Event):
    """The shopper has waited for so long."""

    for_s: Seconds


class Open(Event):
    """It has been open for so long since it began."""

    for_s: Seconds


class Silent(Event):
    """Nobody waits, and nothing has been said for so long."""

    for_s: Seconds


class Daily(Event):
    """A time of day in the shop's zone; of the days, Monday is 0, none named are all."""

    at: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    days: Annotated[list[Annotated[int, Meta(ge=0, le=6)]], Meta(max_length=7)] = []


Lasting = Waiting | Open | Silent
AnyEvent = (
    Begun | Message | Note | Assigned | Turned | Weighed | Tagged | Struck | Waiting | Open | Silent | Daily
)  # fmt: skip

Field = Literal[
    "channel", "status", "priority", "assignee", "team", "tag", "contact_tag", "locale", "subject", "text", "hours",
    "first", "was_status", "was_priority", "was_assignee", "was_team",
]  # fmt: skip
Op = Literal["is", "not", "at_least", "at_most", "contains", "lacks", "wildcard", "regex"]
TEXTS = ("subject", "text")
_CHOICE = ("is", "not")
_OPS: Mapping[str, tuple[str, ...]] = {
    "priority": ("is", "not", "at_least", "at_most"),
    "was_priority": ("is", "not", "at_least", "at_most"),
    "hours": ("is",),
    "first": ("is",),
    **dict.fromkeys(TEXTS, ("contains", "lacks", "wildcard", "regex")),
}
_WORDS: Mapping[str, tuple[Any, ...]] = {
    "status": STATUSES,
    "was_status": STATUSES,
    "priority": PRIORITIES,
    "was_priority": PRIORITIES,
    "locale": tuple(LOCALES),
    "hours": ("open", "closed"),
    "first": ("yes", "no"),
}
OWN: Mapping[str, str] = {
    "assignee": "agent",
    "was_assignee": "agent",
    "team": "team",
    "was_team": "team",
    "tag": "tag",
    "contact_tag": "tag",
}
"""Field → what its ids are of."""


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be so: one of the values, or with `not` and `lacks` none of them. Null is nobody."""

    field: Field
    value: Annotated[list[int | str | None], Meta(min_length=1, max_length=50)]
    op: Op = "is"

    def check(self) -> None:
        """Raises: Invalid."""
        if self.op not in _OPS.get(self.field, _CHOICE):
            raise refused(f"{self.field} does not know {self.op}")
        known, of = _WORDS.get(self.field), OWN.get(self.field)
        for value in self.value:
            if known is not None:
                fits = value in known and not isinstance(value, bool)
            elif of is not None:
                fits = (isinstance(value, int) and value > 0) or (value is None and of != "tag")
            else:
                fits = isinstance(value, str) and 0 < len(value) <= 200
            if not fits:
                raise refused(f"{self.field} cannot be {value!r}")


class If(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of the first must hold and, where there are any of the second, one of those."""

    all: Annotated[list[Condition], Meta(max_length=20)] = []
    any: Annotated[list[Condition], Meta(max_length=20)] = []


class Action(msgspec.Struct, tag_field="do", tag=str.lower, forbid_unknown_fields=True):
    """Something that is done."""


class Assign(Action):
    """Give it to an agent, a team, or both; what is not named stays."""

    agent_id: RowId | None = None
    team_id: RowId | None = None


class Unassign(Action):
    """Take it from its agent and, where `team` says so, from its team."""

    team: bool = False


class Weigh(Action, tag="priority"):
    """Set its priority."""

    priority: Annotated[int, Meta(ge=0, le=3)]


class Tag(Action):
    """Put tags on it and take others off."""

    add: Annotated[list[RowId], Meta(max_length=10)] = []
    remove: Annotated[list[RowId], Meta(max_length=10)] = []


class Snooze(Action):
    """Put it out of sight for so long."""

    for_s: Seconds


class Resolve(Action):
    """Settle it."""


class Reopen(Action):
    """Bring it back."""


class Spam(Action):
    """Put it among the spam."""


class AddNote(Action, tag="note"):
    """Note something for the desk."""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class Script(Action):
    """Say a script to the shopper."""

    canned_id: RowId


class Notify(Action):
    """Tell its agent, or everybody with a role."""

    role: Literal["assignee", "lead", "admin", "owner"]
    text: Annotated[str, Meta(max_length=200)] = ""


AnyAction = Assign | Unassign | Weigh | Tag | Snooze | Resolve | Reopen | Spam | AddNote | Script | Notify


class Wording(msgspec.Struct, frozen=True, rename={"if_": "if"}, forbid_unknown_fields=True):
    """A whole rule. With `stop` no later rule acts on what this one has acted on."""

    when: Annotated[list[AnyEvent], Meta(min_length=1, max_length=10)]
    then: Annotated[list[AnyAction], Meta(min_length=1, max_length=10)]
    if_: If = If()
    stop: bool = False


def read(wording: Any) -> Wording:
    """A rule as it was kept or sent. Raises: Invalid."""
    check_shape(wording)
    try:
        found = msgspec.convert(wording, Wording)
    except msgspec.ValidationError as error:
        raise refused(str(error)) from None
    for condition in (*found.if_.all, *found.if_.any):
        condition.check()
    check_actions(found.then)
    return found


def read_steps(steps: Any) -> list[AnyAction]:
    """The steps of a macro. Raises: Invalid."""
    check_shape(steps)
    try:
        found: list[AnyAction] = msgspec.convert(steps, Annotated[list[AnyAction], Meta(max_length=10)])
    except msgspec.ValidationError as error:
        raise refused(str(error)) from None
    check_actions(found)
    return found


def check_actions(actions: list[AnyAction]) -> None:
    """Raises: Invalid, for what would do nothing."""
    for action in actions:
        if isinstance(action, Assign) and action.agent_id is None and action.team_id is None:
            raise refused("assign names nobody")
        if isinstance(action, Tag) and not (action.add or action.remove):
            raise refused("tag names no tag")


def as_json(value: Any) -> Any:
    """A struct of this module as JSON's own kinds, without what is as usual."""
    return msgspec.to_builtins(value)
