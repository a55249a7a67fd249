"""What becomes of service promises, as happenings of F08."""

from collections.abc import Callable

from sonnim.plan.clocks import actions
from sonnim.plan.models import Policy
from tests.faults.town import Town

CHAT = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 60, "next_reply": 60}, "calendar_id": 0,
    "warn_percent": 70, "pauses": True, "stages": [{"percent": 100, "notify": "lead", "priority": 3, "release": True}],
}  # fmt: skip


def _promised(town: Town, **more: object) -> Policy:
    return actions.save_policy(actor=town.owner, values=CHAT | more)


def _turned_round(town: Town) -> None:
    ids = [_promised(town).pk, _promised(town, name="Mail").pk]
    actions.order_policies(actor=town.owner, ids=ids[::-1])


def _set_anew(town: Town) -> None:
    _promised(town)
    actions.renew_clocks(shop_id=town.shop)


TIMED: dict[str, list[Callable[[Town], object]]] = {
    "plan.clocks.actions:delete_policy": [
        lambda town: actions.delete_policy(actor=town.owner, policy_id=_promised(town).pk)
    ],
    "plan.clocks.actions:order_policies": [_turned_round],
    "plan.clocks.actions:save_policy": [_promised],
    "plan.clocks.actions:renew_clocks": [_set_anew],
}
