"""One raw socket, frame by frame: what an attacker holds in the hand."""

import contextlib
import json
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.protocol.desk import Desk, Who

Frame = dict[str, Any]
PATIENCE_S = 10.0


class Line:
    """A connection that does nothing by itself. `got` holds every frame that has come."""

    _open: ClassVar[list["Line"]] = []

    def __init__(self, desk: Desk, *, origin: str | None = None, cookie: str | None = None) -> None:
        self.got: list[Frame] = []
        self.closed: int | None = None
        self._pongs = 0
        self._socket: ClientConnection = connect(
            desk.server.ws_url,
            origin=Origin(origin) if origin is not None else None,
            additional_headers={"Cookie": cookie} if cookie else None,
            compression=None,
            proxy=None,
            max_size=None,
            open_timeout=PATIENCE_S,
            legacy=True,
        )
        self._open.append(self)

    @classmethod
    def live(cls, desk: Desk, who: Who, *, epoch: str | None = None, pos: int | None = None) -> "Line":
        """A line of somebody, after its `resumed`; from the present position when none is given."""
        line = cls(desk)
        if epoch is None:
            line.say(who.resume(None, None))
            epoch = line.until("reset")["epoch"]
            pos = position(desk)
        line.say(who.resume(epoch, pos))
        line.until("resumed")
        return line

    @classmethod
    def cut_all(cls) -> None:
        while cls._open:
            cls._open.pop().cut()

    def cut(self) -> None:
        with contextlib.suppress(OSError):  # it is closed already
            self._socket.socket.shutdown(socket.SHUT_RDWR)
        self._socket.recv_events_thread.join(PATIENCE_S)
        self._socket.socket.close()

    def say(self, frame: Frame | str | bytes) -> None:
        self._socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    def send(self, text: str, **more: Any) -> Frame:
        """Send a message and wait for its acknowledgement or refusal."""
        client_id = str(uuid.uuid4())
        self.say({"t": "send", "client_id": client_id, "text": text, **more})
        return self.find(lambda frame: frame.get("client_id") == client_id, "an answer to a message")

    def until(self, kind: str) -> Frame:
        """The next frame of a kind."""
        return self.find(lambda frame: frame["t"] == kind, kind)

    def event(self, type: str) -> Frame:
        """The next event of a type."""
        return self.find(lambda frame: frame.get("type") == type, type)

    def find(self, wanted: Callable[[Frame], bool], what: str) -> Frame:
        deadline = time.monotonic() + PATIENCE_S
        while (left := deadline - time.monotonic()) > 0:
            for frame in self._read(left):
                if wanted(frame):
                    return frame
            if self.closed is not None:
                break
        raise AssertionError(f"waited in vain for {what}; closed={self.closed} last={self.got[-3:]}")

    def settle(self) -> list[Frame]:
        """Everything that the server had to say up to now: what comes before its answer to a frame that nobody knows.

        A pong would not do, since heartbeats look the same.
        """
        begin = len(self.got)
        mark = f"settled-{uuid.uuid4().hex}"
        self.say({"t": mark})
        answer = self.find(lambda frame: frame["t"] == "error" and mark in frame["message"], "an answer")
        self.got.remove(answer)
        return self.got[begin:]

    def until_closed(self) -> int:
        """The code with which the server ends the line."""
        deadline = time.monotonic() + PATIENCE_S
        while self.closed is None and (left := deadline - time.monotonic()) > 0:
            self._read(left)
        assert self.closed is not None, f"the line stays open; last={self.got[-3:]}"
        return self.closed

    def events(self) -> list[Frame]:
        return [frame for frame in self.got if frame["t"] == "event"]

    def errors(self) -> list[str]:
        return [frame["code"] for frame in self.got if frame["t"] == "error"]

    def _read(self, timeout: float) -> Sequence[Frame]:
        try:
            text = str(self._socket.recv(timeout))
        except TimeoutError:
            return ()
        except ConnectionClosed as end:
            self.closed = end.rcvd.code if end.rcvd else 1006
            return ()
        frames = [json.loads(part) for part in text.split("\n")]
        self.got += frames
        return frames


def position(desk: Desk) -> int:
    """The head of the shop's log."""
    return int(desk.call(desk.agent("owner"), "GET", "/snapshot")["pos"])
