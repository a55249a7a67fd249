"""A worker that some mails bring down, for the tests of who started it."""

import os
import time
from unittest import mock

from sonnim.letters import worker
from sonnim.letters.letter import Letter, read


def hindered(raw: bytes) -> Letter:
    if raw == b"slow":
        time.sleep(60)
    if raw == b"crash":
        os._exit(3)
    if raw == b"greedy":
        return read(b"From: a@example.org\r\n\r\n" + b"x" * worker.MEMORY_BYTES)
    return read(raw)


if __name__ == "__main__":
    with mock.patch.object(worker, "read", hindered):
        worker.main()
