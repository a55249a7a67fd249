"""Writes the audit log. An action records itself inside its own unit, so that neither exists without the other."""

from typing import Any

from django.core.cache import cache

from sonnim.accounts.callers import Actor, Caller, client_address
from sonnim.accounts.models import AuditEntry, User
from sonnim.accounts.permissions import Permission
from sonnim.eventlog import log

_REFUSED_ONCE_S = 60


def record(actor: Actor, action: str, *, target: str = "", **detail: Any) -> None:
    """Note what `actor` did; call inside the action's unit. `detail` must never hold a secret."""
    log.current()
    AuditEntry.objects.create(
        shop_id=actor.shop_id,
        actor=actor.agent.user.email,
        actor_agent_id=actor.agent.pk,
        action=action,
        target=target[:120],
        detail=detail,
        address=actor.address,
    )


def record_for_user(user: User, shop_ids: list[int], action: str, *, address: str = "", **detail: Any) -> None:
    """Note in each of these shops what a person did to their own account; call inside a unit of these shops."""
    log.current()
    AuditEntry.objects.bulk_create(
        AuditEntry(shop_id=shop_id, actor=user.email, action=action, detail=detail, address=address)
        for shop_id in shop_ids
    )


def record_refusal(caller: Caller, permission: Permission) -> None:
    """Note a mutation that was refused; the same attempt at most once a minute, so that nobody can flood the log."""
    request = caller.request
    attempt = f"refused:{caller.agent.pk}:{request.method}:{request.path}"
    if not cache.add(attempt[:200].replace(" ", "_"), 1, _REFUSED_ONCE_S):
        return
    with log.unit(caller.shop_id):
        AuditEntry.objects.create(
            shop_id=caller.shop_id,
            actor=caller.user.email,
            actor_agent_id=caller.agent.pk,
            action="refused",
            target=f"{request.method} {request.path}"[:120],
            detail={"permission": permission.value},
            address=client_address(request),
        )
