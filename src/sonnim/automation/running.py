"""Rules that were set off do what they say: after the commit, once, on what is so by then."""

from typing import Any

import msgspec

from sonnim.automation import chain, conditions
from sonnim.automation.actions.runs import note_run
from sonnim.automation.compiling import Compiled
from sonnim.automation.conditions import Facts, Was
from sonnim.automation.deeds import do_all
from sonnim.automation.keeping import is_open
from sonnim.automation.queries import already_ran, in_force, runs_since
from sonnim.automation.restraint import DAY_MS, MOST_RUNS
from sonnim.automation.rules import DEPTH
from sonnim.conversations.change import Change
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel.errors import NotFound


class Setting(msgspec.Struct):
    """What set rules off, as the outbox keeps it."""

    shop_id: int
    conversation_id: int
    key: str
    rules: list[tuple[int, str]]  # id, and what set it off
    chain: tuple[int, ...] = ()
    was: Was = Was()
    text: str = ""
    first: bool = False
    added: list[int] = []


def run_rules(payload: dict[str, Any]) -> None:
    """The outbox's handler for rules that were set off. Safe to repeat: what a rule has answered to stands in its log,
    which is written in the transaction of its deeds.
    """
    setting = msgspec.convert(payload, Setting)
    with log.unit(setting.shop_id) as work, Change(work) as change:
        force = in_force(change.cursor, setting.shop_id)
        change.load([setting.conversation_id])
        try:
            about = change.get(setting.shop_id, setting.conversation_id)
        except NotFound:
            return
        if force is None or about.status == "merged":
            return
        done = already_ran([each for each, _ in setting.rules], about.id, setting.key)
        for rule_id, event in setting.rules:
            rule = force.by_id.get(rule_id)
            if rule is None or rule_id in done:
                continue
            if run_one(change, about, rule, setting, event=event) and rule.wording.stop:
                return


def run_one(change: Change, about: State, rule: Compiled, setting: Setting, *, event: str) -> bool:
    """Let a rule act, unless its conditions hold no longer or its own doing set it off; answers whether it did."""
    facts = Facts(
        about, was=setting.was, text=setting.text, first=setting.first, added=setting.added,
        is_open=lambda: is_open(about.shop_id),
    )  # fmt: skip
    so_far = runs_since(rule.id, about.id, log.current().at - DAY_MS)
    if so_far > MOST_RUNS:
        return False  # its log has said so
    found = conditions.told(rule.wording.if_, facts)
    if so_far == MOST_RUNS or rule.id in setting.chain or len(setting.chain) >= DEPTH:
        note_run(state=about, rule_id=rule.id, key=setting.key, event=event, outcome="loop", found=found, did=[])
        return False
    if not rule.holds(facts):
        note_run(state=about, rule_id=rule.id, key=setting.key, event=event, outcome="lapsed", found=found, did=[])
        return False
    with chain.acting((*setting.chain, rule.id)):
        did = do_all(change, about, rule)
    outcome = "failed" if any(each["came"] == "failed" for each in did) else "done"
    note_run(state=about, rule_id=rule.id, key=setting.key, event=event, outcome=outcome, found=found, did=did)
    return True
