"""What a client's frames do: the protocol's verbs, after the handshake and before the wire."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from sonnim.accounts.permissions import Permission
from sonnim.channels.registry import LIVE
from sonnim.channels.typing import LONGEST, typing_is_shown
from sonnim.conversations import actions, queries
from sonnim.conversations.check import Content, check_message, content
from sonnim.conversations.posting import Ack, Outcome, Post
from sonnim.conversations.writer import writer
from sonnim.kernel import clock
from sonnim.kernel.errors import (
    Forbidden,
    Invalid,
    NotFound,
    SonnimError,
    StorageFull,
    Throttled,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from sonnim.kernel.throttle import throttle
from sonnim.realtime import frames
from sonnim.realtime.acks import Acks
from sonnim.realtime.connection import ABUSE, REVOKED, UNAUTHENTICATED, Connection
from sonnim.realtime.hub import Hub
from sonnim.realtime.subscriber import Subscriber, missed, recognise
from sonnim.realtime.threads import in_thread

ABUSE_LIMIT = 40
OTHER_FRAMES = (20.0, 200.0)  # a second, and at once: what is no message costs the desk questions and redrawing
MAX_WATCHED = 50


class Session:
    """One connection's conversation with the server."""

    __slots__ = ("_acks", "_address", "_hub", "_line", "_session_key", "_typed", "_watched", "_who", "asking")

    def __init__(
        self, hub: Hub, acks: Acks, connection: Connection, session_key: str | None, address: str = ""
    ) -> None:
        self._hub = hub
        self._acks = acks
        self._line = connection
        self._session_key = session_key
        self._address = address
        self.asking = False  # whether the database is being asked who this is
        self._who: Subscriber | None = None
        self._watched: dict[int, int] = {}
        self._typed: tuple[int | None, bool] = (None, False)

    async def take(self, raw: str | bytes) -> None:
        """Act on one frame; whatever is wrong with it is answered, and the socket stays."""
        if not self._line.open:
            return  # sent before its sender learnt that this line has ended
        try:
            if len(raw) > frames.MAX_FRAME:
                raise TooLarge("This frame is too large.")
            frame = frames.parse(raw)
        except SonnimError as problem:
            self._refuse(problem, ref="frame")
            return
        if isinstance(frame, frames.Send):
            self._send(frame)
            return
        try:
            self._hub.count("frame", self._line, OTHER_FRAMES)
            await _VERBS[type(frame)](self, frame)
        except SonnimError as problem:
            self._refuse(problem, ref=frame.__struct_config__.tag)  # type: ignore[arg-type]

    def leave(self) -> None:
        """The line is gone."""
        if self._who is not None:
            if self._typed[1] and self._typed[0] is not None:
                self._tell_typing(self._typed[0], on=False)
            self._hub.unsubscribe(self._line)

    def _refuse(self, problem: SonnimError, *, ref: str, client_id: str | None = None) -> None:
        line = self._line
        line.send(frames.error(problem, ref=ref, client_id=client_id))
        stranger = isinstance(problem, Throttled) and not line.shop_id
        if ref == "resume" and (stranger or isinstance(problem, Unauthenticated)):
            line.close(UNAUTHENTICATED)
        if isinstance(problem, Unavailable | StorageFull):
            return  # our outage is not the client's abuse
        line.abuse += 1
        if line.abuse > ABUSE_LIMIT:
            line.close(ABUSE)

    # -- resume ------------------------------------------------------------------------------------------------

    async def _resume(self, frame: frames.Resume) -> None:
        line = self._line
        known = self._who
        who = known or await self._recognise(frame)
        if known is None:
            self._seat(who)
        stream = await self._hub.subscribe(line)
        self._who = who
        upto = stream.pos or 0
        try:
            if known is None and who.agent_id is not None and await self._recognise(frame) != who:
                # A right that ended between the two looks was told before the stream knew this line.
                line.close(REVOKED, last_words=frames.encode({"t": "revoke", "why": "role"}))
                return
            found = await in_thread(missed, who, frame, upto)
        except SonnimError:
            # Going live without what could not be read would leave a gap that nobody notices; not being told of a
            # right that ends, the line must also say anew who it is.
            self._hub.unsubscribe(line)
            self._who = None
            raise
        if found.reset is not None:
            line.last = upto
            line.held = None
            line.send(frames.reset(found.epoch, found.reset))
            return
        line.last = frame.pos or 0
        stream.send(line, found.events)
        line.last = max(line.last, upto)
        line.send(frames.resumed(found.epoch, line.last))
        stream.go_live(line)
        self._greet(who)

    async def _recognise(self, frame: frames.Resume) -> Subscriber:
        self.asking = True
        try:
            return await in_thread(recognise, frame, self._session_key)
        except Unauthenticated:
            await in_thread(throttle, "visitor-token", self._address, *settings.VISITOR_GUESSES)
            raise
        finally:
            self.asking = False

    def _seat(self, who: Subscriber) -> None:
        line = self._line
        line.shop_id, line.agent_id, line.contact_id = who.shop_id, who.agent_id, who.contact_id
        line.session, line.locale, line.conversation = who.session, who.locale, who.conversation

    def _greet(self, who: Subscriber) -> None:
        presence = self._hub.presence[who.shop_id]
        contacts = presence.contacts if who.agent_id is not None else {}
        self._line.send(frames.presence(presence.agents, contacts), ephemeral=True)

    # -- send --------------------------------------------------------------------------------------------------

    def _send(self, frame: frames.Send) -> None:
        try:
            post = self._post_of(frame)
            writer.submit(post, lambda outcome: self._acks.put(self, frame.client_id, outcome))
        except SonnimError as problem:
            self._refuse(problem, ref="send", client_id=frame.client_id[:64])

    def answered(self, client_id: str, outcome: Outcome) -> None:
        """The writer has stored or refused a message of this client."""
        if isinstance(outcome, Ack):
            if self._line.contact_id is not None and self._line.conversation != outcome.conversation:
                self._line.conversation = outcome.conversation
                self._hub.stir(self._line.shop_id)
            self._line.send(
                frames.ack(client_id, outcome.id, outcome.conversation, outcome.seq, outcome.at, outcome.repeat)
            )
        else:
            self._refuse(outcome, ref="send", client_id=client_id)

    def _post_of(self, frame: frames.Send) -> Post:
        line, who = self._line, self._known()
        self._hub.count("message", line, settings.AGENT_MESSAGES if line.agent_id else settings.VISITOR_MESSAGES)
        said = Content(frame.text)
        if frame.data is not None:
            if who.agent_id is None:
                raise Forbidden("Rich text is the desk's.")
            said = content(
                frame.kind, frame.text, frame.data.rich, may_be_empty=bool(frame.attachments), to=frame.data.envelope
            )
        check_message(frame.client_id, said.text, frame.attachments, frame.conversation)
        if who.agent_id is None:
            if frame.kind != "message":
                raise Forbidden("Notes are for the desk.")
            if frame.page is not None:
                self._look_at(frame.page.url, frame.page.title)
            return Post(
                who.shop_id, "contact", who.contact_id or 0, frame.client_id, frame.text,
                conversation_id=frame.conversation, attachments=frame.attachments, channel=LIVE.kind, locale=who.locale,
            )  # fmt: skip
        needed = Permission.CONVERSATION_NOTE if frame.kind == "note" else Permission.CONVERSATION_REPLY
        if needed not in who.permissions:
            raise Forbidden
        return Post(
            who.shop_id, "agent", who.agent_id, frame.client_id, said.text, kind=frame.kind,
            conversation_id=frame.conversation, attachments=frame.attachments, data=said.data, mentions=said.mentions,
            envelope=said.envelope,
        )  # fmt: skip

    def _known(self) -> Subscriber:
        if self._who is None:
            raise Unauthenticated("Say who you are first, with resume.")
        return self._who

    # -- the rest ----------------------------------------------------------------------------------------------

    async def _seen(self, frame: frames.Seen) -> None:
        who = self._known()
        conversation = frame.conversation if frame.conversation is not None else self._line.conversation
        if conversation is None:
            raise NotFound("There is no such conversation.")
        if not 0 <= frame.seq < 2**31 or not 0 < conversation < 2**53:
            raise Invalid("There is no such entry.")
        await in_thread(
            actions.mark_seen,
            shop_id=who.shop_id, conversation_id=conversation, seq=frame.seq, contact_id=who.contact_id,
        )  # fmt: skip

    async def _typing(self, frame: frames.Typing) -> None:
        who = self._known()
        if who.agent_id is None:
            conversation = await self._own(frame.conversation)
            if conversation is None:
                return
        else:
            if frame.conversation is None or frame.conversation not in self._watched:
                raise NotFound("Watch the conversation first.")
            conversation = frame.conversation
        self._typed = (conversation, frame.on)
        shown = ""
        if frame.text and who.agent_id is None and await in_thread(typing_is_shown, who.shop_id):
            shown = frame.text[-LONGEST:]
        self._tell_typing(conversation, on=frame.on, text=shown, note=frame.note)

    async def _own(self, named: int | None) -> int | None:
        """The conversation in which a shopper is, which goes on elsewhere once the desk has merged or split it."""
        line = self._line
        if named is not None and named != line.conversation:
            if not 0 < named < 2**53:
                raise Invalid("There is no such conversation.")
            found = await in_thread(queries.contacts_of, shop_id=line.shop_id, conversation_ids=[named])
            if found.get(named) != line.contact_id:
                raise NotFound("There is no such conversation.")
            line.conversation = named
        return line.conversation

    def _tell_typing(self, conversation: int, *, on: bool, text: str = "", note: bool = False) -> None:
        who = self._known()
        if who.agent_id is not None:
            contact, author = 0 if note else self._watched.get(conversation, 0), ("agent", who.agent_id)
        else:
            contact, author = who.contact_id or 0, ("contact", who.contact_id or 0)
        self._hub.tell_typing(who.shop_id, conversation, contact, author, on, text)

    async def _watch(self, frame: frames.Watch) -> None:
        who = self._known()
        if who.agent_id is None:
            raise Forbidden("Only agents watch conversations.")
        if len(frame.conversations) > MAX_WATCHED or any(not 0 < each < 2**53 for each in frame.conversations):
            raise Invalid(f"Watch at most {MAX_WATCHED} conversations.")
        found = await in_thread(queries.contacts_of, shop_id=who.shop_id, conversation_ids=frame.conversations)
        if set(found) != set(frame.conversations):
            raise NotFound("One of these conversations is not yours.")
        self._watched = found
        self._line.watching = tuple(found)
        reading = self._hub.presence[who.shop_id].viewers
        self._line.send(frames.viewers({each: reading.get(each, []) for each in found}), ephemeral=True)
        self._hub.stir(who.shop_id)

    async def _page(self, frame: frames.LookAt) -> None:
        if self._known().agent_id is not None:
            raise Forbidden("Only shoppers look at pages.")
        self._look_at(frame.url, frame.title)

    def _look_at(self, url: str, title: str) -> None:
        self._line.page = {"url": url[:500], "title": title[:200]}
        self._line.looked_at = clock.monotonic()
        self._hub.stir(self._line.shop_id)

    async def _active(self, frame: frames.Active) -> None:
        if self._known().agent_id is None:
            raise Forbidden("Only agents are at the desk.")
        self._line.active = frame.on
        self._hub.stir(self._line.shop_id)

    async def _ping(self, frame: frames.Ping) -> None:
        self._line.send(frames.PONG)


Verb = Callable[[Session, Any], Awaitable[None]]
_VERBS: dict[type, Verb] = {
    frames.Resume: Session._resume,
    frames.Seen: Session._seen,
    frames.Typing: Session._typing,
    frames.Watch: Session._watch,
    frames.LookAt: Session._page,
    frames.Active: Session._active,
    frames.Ping: Session._ping,
}
