"""Run on a site while the server runs: turns service promises, routing and rules on in a shop."""

import sys
from typing import Any

import django
import msgspec

RULES = 20


def fill(*, shop: int, agent: int) -> dict[str, Any]:
    """Two promises, conversations given out by load, and so many rules, one of which acts on each that begins."""
    from sonnim.accounts.callers import Actor
    from sonnim.accounts.models import Agent
    from sonnim.automation.actions import save_rule
    from sonnim.bench.rules_fill import greeting, wording
    from sonnim.contacts.actions.tags import create_tag
    from sonnim.plan.clocks.actions import save_policy
    from sonnim.plan.clocks.api import PolicyBody
    from sonnim.routing.actions import change_rules

    actor = Actor(Agent.objects.select_related("shop", "user").get(pk=agent, shop_id=shop))
    chat = PolicyBody(name="Chat", targets={"first_reply": 60, "next_reply": 120, "silence": 600})
    mail = PolicyBody(name="All", targets={"first_reply": 3600, "resolution": 86400}, calendar_id=0)
    for policy in (chat, mail):
        save_policy(actor=actor, values=policy.model_dump())
    change_rules(actor=actor, changes={"mode": "direct", "strategy": "least_busy", "live": 500})
    tag = create_tag(actor=actor, name="VIP")
    save_rule(actor=actor, name="Greet", active=True, wording=greeting())
    for number in range(RULES - 1):
        save_rule(actor=actor, name=f"Rule {number}", active=True, wording=wording(number, tag=tag["id"]))
    return {"rules": RULES}


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(fill(shop=wanted["shop"], agent=wanted["agent"])))
