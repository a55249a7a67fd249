"""The HTTP side of service promises."""

from typing import Annotated, Any

from ninja import Status
from pydantic import Field, StringConstraints

from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.permissions import Permission as P
from sonnim.plan.clocks import actions, queries
from sonnim.plan.clocks.shapes import PolicyObject, policy_object

router = ShopRouter(tag="plan")
routers = (router,)


class PolicyBody(Body):
    name: Annotated[Text, StringConstraints(max_length=80, min_length=1)]
    active: bool = True
    fits: dict[str, Any] = {}
    targets: dict[str, int]
    calendar_id: Annotated[int, Field(ge=0, lt=10**15)] | None = None
    warn_percent: Annotated[int, Field(ge=0, le=99)] = 70
    pauses: bool = True
    stages: list[dict[str, Any]] = []


class ChangedBody(PolicyBody):
    """`v`: which version was changed; whoever changes an older one is told."""

    v: Annotated[int, Field(ge=0, lt=10**15)] | None = None


class OrderBody(Body):
    ids: Annotated[list[RowId], Field(max_length=queries.MAX_POLICIES)]


@router.get("/policies", needs=P.CONVERSATION_READ, response=Page[PolicyObject])
def list_policies(caller: Caller) -> dict[str, Any]:
    """All service promises of the shop, in the order in which they are asked."""
    return {"items": [policy_object(each) for each in queries.policies_of(caller.shop_id)]}


@router.post("/policies", needs=P.PLAN_MANAGE, response={201: PolicyObject})
def create_policy(caller: Caller, body: PolicyBody) -> Status[PolicyObject]:
    """Promise something."""
    return Status(201, policy_object(actions.save_policy(actor=caller.actor, values=body.model_dump())))


@router.put("/policies/{policy_id}", needs=P.PLAN_MANAGE, response=PolicyObject)
def change_policy(caller: Caller, policy_id: int, body: ChangedBody) -> PolicyObject:
    """Promise it otherwise."""
    values = body.model_dump(exclude={"v"})
    return policy_object(actions.save_policy(actor=caller.actor, values=values, policy_id=policy_id, seen=body.v))


@router.delete("/policies/{policy_id}", needs=P.PLAN_MANAGE, response={204: None})
def delete_policy(caller: Caller, policy_id: int) -> Status[None]:
    """Promise it no longer."""
    actions.delete_policy(actor=caller.actor, policy_id=policy_id)
    return Status(204, None)


@router.post("/policies/order", needs=P.PLAN_MANAGE, response={204: None})
def order_policies(caller: Caller, body: OrderBody) -> Status[None]:
    """Say in which order they are asked."""
    actions.order_policies(actor=caller.actor, ids=body.ids)
    return Status(204, None)
