"""Rules that are set off at a time of day, in the shop's zone: on all open conversations, some at a time."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from sonnim.accounts.models import Shop
from sonnim.automation.actions.runs import begin_day
from sonnim.automation.compiling import Compiled
from sonnim.automation.conditions import Facts
from sonnim.automation.happening import now_of
from sonnim.automation.keeping import is_open
from sonnim.automation.models import Rule
from sonnim.automation.queries import active_rules, already_ran, in_force, lasting_page, shops_with_rules
from sonnim.automation.running import Setting, run_one
from sonnim.automation.times import due_key
from sonnim.conversations.change import Change
from sonnim.eventlog import log
from sonnim.kernel import clock

DAILY = "automation.daily"
"""The outbox's kind for a daily rule under way."""
AT_ONCE = 25
"""Shoppers' messages wait that long."""


def set_off_daily() -> int:
    """Set off the rules whose time of day has come; answers how many. Safe to run anywhere, at any time, twice."""
    done = 0
    for shop_id in shops_with_rules():
        daily = [rule for rule in active_rules(shop_id) if rule.daily]
        if not daily:
            continue
        local = clock.now().astimezone(ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id)))
        done += sum(_set_off(shop_id, rule, due_key(rule.daily, local)) for rule in daily)
    return done


def _set_off(shop_id: int, rule: Compiled, key: str) -> bool:
    if not key or Rule.objects.filter(pk=rule.id, ran_on=key).exists():
        return False
    with log.unit(shop_id) as work:
        if not begin_day(rule_id=rule.id, key=key):
            return False
        payload = {"shop_id": shop_id, "rule_id": rule.id, "key": key, "after": [-1, 0]}
        work.enqueue(DAILY, payload, shop_id=shop_id)
    return True


def run_daily(payload: dict[str, Any]) -> None:
    """The outbox's handler, one step: the next open conversations, and the order for those after them. Safe to repeat:
    what a rule has answered to stands in its log.
    """
    shop_id, rule_id, key = payload["shop_id"], payload["rule_id"], payload["key"]
    with log.unit(shop_id) as work:
        with connection.cursor() as cursor:
            force = in_force(cursor, shop_id)
            rank, last = payload["after"]
            page = lasting_page(
                cursor, shop_id=shop_id, condition="true", parameters=[], after=(rank, last), limit=AT_ONCE
            )
        rule = force.by_id.get(rule_id) if force else None
        if rule is None or not page:
            return
        with Change(work, expected_entries=len(page)) as change:
            change.load([each[1] for each in page])
            for _, conversation_id, _ in page:
                about = change.get(shop_id, conversation_id)
                facts = Facts(about, was=now_of(about), is_open=lambda: is_open(shop_id))
                if rule.holds(facts) and not already_ran([rule_id], conversation_id, key):
                    setting = Setting(shop_id, conversation_id, key, [], was=now_of(about))
                    run_one(change, about, rule, setting, event="daily")
        work.enqueue(DAILY, {**payload, "after": list(page[-1][:2])}, shop_id=shop_id)
