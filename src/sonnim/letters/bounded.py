"""Reading mail in a process that can be killed: what a stranger sent may cost ten seconds and 512 MB, no more.

A worker is started when the first mail comes, reads one after the other, and is replaced from time to time.
"""

import atexit
import subprocess
import sys
import threading
from contextlib import suppress
from queue import Empty, LifoQueue

import msgspec

from sonnim.letters.letter import Letter
from sonnim.letters.limits import MAX_BYTES, Unreadable
from sonnim.letters.worker import LENGTH, Answer, take

LIMIT_S = 10.0
MAILS_PER_WORKER = 1_000
AT_ONCE = 2


class Reader:
    """Reads mails for any thread, at most `at_once` at the same time.

    Args:
        limit_s: how long one mail may take; what takes longer is refused, and the worker killed.
    """

    def __init__(self, *, limit_s: float = LIMIT_S, at_once: int = AT_ONCE, program: str = "sonnim.letters.worker"):
        self._limit_s = limit_s
        self._free = threading.Semaphore(at_once)
        self._idle: LifoQueue[_Worker] = LifoQueue()
        self._program = program

    def read(self, raw: bytes) -> Letter:
        """What a mail says.

        Raises:
            Unreadable: it is larger, deeper or stranger than mails are, or takes too much time or memory.
        """
        if len(raw) > MAX_BYTES:
            raise Unreadable("It is larger than 30 MB.")
        with self._free:
            worker = self._worker()
            try:
                answer = worker.ask(raw, self._limit_s)
            except BaseException:
                worker.end()
                raise
            if worker.used < MAILS_PER_WORKER:
                self._idle.put(worker)
            else:
                worker.end()
        if answer.letter is None:
            raise Unreadable(answer.refused)
        return answer.letter

    def close(self) -> None:
        """End the workers that are idle; the next mail starts a new one."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def _worker(self) -> "_Worker":
        with suppress(Empty):
            worker = self._idle.get_nowait()
            if worker.alive:
                return worker
            worker.end()
        return _Worker(self._program)


class _Worker:
    """One process, and the two pipes to it."""

    def __init__(self, program: str) -> None:
        self.used = 0
        # -P: the folder in which somebody happens to start the server has no modules for it.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, raw: bytes, limit_s: float) -> Answer:
        """Have one mail read.

        Raises:
            Unreadable: there was no answer in time, or none at all.
        """
        self.used += 1
        late = threading.Event()
        alarm = threading.Timer(limit_s, self._stop, (late,))
        alarm.start()
        try:
            frame = self._exchange(raw)
        finally:
            alarm.cancel()
        if frame is None:
            raise Unreadable(
                f"Reading it takes longer than {limit_s:g} seconds."
                if late.is_set()
                else "Reading it takes more memory or time than a mail may."
            )
        return msgspec.msgpack.decode(frame, type=Answer)

    def end(self) -> None:
        """Let the process go, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was left to write has no reader
                    pipe.close()
        self._process.wait()

    def _exchange(self, raw: bytes) -> bytes | None:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(LENGTH.pack(len(raw)))
            self._process.stdin.write(raw)
            self._process.stdin.flush()
            return take(self._process.stdout)
        except BrokenPipeError:
            return None

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()


READER = Reader()
"""The one that a process uses; nothing is started before the first mail."""
atexit.register(READER.close)
