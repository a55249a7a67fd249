"""The clocks of a shop that are set anew: what wiring calls."""

from typing import Any

from sonnim.plan.clocks.actions import renew_clocks


def set_clocks_anew(payload: dict[str, Any]) -> None:
    """The next conversations of a shop; a row of the outbox."""
    renew_clocks(shop_id=payload["shop_id"], after=payload.get("after", 0))
