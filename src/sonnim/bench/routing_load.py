"""Run on a site: a busy shop whose conversations are given out one after another, or a rush to a fresh one."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import django
import msgspec

from sonnim.bench import routing_fill
from sonnim.kernel import collecting

EACH = 20
QUEUED = 800


def busy(*, agents: int, conversations: int, arrivals: int) -> dict[str, Any]:
    """Times in ms: of decisions on single arrivals, of such with a long queue behind them, and of the choice alone."""
    from sonnim.conversations.actions import resolve_conversation
    from sonnim.conversations.models import Conversation
    from sonnim.routing import actions

    shop, people, contacts = routing_fill.shop(
        agents, capacity=conversations // agents + arrivals, shoppers=conversations
    )
    held = routing_fill.hold(shop, people, contacts)
    times: dict[str, list[float]] = {"empty": [], "queued": []}
    waiting = iter(routing_fill.contacts(shop, arrivals + QUEUED))
    for _ in range(arrivals // 2):
        routing_fill.write(shop, [next(waiting)])
        times["empty"].append(_timed(lambda: actions.give_out(shop_id=shop)))
    _limit(shop, 0)
    routing_fill.write(shop, [next(waiting) for _ in range(QUEUED)])
    for conversation in held[: arrivals // 2]:
        holder = Conversation.objects.values_list("assignee_id", flat=True).get(pk=conversation)
        resolve_conversation(shop_id=shop, conversation_id=conversation, by=people[0])
        _make_room(shop, holder)
        times["queued"].append(_timed(lambda: actions.give_out(shop_id=shop)))
        _limit(shop, 0)
    return {**times, "choice": [_timed(choice) for choice in [_choice(agents)] for _ in range(arrivals)]}


def rush(*, count: int) -> dict[str, Any]:
    """Many chats at once, while two nodes give out."""
    from django.db import connection

    from sonnim.conversations.models import Conversation, Entry
    from sonnim.routing import actions

    shop, people, _ = routing_fill.shop(count // EACH, capacity=EACH, shoppers=0)
    contacts = routing_fill.contacts(shop, count)
    written = threading.Event()

    def node() -> None:
        while not written.is_set():
            actions.give_out(shop_id=shop)
        actions.give_out(shop_id=shop)
        connection.close()

    nodes = [threading.Thread(target=node) for _ in range(2)]
    began = time.monotonic()
    for each in nodes:
        each.start()
    for start in range(0, count, 50):
        routing_fill.write(shop, contacts[start : start + 50])
    written.set()
    for each in nodes:
        each.join()
    seconds = time.monotonic() - began
    given = Entry.objects.filter(shop_id=shop, data__contains='"what":"assigned"').values_list("conversation_id")
    held = Counter[int | None](Conversation.objects.filter(shop_id=shop).values_list("assignee_id", flat=True))
    loads = [held.get(agent, 0) for agent in people]
    return {
        "double": sum(n - 1 for n in Counter(given).values()),
        "forgotten": held.get(None, 0) + count - sum(held.values()),
        "spread": max(loads) - min(loads),
        "seconds": seconds,
    }


def _limit(shop: int, live: int) -> None:
    """Nobody may have more than they have."""
    from sonnim.routing.models import Rules, Seat

    Rules.objects.filter(pk=shop).update(live=live)
    Seat.objects.filter(shop_id=shop).update(live=None)


def _make_room(shop: int, agent: int | None) -> None:
    from sonnim.conversations import queues
    from sonnim.routing.models import Seat

    held = queues.loads(shop_id=shop).get(agent or 0, (0, 0))[0]
    Seat.objects.update_or_create(pk=agent, defaults={"shop_id": shop, "live": held + 1})


def _choice(agents: int) -> Callable[[], object]:
    from sonnim.routing.rules import Seat, Settings, Waiting, choose

    seats = [Seat(agent=n, capacity={"live": 10**6, "letters": 0}) for n in range(agents)]
    return lambda: choose([Waiting(id=1)], seats, Settings())


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    wanted.pop("port")
    collecting.settle()  # as the server does
    found = rush(count=wanted["rush"]) if "rush" in wanted else busy(**wanted)
    sys.stdout.buffer.write(msgspec.json.encode(found))
