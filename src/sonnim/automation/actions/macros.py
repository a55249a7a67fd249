"""Writes of macros, and what they do when an agent sets one off."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.permissions import Permission
from sonnim.automation import names, rules
from sonnim.automation.deeds import do_plain
from sonnim.automation.models import Macro
from sonnim.automation.shapes import MacroRunObject
from sonnim.conversations import deeds
from sonnim.conversations.actions.bulk import begin_bulk
from sonnim.conversations.bulk import MOST, Deed, needed_for
from sonnim.conversations.change import Change
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound, SonnimError

BATCH = 100
_NOT_STEPS = (rules.Notify, rules.Script)


def save_macro(
    *, actor: Actor, name: str, steps: list[Any], canned_id: int | None, macro_id: int | None = None
) -> Macro:
    """Give agents several steps as one. Raises: NotFound, Conflict, Invalid."""
    checked = rules.read_steps(steps)
    title = name.strip()
    if not title:
        raise Invalid(fields={"name": "empty"})
    if any(isinstance(each, _NOT_STEPS) for each in checked):
        raise Invalid(fields={"steps": "an agent says things, and tells colleagues, by themselves"})
    if not checked and canned_id is None:
        raise Invalid(fields={"steps": "it would do nothing"})
    kept = rules.as_json(checked)
    with log.unit(actor.shop_id):
        macro = _macro(actor.shop_id, macro_id) if macro_id is not None else Macro(shop_id=actor.shop_id)
        names.check_own(actor.shop_id, [*kept, {"canned_id": canned_id}], before=macro.steps)
        if macro_id is None and Macro.objects.filter(shop_id=actor.shop_id).count() >= rules.MAX_MACROS:
            raise Conflict(f"A shop has at most {rules.MAX_MACROS} macros.")
        macro.name, macro.steps, macro.canned_id, macro.updated_at = title, kept, canned_id, clock.now()
        macro.save()
        done = "macro.created" if macro_id is None else "macro.changed"
        audit.record(actor, done, target=f"macro:{macro.pk}", name=title)
    return macro


def delete_macro(*, actor: Actor, macro_id: int) -> None:
    """Offer it no longer. Raises: NotFound."""
    with log.unit(actor.shop_id):
        macro = _macro(actor.shop_id, macro_id)
        audit.record(actor, "macro.deleted", target=f"macro:{macro.pk}", name=macro.name)
        Macro.objects.filter(pk=macro.pk).delete()


def run_macro(*, actor: Actor, macro_id: int, conversation_ids: list[int]) -> MacroRunObject:
    """Do a macro's steps on one or many conversations, each step as far as this agent may.

    What bulk actions can undo is done as one of those each, and is undone like them.

    Raises:
        NotFound: no such macro.
        Invalid: no conversation, or more than a thousand.
    """
    wanted = list(dict.fromkeys(conversation_ids))
    if not 1 <= len(wanted) <= MOST:
        raise Invalid(f"Choose 1 to {MOST:,} conversations.", fields={"ids": "too few or too many"})
    macro = _macro(actor.shop_id, macro_id)
    done = MacroRunObject(changed=0, refused=[], bulk_ids=[], canned_id=macro.canned_id)
    for step in rules.read_steps(macro.steps):
        try:
            if not actor.may(_needed_for(step)):
                done["refused"].append({**rules.as_json(step), "why": "forbidden"})
                continue
            done["changed"] = max(done["changed"], _step(actor, step, wanted, done["bulk_ids"]))
        except SonnimError as error:
            done["refused"].append({**rules.as_json(step), "why": error.detail})
    with log.unit(actor.shop_id):
        Macro.objects.filter(pk=macro.pk).update(used=F("used") + 1)
    return done


def _needed_for(step: rules.AnyAction) -> Permission:
    """What somebody must be allowed to do this by hand."""
    match step:
        case rules.Assign() | rules.Unassign():
            return needed_for("assign")
        case rules.Weigh():
            return needed_for("priority")
        case rules.Tag():
            return needed_for("tag")
        case rules.AddNote():
            return Permission.CONVERSATION_NOTE
        case _:
            return Permission.CONVERSATION_RESOLVE


def _step(actor: Actor, step: rules.AnyAction, ids: list[int], bulk_ids: list[int]) -> int:
    deed = _as_deed(step)
    if deed is not None:
        bulk = begin_bulk(shop_id=actor.shop_id, by=actor.agent.pk, deed=deed, conversation_ids=ids)
        if bulk["changed"]:
            bulk_ids.append(bulk["id"])
        return bulk["changed"]
    if isinstance(step, rules.Assign):
        deeds.check_assignee(actor.shop_id, step.agent_id, step.team_id)
    changed = 0
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with log.unit(actor.shop_id) as work, Change(work, expected_entries=len(some)) as change:
            change.load(some)
            changed += sum(_once(change, actor, step, each) for each in some)
    return changed


def _as_deed(step: rules.AnyAction) -> Deed | None:
    """The bulk action that does the same."""
    match step:
        case rules.Tag(add=add, remove=remove):
            return Deed("tag", add=tuple(add), remove=tuple(remove))
        case rules.Snooze(for_s=for_s):
            return Deed("snooze", until=clock.now() + timedelta(seconds=for_s))
        case rules.Resolve():
            return Deed("resolve")
        case rules.Spam():
            return Deed("spam")
        case rules.Weigh(priority=priority):
            return Deed("priority", priority=priority)
        case rules.Assign(agent_id=agent_id, team_id=team_id) if agent_id is not None and team_id is not None:
            return Deed("assign", agent_id=agent_id, team_id=team_id)
        case _:
            return None  # assigning one of both leaves the other as it is, which differs from one to the next


def _once(change: Change, actor: Actor, step: rules.AnyAction, conversation_id: int) -> bool:
    try:
        about = change.get(actor.shop_id, conversation_id)
        if about.status == "merged":
            return False
        if isinstance(step, rules.AddNote):
            _note(change, about, actor, step.text)
            return True
        return do_plain(change, about, step, by=actor.agent.pk)
    except (NotFound, Conflict):
        return False  # gone since, or it does not fit this one


def _note(change: Change, about: State, actor: Actor, text: str) -> None:
    entry = change.entry(about, "note", author=("agent", actor.agent.pk), text=text)
    change.record(about, "note.created", entries=[entry])


def _macro(shop_id: int, macro_id: int) -> Macro:
    macro = Macro.objects.filter(pk=macro_id, shop_id=shop_id).first()
    if macro is None:
        raise NotFound("There is no such macro.")
    return macro
