"""Runs in a server's environment: opens a shop with people in it, and prints what a client needs to know, as JSON."""

import json
import os
import sys

import django

NAMES = {"owner": "Ona", "agent": "Arim", "lead": "Lian"}


def main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")
    django.setup()
    from sonnim.accounts import actions
    from sonnim.accounts.callers import Actor

    made = actions.create_shop(
        name=name,
        locale="ko",
        owner_email=f"owner@{name}.test",
        owner_name=NAMES["owner"],
        owner_password="celadon bows meet twice",
    )
    agents = {"owner": made.owner}
    for role in ("lead", "agent"):
        user = actions.create_user(email=f"{role}@{name}.test", name=NAMES[role], password=None)
        agents[role] = actions.add_agent(shop_id=made.shop.pk, user=user, role=role)
    people = {
        role: {"id": agent.pk, "token": actions.create_token(actor=Actor(agent), name="tests").secret}
        for role, agent in agents.items()
    }
    sys.stdout.write(json.dumps({"name": name, "shop": made.shop.pk, "key": made.shop.public_key, "agents": people}))


if __name__ == "__main__":
    main(sys.argv[1])
