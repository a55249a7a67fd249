"""The HTTP side of automation."""

from typing import Annotated, Any

from ninja import Query, Status
from pydantic import Field, StringConstraints

from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.permissions import Permission as P
from sonnim.automation import actions, queries
from sonnim.automation.portable import carried
from sonnim.automation.rehearsal import rehearse
from sonnim.automation.rules import MAX_MACROS, MAX_RULES
from sonnim.automation.shapes import (
    MacroObject,
    MacroRunObject,
    RehearsalObject,
    RuleObject,
    RunObject,
    macro_object,
    rule_object,
    run_object,
)

router = ShopRouter(tag="automation")
routers = (router,)
Name = Annotated[Text, StringConstraints(min_length=1, max_length=80)]


class RuleBody(Body):
    name: Name
    active: bool = True
    wording: dict[str, Any]


class RehearsalBody(Body):
    wording: dict[str, Any]
    after: Annotated[str, StringConstraints(max_length=80)] | None = None


class OrderBody(Body):
    ids: Annotated[list[RowId], Field(max_length=MAX_RULES)]


class MacroBody(Body):
    name: Name
    steps: Annotated[list[dict[str, Any]], Field(max_length=10)] = []
    canned_id: RowId | None = None


class MacroRunBody(Body):
    ids: Annotated[list[RowId], Field(min_length=1, max_length=1000)]


class CarriedBody(Body):
    format: Annotated[str, StringConstraints(max_length=40)]
    rules: Annotated[list[dict[str, Any]], Field(max_length=MAX_RULES)] = []
    macros: Annotated[list[dict[str, Any]], Field(max_length=MAX_MACROS)] = []


@router.get("/rules", needs=P.PLAN_MANAGE, response=Page[RuleObject])
def list_rules(caller: Caller) -> dict[str, Any]:
    """All rules of the shop, in the order in which they act."""
    return {"items": [rule_object(each) for each in queries.rules_of(caller.shop_id)]}


@router.post("/rules", needs=P.PLAN_MANAGE, response={201: RuleObject})
def create_rule(caller: Caller, body: RuleBody) -> Status[RuleObject]:
    """Have something done by itself."""
    return Status(201, rule_object(actions.save_rule(actor=caller.actor, **body.model_dump())))


@router.put("/rules/{rule_id}", needs=P.PLAN_MANAGE, response=RuleObject)
def change_rule(caller: Caller, rule_id: int, body: RuleBody) -> RuleObject:
    """Have it done otherwise."""
    return rule_object(actions.save_rule(actor=caller.actor, rule_id=rule_id, **body.model_dump()))


@router.delete("/rules/{rule_id}", needs=P.PLAN_MANAGE, response={204: None})
def delete_rule(caller: Caller, rule_id: int) -> Status[None]:
    """Have it done no longer."""
    actions.delete_rule(actor=caller.actor, rule_id=rule_id)
    return Status(204, None)


@router.post("/rules/order", needs=P.PLAN_MANAGE, response={204: None})
def order_rules(caller: Caller, body: OrderBody) -> Status[None]:
    """Say in which order they act."""
    actions.order_rules(actor=caller.actor, ids=body.ids)
    return Status(204, None)


@router.get("/rules/{rule_id}/runs", needs=P.PLAN_MANAGE, response=Page[RunObject])
def list_runs(
    caller: Caller, rule_id: int, before: Annotated[int | None, Query(ge=1, lt=10**15)] = None
) -> dict[str, Any]:
    """What a rule did in the last 30 days and why, the latest first; `before` is the last id of the page before."""
    found = queries.runs_of(shop_id=caller.shop_id, rule_id=rule_id, before=before)
    return {"items": [run_object(each) for each in found]}


@router.post("/rules/rehearsal", needs=P.PLAN_MANAGE, response=RehearsalObject)
def rehearse_rule(caller: Caller, body: RehearsalBody) -> RehearsalObject:
    """What a rule would have done last week, some conversations at a time; nothing is written."""
    return rehearse(shop_id=caller.shop_id, wording=body.wording, after=body.after)


@router.get("/automation", needs=P.PLAN_MANAGE, response=dict[str, Any])
def export_automation(caller: Caller) -> dict[str, Any]:
    """All rules and macros as a file, with names in the place of ids."""
    return carried(caller.shop_id)


@router.post("/automation", needs=P.PLAN_MANAGE, response=dict[str, int])
def import_automation(caller: Caller, body: CarriedBody) -> dict[str, int]:
    """Bring in such a file, all of it or nothing; its rules come switched off."""
    return actions.bring_in(actor=caller.actor, carried=body.model_dump())


@router.get("/macros", needs=P.CONVERSATION_READ, response=Page[MacroObject])
def list_macros(caller: Caller) -> dict[str, Any]:
    """All macros of the shop, by name."""
    return {"items": [macro_object(each) for each in queries.macros_of(caller.shop_id)]}


@router.post("/macros", needs=P.PLAN_MANAGE, response={201: MacroObject})
def create_macro(caller: Caller, body: MacroBody) -> Status[MacroObject]:
    """Give agents several steps as one."""
    return Status(201, macro_object(actions.save_macro(actor=caller.actor, **body.model_dump())))


@router.put("/macros/{macro_id}", needs=P.PLAN_MANAGE, response=MacroObject)
def change_macro(caller: Caller, macro_id: int, body: MacroBody) -> MacroObject:
    """Make it other steps."""
    return macro_object(actions.save_macro(actor=caller.actor, macro_id=macro_id, **body.model_dump()))


@router.delete("/macros/{macro_id}", needs=P.PLAN_MANAGE, response={204: None})
def delete_macro(caller: Caller, macro_id: int) -> Status[None]:
    """Offer it no longer."""
    actions.delete_macro(actor=caller.actor, macro_id=macro_id)
    return Status(204, None)


@router.post("/macros/{macro_id}/run", needs=P.CONVERSATION_READ, response=MacroRunObject)
def run_macro(caller: Caller, macro_id: int, body: MacroRunBody) -> MacroRunObject:
    """Do its steps on these conversations, each as far as the caller may."""
    return actions.run_macro(actor=caller.actor, macro_id=macro_id, conversation_ids=body.ids)
