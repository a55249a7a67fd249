"""The deeds of rules: each says what came of it, and one that cannot be done stops no other."""

from datetime import timedelta
from typing import Any

from sonnim.accounts.models import Shop
from sonnim.automation import rules
from sonnim.automation.compiling import Compiled
from sonnim.automation.restraint import Said, may_say
from sonnim.automation.saying import sentence
from sonnim.conversations import deeds, reach
from sonnim.conversations import rules as states
from sonnim.conversations.change import ENTRY_COLUMNS, Change
from sonnim.conversations.changing import tell
from sonnim.conversations.shapes import delivery_json
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, NotFound, SonnimError
from sonnim.plan.scripts.actions import count_use

Did = dict[str, Any]
READ = 300
"""How many lines back it is looked for what was said; one message of a shopper may bring dozens of lines of rules."""
_NAMES = list(ENTRY_COLUMNS)
_KIND, _AUTHOR, _AT, _PUBLIC = map(_NAMES.index, ("kind", "author_kind", "at", "public"))


def do_all(change: Change, about: State, rule: Compiled) -> list[Did]:
    """Do what a rule says, in order."""
    return [_tried(change, about, rule, action) for action in rule.wording.then]


def _tried(change: Change, about: State, rule: Compiled, action: rules.AnyAction) -> Did:
    did: Did = rules.as_json(action)
    try:
        done = _do(change, about, rule, action)
    except SonnimError as error:  # all of them are raised before anything is written
        return {**did, "came": "failed", "why": error.detail}
    return {**did, "came": "done" if done else "nothing"}


def _do(change: Change, about: State, rule: Compiled, action: rules.AnyAction) -> bool:
    match action:
        case rules.AddNote(text=text):
            entry = change.entry(about, "note", text=text)
            change.record(about, "note.created", entries=[entry])
            return True
        case rules.Script(canned_id=canned_id):
            return _say(change, about, canned_id)
        case rules.Notify(role=role, text=text):
            data = {"what": "rule", "rule": rule.name, "notify": role, "text": text}
            tell(change, about, "rule.notified", data, by=None)
            return True
        case _:
            return do_plain(change, about, action, by=None, why="rule")


def do_plain(change: Change, about: State, action: rules.AnyAction, *, by: int | None, why: str = "") -> bool:
    """One of the deeds that change nothing but the conversation itself; answers whether it changed anything.

    Raises:
        NotFound, Conflict, Invalid: it cannot be done.
    """
    match action:
        case rules.Assign(agent_id=agent_id, team_id=team_id):
            deeds.check_assignee(about.shop_id, agent_id, team_id)
            agent = about.assignee_id if agent_id is None else agent_id
            team = about.team_id if team_id is None else team_id
            return deeds.assign(change, about, by=by, agent_id=agent, team_id=team, why=why)
        case rules.Unassign(team=team_too):
            team = None if team_too else about.team_id
            return deeds.assign(change, about, by=by, agent_id=None, team_id=team, why=why)
        case rules.Weigh(priority=priority):
            return deeds.set_priority(change, about, by=by, priority=priority)
        case rules.Tag(add=add, remove=remove):
            deeds.check_tags(about.shop_id, add)
            return deeds.tag(change, about, by=by, add=add, remove=remove)
        case rules.Snooze(for_s=for_s):
            return deeds.snooze(change, about, by=by, until=clock.now() + timedelta(seconds=for_s))
        case rules.Resolve():
            if about.status == "spam":
                raise Conflict("This is spam.")
            return deeds.resolve(change, about, by=by)
        case rules.Reopen():
            return deeds.reopen(change, about, by=by)
        case rules.Spam():
            return deeds.mark_spam(change, about, by=by)
        case _:
            raise AssertionError(f"{action} is no plain deed")


def _said(change: Change, about: State) -> list[Said]:
    """The conversation's last messages, the latest first, those of this change included."""
    here = [
        Said(row[_AUTHOR], row[_AT])
        for row in reversed(change.written(about))
        if row[_KIND] == "message" and row[_PUBLIC]
    ]
    change.cursor.execute(
        "SELECT author_kind, at FROM conversations_entry WHERE conversation_id = %s AND seq > %s "
        "AND kind = 'message' AND public ORDER BY seq DESC",
        [about.id, about.last_seq - READ],
    )
    return [*here, *(Said(by, at) for by, at in change.cursor.fetchall())]


def _say(change: Change, about: State, canned_id: int) -> bool:
    """A script as a message of the desk itself. Who waits goes on waiting: nobody has answered."""
    if about.status in {"spam", "merged"} or about.blocked:
        raise Conflict("Nothing is said to this shopper.")
    shop = Shop.objects.get(pk=about.shop_id)
    said = sentence(shop=shop, canned_id=canned_id, about=about)
    if said is None:
        raise NotFound("This script is no more, is not in force, or has no wording that can be said by itself.")
    variant, text = said
    if not text.strip():
        raise Conflict("Nothing is left of its words without what is not known of this shopper.")
    if not may_say(_said(change, about), at=change.at):
        raise Conflict("Rules have said enough here; somebody must say something first.")
    delivery = delivery_json("queued", at=change.at) if reach.is_carried(about.channel) else ""
    states.machine_wrote(about, text=text, at=change.at)
    entry = change.entry(about, "message", text=text, public=True, delivery=delivery)
    if delivery:
        change.carry(about, entry[0])
    change.record(about, "message.created", entries=[entry], public=True)
    count_use(
        shop_id=about.shop_id, canned_id=canned_id, variant_id=variant, conversation_id=about.id,
        contact_id=about.contact_id,
    )  # fmt: skip
    return True
