"""What the live board shows: the queue and the kept counts as they are, today's promises counted every few seconds."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache

from sonnim.accounts.callers import Caller
from sonnim.conversations import queues
from sonnim.conversations.shapes import conversation_object
from sonnim.kernel import clock
from sonnim.plan.clocks.queries import policies_of
from sonnim.plan.models import KeptPromise
from sonnim.reports.rules import BOUNDS_S, Spread, spread
from sonnim.reports.shapes import BarObject, LoadObject, SpreadObject

SHOWN = 100
FRESH_S = 5
MOST = 20_000
"""Promises of a day that are looked at; a desk of 200 agents keeps fewer."""


def board_of(caller: Caller) -> dict[str, Any]:
    """A BoardObject."""
    page = queues.queue_page(
        shop_id=caller.shop_id, agent_id=caller.agent.pk, queue="waiting_all", limit=SHOWN, cursor=None
    )
    counts = {each["id"]: each["n"] for each in queues.tallies(shop_id=caller.shop_id)}
    now = clock.now()
    midnight = datetime.combine(now.astimezone(ZoneInfo(caller.agent.shop.timezone)).date(), time(), tzinfo=None)
    since = midnight.replace(tzinfo=ZoneInfo(caller.agent.shop.timezone))
    return {
        "at": now,
        "waiting_n": counts.get("waiting", 0),
        "late_n": sum(state.due_at is not None and state.due_at <= clock.to_ms(now) for state in page.states),
        "open_n": counts.get("all", 0),
        "unassigned_n": counts.get("unassigned", 0),
        "waiting": [conversation_object(state) for state in page.states],
        "contacts": page.contacts,
        "loads": _loads(counts),
        "today_since": since,
        **_today(caller.shop_id, since),
    }


def _loads(counts: dict[str, int]) -> list[LoadObject]:
    return [
        LoadObject(agent_id=int(key[5:]), open=n, waiting=counts.get(f"waiting:{key[5:]}", 0))
        for key, n in sorted(counts.items())
        if key.startswith("mine:") and n
    ]


def _today(shop_id: int, since: datetime) -> dict[str, Any]:
    key = f"board:{shop_id}:{clock.to_ms(since)}"
    found = cache.get(key)
    if found is None:
        rows = list(
            KeptPromise.objects.filter(shop_id=shop_id, at__gte=since)
            .order_by("-at")
            .values_list("kind", "took_ms", "late")[:MOST]
        )
        found = {
            "promises_first_reply": any(
                policy.active and "first_reply" in policy.targets for policy in policies_of(shop_id)
            ),
            "first_replies": _spread_object(rows, "first_reply"),
            "resolutions": _spread_object(rows, "resolution"),
            "late_today": sum(late for _, _, late in rows),
        }
        cache.set(key, found, timeout=FRESH_S)
    return dict(found)


def _spread_object(rows: list[tuple[str, int, bool]], kind: str) -> SpreadObject:
    own = [(took, late) for each, took, late in rows if each == kind]
    found: Spread = spread([took for took, _ in own], kept=sum(not late for _, late in own))
    return SpreadObject(
        n=found.n,
        kept=found.kept,
        median_s=None if found.median_ms is None else found.median_ms / 1000,
        p90_s=None if found.p90_ms is None else found.p90_ms / 1000,
        bars=[BarObject(upto_s=bound, n=n) for bound, n in zip((*BOUNDS_S, None), found.bars, strict=True)],
    )
