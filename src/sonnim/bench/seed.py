"""Run on a site: makes the tables, a shop, an agent with an API token, and visitors with theirs."""

import sys
from typing import Any

import django
import msgspec


def seed(*, visitors: int, name: str = "bench") -> dict[str, Any]:
    """What the load needs to be let in."""
    from django.core.management import call_command

    from sonnim.accounts.actions import create_shop
    from sonnim.accounts.actions.tokens import create_token
    from sonnim.accounts.callers import Actor
    from sonnim.contacts.actions import create_visitor
    from sonnim.eventlog import log
    from sonnim.eventlog.queries import head

    call_command("migrate", interactive=False, verbosity=0)
    made = create_shop(
        name="Bench",
        locale="en",
        owner_email=f"{name}@example.test",
        owner_name="Bench",
        owner_password="measuring twice, cutting once",  # noqa: S106 - the database is gone in a minute
    )
    token = create_token(actor=Actor(made.owner), name="bench")
    with log.unit(made.shop.pk):
        tokens = [create_visitor(shop_id=made.shop.pk, locale="en")[1] for _ in range(visitors)]
    position = head(made.shop.pk)
    if position is None:
        raise LookupError("the new shop has no log")
    return {
        "shop": made.shop.pk,
        "agent": made.owner.pk,
        "agent_token": token.secret,
        "visitors": tokens,
        "epoch": position.epoch,
        "pos": position.pos,
    }


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(seed(visitors=wanted["visitors"], name=wanted.get("name", "bench"))))
