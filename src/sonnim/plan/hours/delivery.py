"""Feeds that are read again: what wiring calls."""

from typing import Any

from sonnim.plan.hours.actions import read_feed


def deliver_feed(payload: dict[str, Any]) -> None:
    """Read a feed again; a row of the outbox. What goes wrong stands at the feed, which is read again later."""
    read_feed(feed_id=payload["feed_id"])
