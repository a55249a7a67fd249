"""The node's switchboard: streams of the shops that somebody listens to, presence, and word from other nodes."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from sonnim.eventlog import queries
from sonnim.eventlog.actions import begin_epoch
from sonnim.eventlog.log import LoggedEvent
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound, SonnimError, Throttled
from sonnim.realtime import frames
from sonnim.realtime.connection import RESTART, Connection
from sonnim.realtime.fanout import Fanout
from sonnim.realtime.presence import LOCAL, Presence
from sonnim.realtime.stream import Stream
from sonnim.realtime.threads import in_thread
from sonnim.realtime.throttle import Buckets

logger = logging.getLogger(__name__)
GAP_S = 0.05
LOOK_S = 1.0
GATHER_S = 0.25
REPORT_S = 20.0
DRAIN_S = 2.0


class Hub:
    """All state of the live side of one process. Everything but `committed` runs on the event loop's thread."""

    def __init__(self, fanout: Fanout) -> None:
        self.loop = asyncio.get_running_loop()
        self.streams: dict[int, Stream] = {}
        self.presence: defaultdict[int, Presence] = defaultdict(Presence)
        self.connections: set[Connection] = set()
        self._fanout = fanout
        self._beginning: dict[int, asyncio.Future[None]] = {}
        self._reading: set[int] = set()
        self._restless: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._buckets = Buckets()

    def start(self) -> None:
        """Begin to listen to the other nodes and to look at the log."""
        self._fanout.start(self._hear)
        for work in (self._look_at_the_log, self._beat, self._tell_presence, self._report_presence):
            self._spawn(self._kept_up(work))

    async def stop(self) -> None:
        """End all background work."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._fanout.stop()

    def committed(self, events: Sequence[LoggedEvent]) -> None:
        """Sink of the event log; called on whatever thread committed."""
        self.loop.call_soon_threadsafe(self._ingest, events)

    async def subscribe(self, connection: Connection) -> Stream:
        """Put a connection into its shop's stream; live events are held until the caller lets it go live."""
        stream = await self._stream(connection.shop_id)
        stream.add(connection)
        self.connections.add(connection)
        self.stir(connection.shop_id)
        return stream

    def unsubscribe(self, connection: Connection) -> None:
        """Forget a connection."""
        self.connections.discard(connection)
        stream = self.streams.get(connection.shop_id)
        if stream is not None:
            stream.remove(connection)
            self.stir(connection.shop_id)
            if stream.deserted and connection.shop_id not in self._beginning:
                del self.streams[connection.shop_id]

    def count(self, what: str, line: Connection, limit: tuple[float, float]) -> None:
        """Count a frame of a person, over all of the person's lines on this node.

        Args:
            limit: so many a second, so many at once.

        Raises:
            Throttled: too many.
        """
        # Whoever has not said who it is counts for itself; its line is the only one it has.
        who = (what, line.shop_id, line.agent_id, line.contact_id) if line.shop_id else (what, id(line))
        wait = self._buckets.take(who, *limit)
        if wait:
            raise Throttled("A little slower, please.", retry_after=round(wait + 0.5, 1))

    def stir(self, shop_id: int) -> None:
        """Somebody came, went, or looks at something else: tell it with the next round."""
        self._restless.add(shop_id)

    def tell_typing(
        self, shop_id: int, conversation: int, contact: int, author: tuple[str, int], on: bool, text: str = ""
    ) -> None:
        """Somebody writes: tell the shopper (of agents), and the agents who watch."""
        message = {
            "kind": "typing", "shop": shop_id, "conversation": conversation, "contact": contact,
            "author": list(author), "on": on, "text": text,
        }  # fmt: skip
        self._typing(message)
        self._fanout.publish(message)

    async def drain(self, retry_after: float) -> None:
        """Ask every client to come back later, spread over `retry_after` seconds, and close its line in order.

        A line that is cut while its client still writes is reset by the network, and the client is told nothing.
        """
        text = frames.encode({"t": "drain", "retry_after": retry_after})
        for connection in tuple(self.connections):
            connection.close(RESTART, last_words=text)
        deadline = clock.monotonic() + DRAIN_S
        while self.connections and clock.monotonic() < deadline:
            await asyncio.sleep(0.02)

    async def _stream(self, shop_id: int) -> Stream:
        stream = self.streams.get(shop_id)
        if stream is not None and stream.pos is not None:
            return stream
        if shop_id not in self._beginning:
            self.streams[shop_id] = Stream(shop_id)
            self._beginning[shop_id] = self.loop.create_future()
            try:
                head = await in_thread(queries.head, shop_id)
                if head is None:
                    raise NotFound("There is no such shop.")
                self.streams[shop_id].begin(head.epoch, head.pos)
            except SonnimError as error:
                del self.streams[shop_id]
                waiting = self._beginning.pop(shop_id)
                waiting.set_exception(error)
                waiting.exception()
                raise
            self._beginning.pop(shop_id).set_result(None)
        else:
            await asyncio.shield(self._beginning[shop_id])
        return self.streams[shop_id]

    def _ingest(self, events: Sequence[LoggedEvent]) -> None:
        heads: dict[int, int] = {}
        by_shop: dict[int, list[LoggedEvent]] = {}
        for event in events:
            by_shop.setdefault(event.shop_id, []).append(event)
            heads[event.shop_id] = event.pos
        for shop, pos in heads.items():
            self._fanout.publish({"kind": "wake", "shop": shop, "pos": pos})
            stream = self.streams.get(shop)
            if stream is not None:
                stream.ingest(by_shop[shop])
                if stream.behind:
                    self.loop.call_later(GAP_S, self._read_on, shop)

    def _read_on(self, shop_id: int) -> None:
        if shop_id in self.streams and shop_id not in self._reading:
            self._spawn(self._read(shop_id))

    async def _read(self, shop_id: int) -> None:
        """Fetch from the log what this node has not been handed."""
        self._reading.add(shop_id)
        try:
            while (stream := self.streams.get(shop_id)) is not None and stream.pos is not None:
                events = await in_thread(queries.events_after, shop_id, stream.pos)
                stream.ingest(events)
                if len(events) < queries.REPLAY_EVENTS:
                    break
        except SonnimError as error:
            logger.warning("log of shop %s cannot be read: %s", shop_id, error)
        finally:
            self._reading.discard(shop_id)

    async def _look_at_the_log(self) -> None:
        """Other processes may have written: a command, or a node that Redis does not connect us with."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                # What was handed out while the question was on its way is no sign of a log that went back.
                before = {shop_id: stream.pos for shop_id, stream in self.streams.items() if stream.pos is not None}
                heads = await in_thread(queries.heads, list(before)) if before else {}
                for shop_id, head in heads.items():
                    stream = self.streams.get(shop_id)
                    if stream is None or stream.pos is None:
                        continue
                    if head.epoch != stream.epoch or head.pos < before[shop_id]:
                        await self._doubt(stream, head, before[shop_id])
                    elif head.pos > stream.pos:
                        self._read_on(shop_id)
            except SonnimError as error:
                logger.warning("the log cannot be read: %s", error)

    async def _doubt(self, stream: Stream, head: queries.Position, before: int) -> None:
        """The log is not as we left it: another process has begun (and goes on with it), or a backup was restored."""
        shop_id, known = stream.shop_id, stream.latest
        if head.pos < before:
            # Restored while we serve: who is away must not be able to come back with a position of the lost log.
            await in_thread(begin_epoch, shop_ids=[shop_id])
            found = await in_thread(queries.head, shop_id)
            if found is not None:
                self._start_over(stream, found)
        elif await (
            in_thread(queries.holds, known)
            if known is not None
            else in_thread(queries.leads_here, shop_id, stream.epoch, before)
        ):
            stream.rename(head.epoch)
        else:
            self._start_over(stream, head)

    def _start_over(self, stream: Stream, head: queries.Position) -> None:
        """The database was restored from a backup: everybody reads the snapshot once."""
        logger.warning("shop %s has a new epoch", stream.shop_id)
        stream.begin_anew(head.epoch, head.pos)
        text = frames.reset(head.epoch, "epoch")
        for connection in stream.everybody():
            connection.last = head.pos
            connection.send(text)

    async def _beat(self) -> None:
        """A heartbeat to each connection every 25 s, spread over the seconds."""
        slot = 0
        while True:
            await asyncio.sleep(1)
            slot = (slot + 1) % frames.HEARTBEAT_S
            self._buckets.forget_full()
            for connection in tuple(self.connections):
                if connection.slot == slot:
                    connection.send(frames.PONG, ephemeral=True)
                    connection.abuse = max(0, connection.abuse - 5)

    async def _tell_presence(self) -> None:
        while True:
            await asyncio.sleep(GATHER_S)
            restless, self._restless = self._restless, set()
            for shop_id in restless:
                presence = self.presence[shop_id]
                self._take_local(shop_id)
                self._broadcast_presence(shop_id, presence)
                self._publish_presence(shop_id)

    def _broadcast_presence(self, shop_id: int, presence: Presence) -> None:
        changed = presence.changes()
        if presence.unsettled:
            self.loop.call_later(1.0, self.stir, shop_id)
        stream = self.streams.get(shop_id)
        if stream is None:
            return
        if changed["viewers"]:
            self._tell_viewers(stream, changed["viewers"])
        if not (changed["agents"] or changed["contacts"]):
            return
        text = frames.presence(changed["agents"], changed["contacts"])
        for connection in tuple(stream.agents):
            connection.send(text, ephemeral=True)
        if changed["agents"]:
            text = frames.presence(changed["agents"], {})
            for peers in list(stream.contacts.values()):
                for connection in tuple(peers):
                    connection.send(text, ephemeral=True)

    def _tell_viewers(self, stream: Stream, changed: dict[int, list[int]]) -> None:
        for connection in tuple(stream.agents):
            watched = {each: changed[each] for each in connection.watching if each in changed}
            if watched:
                connection.send(frames.viewers(watched), ephemeral=True)

    def _take_local(self, shop_id: int) -> None:
        stream = self.streams.get(shop_id)
        presence = self.presence[shop_id]
        agents = stream.agents if stream else ()
        contacts = (peer for peers in stream.contacts.values() for peer in peers) if stream else ()
        presence.take(LOCAL, presence.local_report(agents, contacts))

    def _publish_presence(self, shop_id: int) -> None:
        stream = self.streams.get(shop_id)
        presence = self.presence[shop_id]
        report = presence.local_report(
            stream.agents if stream else (),
            (peer for peers in stream.contacts.values() for peer in peers) if stream else (),
        )
        self._fanout.publish({"kind": "presence", "shop": shop_id, "report": report})

    async def _report_presence(self) -> None:
        while True:
            await asyncio.sleep(REPORT_S)
            for shop_id in list(self.streams):
                self._publish_presence(shop_id)
                self.stir(shop_id)  # a node that has died says nothing; its people are missed here

    def _hear(self, message: dict[str, Any]) -> None:
        kind = message.get("kind")
        if kind == "wake":
            stream = self.streams.get(message["shop"])
            if stream is not None and stream.pos is not None and message["pos"] > stream.pos:
                self._read_on(message["shop"])
        elif kind == "typing":
            self._typing(message)
        elif kind == "presence":
            found = message["report"].items()
            report = {who: {int(key): value for key, value in people.items()} for who, people in found}
            self.presence[message["shop"]].take(message["node"], report)
            self._broadcast_presence(message["shop"], self.presence[message["shop"]])
        elif kind == "joined":
            for shop_id in list(self.streams):
                self._read_on(shop_id)
                self._publish_presence(shop_id)

    def _typing(self, message: dict[str, Any]) -> None:
        stream = self.streams.get(message["shop"])
        if stream is None:
            return
        who, identity = message["author"]
        text = frames.typing(message["conversation"], who, identity, message["on"], message.get("text", ""))
        for connection in tuple(stream.agents):
            if message["conversation"] in connection.watching and (who, identity) != ("agent", connection.agent_id):
                connection.send(text, ephemeral=True)
        if who == "agent":
            for connection in tuple(stream.contacts.get(message["contact"], ())):
                connection.send(text, ephemeral=True)

    async def _kept_up(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Work that never ends; what it did not foresee is told, and it begins again."""
        while True:
            try:
                await work()
            except Exception:
                logger.exception("%s begins again", work.__name__)
                await asyncio.sleep(1)

    def _spawn(self, work: Any) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
