"""Frames of the delivery protocol: what clients may send, strictly parsed, and what the server answers."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from sonnim.conversations.envelopes import Recipients
from sonnim.conversations.rich import Document
from sonnim.kernel.clock import from_ms
from sonnim.kernel.errors import Invalid, SonnimError

MAX_FRAME = 512 * 1024  # 20,000 characters, each written as two six-character escapes, and some room
VERSION = 1
HEARTBEAT_S = 25
_Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # beyond it no database could be asked


class _Client(msgspec.Struct, tag_field="t", forbid_unknown_fields=True, frozen=True):
    pass


class Page(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The page that a shopper looks at."""

    url: str = ""
    title: str = ""


class SaidRichly(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What an agent says with more than characters; the text is derived from it."""

    rich: Document = ()
    envelope: Recipients | None = None


class Resume(_Client, tag="resume", frozen=True):
    """Who I am and up to where I have seen the log."""

    as_: Literal["agent", "visitor"] = msgspec.field(name="as")
    shop: _Number | None = None
    token: str | None = None
    epoch: str | None = None
    pos: _Number | None = None


class Send(_Client, tag="send", frozen=True):
    """A message to store and deliver."""

    client_id: str
    text: str = ""
    conversation: int | None = None
    kind: Literal["message", "note"] = "message"
    attachments: tuple[int, ...] = ()
    page: Page | None = None
    data: SaidRichly | None = None


class Typing(_Client, tag="typing", frozen=True):
    """I am writing, or no longer. A shopper whose shop shows it to agents tells what, too.

    What an agent writes as a `note` is no business of the shopper's; colleagues are told.
    """

    on: bool
    conversation: int | None = None
    text: str = ""
    note: bool = False


class Seen(_Client, tag="seen", frozen=True):
    """I have read up to here."""

    seq: int
    conversation: int | None = None


class Watch(_Client, tag="watch", frozen=True):
    """An agent's wish for typing and page presence of these conversations, in place of the former ones."""

    conversations: tuple[int, ...]


class LookAt(_Client, tag="page", frozen=True):
    """What a shopper looks at now."""

    url: str = ""
    title: str = ""


class Active(_Client, tag="active", frozen=True):
    """Whether the person is at this window."""

    on: bool


class Ping(_Client, tag="ping", frozen=True):
    """Are you there?"""


ClientFrame = Resume | Send | Typing | Seen | Watch | LookAt | Active | Ping
_decoder = msgspec.json.Decoder(ClientFrame)
_encoder = msgspec.json.Encoder()


def parse(raw: str | bytes) -> ClientFrame:
    """Read a client's frame.

    Raises:
        Invalid: not JSON, an unknown frame or field, or a value of the wrong type.
    """
    try:
        frame: ClientFrame = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Invalid(f"This frame is not understood: {error}"[:300]) from None
    return frame


def encode(frame: dict[str, Any]) -> str:
    """A frame as text for the wire."""
    return _encoder.encode(frame).decode()


class AckFrame(msgspec.Struct, tag_field="t", tag="ack", frozen=True):
    """The message is on the disk."""

    client_id: str
    id: int
    conversation: int
    seq: int
    at: datetime
    repeat: bool


def ack(client_id: str, identity: int, conversation: int, seq: int, at: int, repeat: bool) -> str:
    """An acknowledgement; sent only after the commit has reached the disk."""
    return _encoder.encode(AckFrame(client_id, identity, conversation, seq, from_ms(at), repeat)).decode()


def error(problem: SonnimError, *, ref: str, client_id: str | None = None) -> str:
    """A typed refusal; the socket stays."""
    return encode(
        {
            "t": "error",
            "code": problem.code,
            "message": problem.detail,
            "ref": ref,
            "client_id": client_id,
            "retry_after": problem.retry_after,
        }
    )


HELLO = encode({"t": "hello", "heartbeat": HEARTBEAT_S, "version": VERSION})
PONG = encode({"t": "pong"})


def resumed(epoch: str, pos: int) -> str:
    """All up to `pos` has been sent."""
    return encode({"t": "resumed", "epoch": epoch, "pos": pos})


def reset(epoch: str, reason: str) -> str:
    """Read the snapshot, then resume from its position."""
    return encode({"t": "reset", "epoch": epoch, "reason": reason})


def epoch_frame(epoch: str) -> str:
    """The log goes on under this name; the client's position stays as it is."""
    return encode({"t": "epoch", "epoch": epoch})


def typing(conversation: int, author_kind: str, author_id: int, on: bool, text: str = "") -> str:
    """Somebody is writing, and what, if that may be seen."""
    author = {"kind": author_kind, "id": author_id}
    frame = {"t": "typing", "conversation": conversation, "author": author, "on": on}
    return encode({**frame, "text": text} if text else frame)


def viewers(conversations: dict[int, list[int]]) -> str:
    """Which agents have which conversation before their eyes."""
    return encode({"t": "viewers", "conversations": conversations})


def presence(agents: dict[int, str], contacts: dict[int, dict[str, Any]]) -> str:
    """Who is there."""
    return encode({"t": "presence", "agents": agents, "contacts": contacts})
