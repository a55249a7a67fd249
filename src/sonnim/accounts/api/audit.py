"""The audit log of a shop."""

from typing import Annotated, Any

from ninja import Query, Schema

from sonnim.accounts import queries
from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Instant, Moment, ShopRouter
from sonnim.accounts.permissions import Permission

router = ShopRouter(tag="audit")


class AuditObject(Schema):
    """Who did what, when, and from where."""

    id: int
    actor: str
    actor_agent_id: int | None
    action: str
    target: str
    detail: dict[str, Any]
    address: str
    at: Instant


@router.get("/audit", needs=Permission.AUDIT_READ, response=Page[AuditObject])
def read_audit(
    caller: Caller,
    cursor: Annotated[str, Query(pattern="^[0-9]{1,15}$")] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = queries.AUDIT_PAGE,
    about: Annotated[str, Query(pattern="^[a-z_.]{0,40}$")] = "",
    agent: Annotated[int, Query(ge=1, lt=10**15)] | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
) -> dict[str, Any]:
    """Newest first. `about` is how the action begins."""
    found = queries.audit_page(
        caller.shop_id,
        before_id=int(cursor) if cursor else None,
        limit=limit,
        about=about,
        agent_id=agent,
        since=since,
        until=until,
    )
    entries = found[:limit]
    following = str(entries[-1].pk) if len(found) > limit else None
    return {
        "items": [{name: getattr(entry, name) for name in AuditObject.model_fields} for entry in entries],
        "next": following,
    }
