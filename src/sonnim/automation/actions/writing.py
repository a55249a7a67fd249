"""Writes of rules: what they say, whether they are in force, and in which order."""

import secrets
from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.automation import names, rules
from sonnim.automation.compiling import compile_rule
from sonnim.automation.models import Edition, Rule
from sonnim.automation.times import passed_key
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound


def save_rule(*, actor: Actor, name: str, active: bool, wording: Any, rule_id: int | None = None) -> Rule:
    """Have something done by itself, or otherwise than so far; from the next change on.

    Raises:
        NotFound: no such rule.
        Conflict: the shop has as many as it may.
        Invalid: naming what is wrong.
    """
    checked = rules.read(wording)
    kept = rules.as_json(checked)
    title = _titled(name)
    with log.unit(actor.shop_id):
        compile_rule(0, title, checked)
        rule = _new(actor.shop_id) if rule_id is None else _rule(actor.shop_id, rule_id)
        names.check_own(actor.shop_id, kept, before=rule.wording)
        rule.name, rule.active, rule.wording, rule.updated_at = title, active, kept, clock.now()
        rule.ran_on = passed_key(checked, Shop.objects.get(pk=actor.shop_id).timezone)
        rule.save()
        _put_in_force(actor.shop_id)
        done = "rule.created" if rule_id is None else "rule.changed"
        audit.record(actor, done, target=f"rule:{rule.pk}", name=title, active=active)
    return rule


def delete_rule(*, actor: Actor, rule_id: int) -> None:
    """Have it done no longer; its log goes with it. Raises: NotFound."""
    with log.unit(actor.shop_id):
        rule = _rule(actor.shop_id, rule_id)
        audit.record(actor, "rule.deleted", target=f"rule:{rule.pk}", name=rule.name)
        Rule.objects.filter(pk=rule.pk).delete()
        _put_in_force(actor.shop_id)


def order_rules(*, actor: Actor, ids: list[int]) -> None:
    """Say in which order rules are asked. Raises: Invalid, unless each of the shop's is named once."""
    with log.unit(actor.shop_id):
        found = {rule.pk: rule for rule in Rule.objects.filter(shop_id=actor.shop_id)}
        if sorted(ids) != sorted(found):
            raise Invalid("Name each rule once.", fields={"ids": "not each once"})
        for at, each in enumerate(ids):
            found[each].position = at
        Rule.objects.bulk_update(found.values(), ["position"])
        _put_in_force(actor.shop_id)
        audit.record(actor, "rule.ordered", target="rules")


def _new(shop_id: int) -> Rule:
    count = Rule.objects.filter(shop_id=shop_id).count()
    if count >= rules.MAX_RULES:
        raise Conflict(f"A shop has at most {rules.MAX_RULES} rules.")
    last = Rule.objects.filter(shop_id=shop_id).order_by("-position").values_list("position", flat=True).first()
    return Rule(shop_id=shop_id, position=0 if last is None else last + 1)


def _rule(shop_id: int, rule_id: int) -> Rule:
    rule = Rule.objects.filter(pk=rule_id, shop_id=shop_id).first()
    if rule is None:
        raise NotFound("There is no such rule.")
    return rule


def _put_in_force(shop_id: int) -> None:
    """Processes that have the rules compiled see by this that they are worded otherwise now."""
    any_active = Rule.objects.filter(shop_id=shop_id, active=True).exists()
    token = secrets.token_hex(8) if any_active else ""
    Edition.objects.update_or_create(shop_id=shop_id, defaults={"token": token})


def _titled(name: str) -> str:
    title = name.strip()
    if not title:
        raise Invalid(fields={"name": "empty"})
    return title
