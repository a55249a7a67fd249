"""The process in which mail is read: it may be stopped at any moment, and has only so much memory.

Run as `python -m sonnim.letters.worker`. Frames on its standard input are mails, frames on its standard output the
answers; a frame is its length in four bytes and its bytes. See `bounded` for the other end.
"""

import gc
import resource
import struct
import sys
from typing import IO

import msgspec

from sonnim.letters.letter import Letter, read
from sonnim.letters.limits import Unreadable

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 600  # for all that one worker reads; should whoever started it vanish, it does not run for ever
LENGTH = struct.Struct("!I")


class Answer(msgspec.Struct):
    """What became of a mail: exactly one of the two is there."""

    letter: Letter | None = None
    refused: str = ""


def main() -> None:
    """Read mails until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    gc.freeze()
    while (raw := take(sys.stdin.buffer)) is not None:
        answer = answered(raw)
        sys.stdout.buffer.write(LENGTH.pack(len(answer)))
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


def take(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None when the other end has gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    size: int = LENGTH.unpack(head)[0]
    frame = pipe.read(size)
    return frame if len(frame) == size else None


def answered(raw: bytes) -> bytes:
    """Read one mail. A mail that takes more memory than there is, or breaks the reader, is refused like any other."""
    try:
        return msgspec.msgpack.encode(Answer(read(raw)))
    except Unreadable as error:
        return msgspec.msgpack.encode(Answer(refused=str(error)))
    except MemoryError:
        return msgspec.msgpack.encode(Answer(refused="Reading it takes more memory than a mail may."))
    except RecursionError:
        return msgspec.msgpack.encode(Answer(refused="It is nested more deeply than can be read."))
    except Exception as error:
        return msgspec.msgpack.encode(Answer(refused=f"Reading it failed: {type(error).__name__}: {error}"[:300]))


if __name__ == "__main__":
    main()
