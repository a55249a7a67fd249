"""How nodes tell each other that there is something to read. Losing this loses nothing: the log is the truth."""

import asyncio
import json
import logging
import uuid
from collections.abc import Callable
from typing import Any, Protocol

Receive = Callable[[dict[str, Any]], None]
logger = logging.getLogger(__name__)


class Fanout(Protocol):
    """A way to reach the other nodes."""

    def start(self, receive: Receive) -> None:
        """Begin to pass what other nodes say to `receive`, on the running loop."""

    def publish(self, message: dict[str, Any]) -> None:
        """Tell the other nodes, at most once, without waiting."""

    async def stop(self) -> None:
        """End quietly."""


class MemoryFanout:
    """For the one process of a small store: there is nobody else to tell."""

    def start(self, receive: Receive) -> None:
        return

    def publish(self, message: dict[str, Any]) -> None:
        return

    async def stop(self) -> None:
        return


class RedisFanout:
    """Redis publish/subscribe. While Redis is away, nodes find events by looking at the log each second."""

    CHANNEL = "sonnim:fanout"

    def __init__(self, url: str) -> None:
        from redis import asyncio as redis  # the small store has no Redis and need not load its client

        self._node = uuid.uuid4().hex[:12]
        self._client = redis.from_url(url, socket_connect_timeout=2, socket_timeout=None, health_check_interval=10)
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=10_000)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, receive: Receive) -> None:
        self._tasks = [
            asyncio.create_task(self._listen(receive)),
            asyncio.create_task(self._send()),
        ]

    def publish(self, message: dict[str, Any]) -> None:
        if not self._outgoing.full():
            self._outgoing.put_nowait(message)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def _send(self) -> None:
        import redis

        while True:
            message = await self._outgoing.get()
            try:
                await asyncio.wait_for(
                    self._client.publish(self.CHANNEL, json.dumps({**message, "node": self._node})), 2
                )
            except (redis.RedisError, OSError, TimeoutError) as error:
                # What was to be said is stale by the time Redis is back; readers look at the log themselves.
                while not self._outgoing.empty():
                    self._outgoing.get_nowait()
                logger.warning("Redis does not answer: %s", error)
                await asyncio.sleep(0.5)

    async def _listen(self, receive: Receive) -> None:
        import redis

        while True:
            try:
                async with self._client.pubsub(ignore_subscribe_messages=True) as line:
                    await line.subscribe(self.CHANNEL)
                    receive({"kind": "joined"})
                    while True:
                        found = await line.get_message(timeout=5)
                        if found is not None:
                            message = json.loads(found["data"])
                            if message.get("node") != self._node:
                                receive(message)
            except (redis.RedisError, OSError, TimeoutError, ValueError) as error:
                logger.warning("Redis subscription lost: %s", error)
                await asyncio.sleep(0.5)


def choose(redis_url: str) -> Fanout:
    """The fan-out for this installation."""
    return RedisFanout(redis_url) if redis_url else MemoryFanout()
