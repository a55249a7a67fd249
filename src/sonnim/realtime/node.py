"""This process's live side: started and stopped with the server, asked by HTTP threads for who is online."""

import asyncio
import logging
from typing import Any

from django.conf import settings

from sonnim.conversations.writer import writer
from sonnim.eventlog import log
from sonnim.eventlog.actions import begin_epoch
from sonnim.realtime.fanout import choose
from sonnim.realtime.gateway import Gateway
from sonnim.realtime.hub import Hub
from sonnim.realtime.threads import in_thread

logger = logging.getLogger(__name__)
DRAIN_SPREAD_S = 2.0


class Node:
    """The hub, the gateway and the writer of one process."""

    def __init__(self) -> None:
        self.hub = Hub(choose(settings.REDIS_URL))
        self.gateway = Gateway(self.hub)

    async def start(self) -> None:
        """Begin to serve, under a new name of each shop's log: nobody can say whether the database is yesterday's."""
        await in_thread(begin_epoch)
        log.on_commit(self.hub.committed)
        self.hub.start()
        writer.start()

    async def drain(self) -> None:
        """Ask the clients to come back in a moment; what they have sent is still written."""
        await self.hub.drain(DRAIN_SPREAD_S)

    async def stop(self) -> None:
        """Write what waits, then end."""
        await asyncio.get_running_loop().run_in_executor(None, writer.stop)
        log.forget(self.hub.committed)
        await self.hub.stop()


_current: Node | None = None


async def start() -> Node:
    """Start this process's node."""
    global _current
    _current = Node()
    await _current.start()
    return _current


async def stop() -> None:
    """Stop it."""
    global _current
    if _current is not None:
        node, _current = _current, None
        await node.stop()


def running() -> Node | None:
    """The node, in a process that serves."""
    return _current


def presence_of(shop_id: int) -> dict[str, Any]:
    """Who is there; nobody, in a process that serves no sockets. Safe from any thread."""
    if _current is None or shop_id not in _current.hub.presence:
        return {"agents": {}, "contacts": {}}
    presence = _current.hub.presence[shop_id]
    return {"agents": dict(presence.agents), "contacts": dict(presence.contacts)}


def page_of(shop_id: int, contact_id: int) -> str | None:
    """The address of the page that a shopper looks at; None where nobody knows."""
    page = presence_of(shop_id)["contacts"].get(contact_id, {}).get("page") or {}
    return page.get("url") or None


def agent_lines(shop_id: int) -> dict[int, str]:
    """Agent id → online, or away where nobody sits before the open line."""
    found: dict[int, str] = presence_of(shop_id)["agents"]
    return found


def agents_online(shop_id: int) -> set[int]:
    """The agents who are at the desk now."""
    return {agent for agent, status in presence_of(shop_id)["agents"].items() if status == "online"}
