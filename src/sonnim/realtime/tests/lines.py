"""Connections whose far end is a list, and events to send them."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any, TypeVar

from sonnim.eventlog.log import LoggedEvent
from sonnim.realtime.connection import Connection

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 30))


class Far:
    """What arrived at the other end; while `reads` is cleared, nothing is taken off the line."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.reads = asyncio.Event()
        self.reads.set()

    async def take(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        self.messages.append(message)

    @property
    def frames(self) -> list[dict[str, Any]]:
        texts = [message["text"] for message in self.messages if message["type"] == "websocket.send"]
        return [json.loads(line) for text in texts for line in text.split("\n")]

    @property
    def closed_with(self) -> int | None:
        return next((message["code"] for message in self.messages if message["type"] == "websocket.close"), None)


async def settled() -> None:
    """Let what was sent leave: a line begins to transmit a turn of the loop later."""
    for _ in range(4):
        await asyncio.sleep(0)


def agent_line(far: Far, agent_id: int = 1, shop_id: int = 1) -> Connection:
    line = Connection(far.take)
    line.shop_id, line.agent_id = shop_id, agent_id
    return line


def visitor_line(far: Far, contact_id: int = 5, shop_id: int = 1) -> Connection:
    line = Connection(far.take)
    line.shop_id, line.contact_id = shop_id, contact_id
    return line


def event(
    pos: int, *, type: str = "test.happened", contact: int | None = None, agent: int | None = None, desk: Any = None
) -> LoggedEvent:
    public = json.dumps({"type": type, "conversation": None, "at": "2026-01-01T00:00:00Z"})
    return LoggedEvent(1, pos, type, None, contact, agent, 0, public, json.dumps(desk) if desk else "")
