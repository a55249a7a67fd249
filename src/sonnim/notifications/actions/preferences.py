"""How an agent wants to be told."""

from typing import Any

from sonnim.accounts.models import Agent
from sonnim.eventlog import log
from sonnim.notifications import rules
from sonnim.notifications.queries import PREFERENCES


def change_preferences(*, shop_id: int, agent_id: int, changes: dict[str, Any]) -> rules.Preferences:
    """Put `changes` over what was kept; `kinds` and `quiet` are merged, the rest is replaced."""
    with log.unit(shop_id):
        agent = Agent.objects.only("preferences").get(pk=agent_id)
        kept = dict(agent.preferences.get(PREFERENCES, {}))
        for name, value in changes.items():
            kept[name] = {**kept.get(name, {}), **value} if isinstance(value, dict) else value
        agent.preferences = {**agent.preferences, PREFERENCES: kept}
        agent.save(update_fields=["preferences"])
    return rules.preferences_of(kept)
