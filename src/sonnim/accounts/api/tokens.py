"""API tokens of a shop."""

from typing import Any

from ninja import Schema, Status

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import Page, Title
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Instant, ShopRouter
from sonnim.accounts.models import ApiToken
from sonnim.accounts.permissions import Permission
from sonnim.kernel.errors import Forbidden

router = ShopRouter(tag="tokens")


class TokenObject(Schema):
    """A token, without its secret."""

    id: int
    name: str
    prefix: str
    agent_id: int
    created_at: Instant
    last_used_at: Instant | None


class NewTokenObject(TokenObject):
    """A token with its secret: shown this once."""

    secret: str


class TokenBody(Body):
    name: Title


@router.get("/tokens", needs=Permission.TOKEN_MANAGE, response=Page[TokenObject])
def list_tokens(caller: Caller) -> dict[str, Any]:
    """The tokens that work."""
    return {"items": [_object(token) for token in queries.tokens_of(caller.shop_id)]}


@router.post("/tokens", needs=Permission.TOKEN_MANAGE, response={201: NewTokenObject})
def create_token(caller: Caller, body: TokenBody) -> Status[dict[str, Any]]:
    """Make a token that acts for me. A token cannot make another one."""
    if caller.via == "token":
        raise Forbidden("A token cannot make tokens; sign in to the console.")
    made = actions.create_token(actor=caller.actor, name=body.name)
    return Status(201, {**_object(made.token), "secret": made.secret})


@router.delete("/tokens/{token_id}", needs=Permission.TOKEN_MANAGE, response={204: None})
def revoke_token(caller: Caller, token_id: int) -> Status[None]:
    """End a token, at once."""
    actions.revoke_token(actor=caller.actor, token_id=token_id)
    return Status(204, None)


def _object(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "prefix": token.prefix,
        "agent_id": token.agent_id,
        "created_at": token.created_at,
        "last_used_at": token.last_used_at,
    }
