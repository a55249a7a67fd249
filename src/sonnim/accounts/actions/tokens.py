"""Writes to API tokens. The secret is answered once and kept as a hash."""

from typing import NamedTuple

from sonnim.accounts import audit
from sonnim.accounts.callers import TOKEN_PREFIX, Actor
from sonnim.accounts.models import ApiToken
from sonnim.eventlog import log
from sonnim.kernel import clock, secrets
from sonnim.kernel.errors import NotFound


class NewToken(NamedTuple):
    """A token with its secret, which nobody can read again."""

    token: ApiToken
    secret: str


def create_token(*, actor: Actor, name: str) -> NewToken:
    """A token that acts for the actor."""
    secret = secrets.new_token(TOKEN_PREFIX)
    with log.unit(actor.shop_id):
        token = ApiToken.objects.create(
            shop_id=actor.shop_id,
            agent=actor.agent,
            name=name,
            prefix=secret[:8],
            token_hash=secrets.hash_token(secret),
        )
        audit.record(actor, "token.created", target=f"token:{token.pk}", name=name)
    return NewToken(token, secret)


def revoke_token(*, actor: Actor, token_id: int) -> None:
    """End a token; the event closes the sockets that it opened, as the end of a session does.

    Raises:
        NotFound: no such token here, or it has been revoked already.
    """
    with log.unit(actor.shop_id) as work:
        token = ApiToken.objects.filter(pk=token_id, shop_id=actor.shop_id, revoked_at__isnull=True).first()
        if token is None:
            raise NotFound("There is no such token.")
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor, "token.revoked", target=f"token:{token.pk}", name=token.name)
        work.publish(
            actor.shop_id,
            work.claim(actor.shop_id),
            "session.ended",
            agent_id=token.agent_id,
            desk_put={"session": [{"id": token.token_hash[:16]}]},
        )
