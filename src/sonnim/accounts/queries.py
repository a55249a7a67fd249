"""Reads of shops, people, teams, invitations and tokens."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from sonnim.accounts.models import Agent, ApiToken, AuditEntry, Invitation, Shop, Team
from sonnim.accounts.permissions import Changes
from sonnim.kernel import clock, secrets
from sonnim.kernel.errors import NotFound

AUDIT_PAGE = 50


class Place(NamedTuple):
    """One shop of a person, and who they are there."""

    shop_id: int
    shop_name: str
    agent_id: int
    role: str
    role_permissions: Changes
    welcome: str | None


def places_of(user_id: int) -> list[Place]:
    """The shops that a person works in."""
    rows = Agent.objects.filter(user_id=user_id, removed_at__isnull=True).order_by("shop__name", "id")
    columns = ("shop_id", "shop__name", "id", "role", "shop__role_permissions", "preferences")
    return [
        Place(shop_id, name, agent_id, role, changes, preferences.get("welcome"))
        for shop_id, name, agent_id, role, changes, preferences in rows.values_list(*columns)
    ]


def shop_by_id(shop_id: int) -> Shop:
    """Raises: NotFound."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    return shop


def shop_by_key(public_key: str) -> Shop:
    """The shop whose widget carries this key. Raises: NotFound."""
    # Keys are letters and digits; PostgreSQL would refuse to look for some other characters at all.
    shop = Shop.objects.filter(public_key=public_key).first() if public_key.isalnum() else None
    if shop is None:
        raise NotFound("There is no shop with this key.")
    return shop


def identity_secret(shop: Shop) -> str:
    """The secret with which the store's server signs identities, or an empty string when none is set."""
    return secrets.unseal(shop.identity_secret, secret_key=settings.SECRET_KEY) if shop.identity_secret else ""


def agents_of(shop_id: int) -> list[Agent]:
    """All agents of a shop with their users, removed ones too: what they wrote keeps its name."""
    return list(Agent.objects.filter(shop_id=shop_id).select_related("user").order_by("id"))


def teams_of(shop_id: int) -> list[Team]:
    """The teams of a shop with their agents."""
    return list(Team.objects.filter(shop_id=shop_id, removed_at=None).prefetch_related("agents").order_by("name", "id"))


def open_invitations(shop_id: int) -> list[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return list(
        Invitation.objects.filter(shop_id=shop_id, used_at__isnull=True, expires_at__gt=clock.now()).order_by("-id")
    )


def open_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises: NotFound, when unknown, used or expired."""
    found = (
        Invitation.objects.select_related("shop")
        .filter(token_hash=secrets.hash_token(token), used_at__isnull=True, expires_at__gt=clock.now())
        .first()
    )
    if found is None:
        raise NotFound("This invitation is not valid any more.")
    return found


def tokens_of(shop_id: int) -> list[ApiToken]:
    """The tokens of a shop that work, newest first."""
    return list(
        ApiToken.objects.filter(shop_id=shop_id, revoked_at__isnull=True).select_related("agent").order_by("-id")
    )


def audit_page(
    shop_id: int,
    *,
    before_id: int | None,
    limit: int = AUDIT_PAGE,
    about: str = "",
    agent_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[AuditEntry]:
    """The newest audit entries before an id; one more than `limit`, so that the caller knows whether more follow.

    Args:
        about: how the action begins, such as `agent.`, or `refused`.
        agent_id: what this agent did.
        since: this moment and later; `until`: earlier than this moment.
    """
    entries = AuditEntry.objects.filter(shop_id=shop_id).order_by("-id")
    if before_id is not None:
        entries = entries.filter(id__lt=before_id)
    if about:
        entries = entries.filter(action__startswith=about)
    if agent_id is not None:
        entries = entries.filter(actor_agent_id=agent_id)
    if since is not None:
        entries = entries.filter(at__gte=since)
    if until is not None:
        entries = entries.filter(at__lt=until)
    return list(entries[: limit + 1])


def team_ids_of(agent_id: int) -> tuple[int, ...]:
    """The teams that an agent is in, lowest id first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT team_id FROM accounts_team_agents WHERE agent_id = %s ORDER BY team_id", [agent_id])
        return tuple(row[0] for row in cursor.fetchall())
