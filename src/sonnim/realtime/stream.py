"""One shop's live log on this node: puts events into order and hands each to those who may see it."""

import json
from collections.abc import Iterable, Sequence

from sonnim.eventlog.log import LoggedEvent
from sonnim.realtime.connection import RESTART, REVOKED, Connection
from sonnim.realtime.frames import encode, epoch_frame


def frame(event: LoggedEvent, prev: int, *, desk: bool) -> str:
    """An event as a frame for a subscriber whose last one was `prev`."""
    tail = f',"desk":{event.desk}}}' if desk and event.desk else "}"
    return f'{{"t":"event","pos":{event.pos},"prev":{prev},{event.public[1:-1]}{tail}'


def may_see(event: LoggedEvent, connection: Connection) -> bool:
    """Whether this subscriber may be told of this event; asked at replay and at fan-out alike."""
    if event.shop_id != connection.shop_id:
        return False
    if connection.agent_id is not None:
        return event.agent_id is None or event.agent_id == connection.agent_id
    return event.contact_id is not None and event.contact_id == connection.contact_id and event.agent_id is None


class Stream:
    """Positions are gapless, so that an event which arrives early waits for its elders, whoever committed them."""

    def __init__(self, shop_id: int) -> None:
        self.shop_id = shop_id
        self.epoch = ""
        self.pos: int | None = None  # the last event handed out; None until the head has been read
        self.latest: LoggedEvent | None = None  # the event at `pos`, unless nothing has been handed out yet
        self.agents: set[Connection] = set()
        self.contacts: dict[int, set[Connection]] = {}
        self._early: dict[int, LoggedEvent] = {}

    @property
    def behind(self) -> bool:
        """Whether events wait for one that has not come."""
        return self.pos is not None and bool(self._early)

    @property
    def deserted(self) -> bool:
        """Whether nobody listens."""
        return not self.agents and not self.contacts

    def begin(self, epoch: str, pos: int) -> None:
        """Start handing out after `pos`."""
        self.epoch = epoch
        self.pos = pos
        self.ingest(())

    def begin_anew(self, epoch: str, pos: int) -> None:
        """Forget the log that was, whose events never happened, and start handing out after `pos`."""
        self._early = {}
        self.latest = None
        self.begin(epoch, pos)

    def rename(self, epoch: str) -> None:
        """The log goes on under another name: positions stay what they are."""
        self.epoch = epoch
        text = epoch_frame(epoch)
        for connection in self.everybody():
            if connection.held is None:
                connection.send(text)

    def everybody(self) -> list[Connection]:
        """All who listen."""
        return [*self.agents, *(peer for peers in self.contacts.values() for peer in peers)]

    def ingest(self, events: Iterable[LoggedEvent]) -> None:
        """Take committed events in any order, repeats included, and hand out those whose turn it is."""
        early = self._early
        for event in events:
            if self.pos is None or event.pos > self.pos:
                early[event.pos] = event
        if self.pos is None:
            return
        ready = []
        while (event_now := early.pop(self.pos + 1, None)) is not None:
            ready.append(event_now)
            self.pos += 1
        if early and min(early) <= self.pos:
            self._early = {pos: event for pos, event in early.items() if pos > self.pos}
        if ready:
            self.latest = ready[-1]
            self._hand_out(ready)

    def add(self, connection: Connection) -> None:
        """Subscribe; live events are held back for it until `go_live`."""
        connection.held = []
        if connection.agent_id is not None:
            self.agents.add(connection)
        elif connection.contact_id is not None:
            self.contacts.setdefault(connection.contact_id, set()).add(connection)

    def remove(self, connection: Connection) -> None:
        """Unsubscribe."""
        self.agents.discard(connection)
        if connection.contact_id is not None:
            peers = self.contacts.get(connection.contact_id)
            if peers is not None:
                peers.discard(connection)
                if not peers:
                    del self.contacts[connection.contact_id]

    def go_live(self, connection: Connection) -> None:
        """End of a replay: send what came meanwhile, then everything as it comes."""
        held, connection.held = connection.held or [], None
        self.send(connection, held)

    def send(self, connection: Connection, events: Sequence[LoggedEvent]) -> None:
        """Send those of the events that are new to this subscriber and for its eyes."""
        frames = []
        for event in events:
            if event.pos > connection.last and may_see(event, connection):
                frames.append(frame(event, connection.last, desk=connection.agent_id is not None))
                connection.last = event.pos
        if frames:
            connection.send("\n".join(frames))

    def _hand_out(self, events: Sequence[LoggedEvent]) -> None:
        shared: dict[int, tuple[str, int]] = {}
        personal = any(event.agent_id is not None for event in events)
        for connection in tuple(self.agents):
            if connection.held is not None:
                connection.held.extend(events)
            elif personal or connection.last >= events[0].pos:
                self.send(connection, events)
            else:
                # Agents see the same events, so that one text serves all who stand at the same position.
                if connection.last not in shared:
                    shared[connection.last] = self._chunk(events, connection.last)
                text, connection.last = shared[connection.last]
                connection.send(text)
        if self.contacts:
            for event in events:
                if event.contact_id in self.contacts:
                    self._to_contact(event, self.contacts[event.contact_id])
        for event in events:
            if event.type in REVOCATIONS:
                self._revoke(event)
            elif event.type == MERGED:
                for connection in tuple(self.contacts.get(event.contact_id or 0, ())):
                    connection.close(RESTART)
            elif event.type in ENDS_CHATS:
                self._end_chats(event)

    def _chunk(self, events: Sequence[LoggedEvent], prev: int) -> tuple[str, int]:
        frames = []
        for event in events:
            frames.append(frame(event, prev, desk=True))
            prev = event.pos
        return "\n".join(frames), prev

    def _to_contact(self, event: LoggedEvent, connections: set[Connection]) -> None:
        for connection in tuple(connections):
            if connection.held is not None:
                connection.held.append(event)
            else:
                self.send(connection, [event])

    def _revoke(self, event: LoggedEvent) -> None:
        why = REVOCATIONS[event.type]
        put = json.loads(event.desk or "{}").get("put", {})
        for connection in tuple(self.agents):
            if event.type == "session.ended":
                gone = _session_ended(put.get("session", {}), connection)
            else:
                gone = str(connection.agent_id) in put.get("agents", {})
            if gone:
                self.remove(connection)
                connection.close(REVOKED, last_words=encode({"t": "revoke", "why": why}))

    def _end_chats(self, event: LoggedEvent) -> None:
        for contact in json.loads(event.desk or "{}").get("put", {}).get("contacts", {}):
            for connection in tuple(self.contacts.get(int(contact), ())):
                self.remove(connection)
                connection.close(ENDS_CHATS[event.type])


# Event type → how the lines of the contacts end that it puts: who is blocked is not let in again, who was taken for
# somebody else comes back under their own name.
ENDS_CHATS = {"contact.blocked": REVOKED, "contact.parted": RESTART}
MERGED = "contact.merged"  # the contact's browsers come back under the name of the contact that it was merged into

# Event type → why the line ends. The event carries whom it is about: agents, or one session of an agent.
REVOCATIONS = {
    "agent.removed": "removed",
    "agent.role_changed": "role",
    "shop.roles_changed": "role",
    "session.ended": "signed_out",
}


def _session_ended(ended: dict[str, dict[str, str]], connection: Connection) -> bool:
    """Whether the connection's session is among the ended; one that merely got a new key is followed."""
    found = ended.get(connection.session) if connection.session else None
    if found is None:
        return False
    if "moved_to" not in found:
        return True
    connection.session = found["moved_to"]
    return False
