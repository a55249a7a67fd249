"""The clocks of a conversation as its row keeps them; what they are is the plan's affair."""

from typing import Literal

import msgspec

Kind = Literal["first_reply", "next_reply", "silence", "resolution"]


class Clock(msgspec.Struct, omit_defaults=True):
    """One promise under way. Instants and durations are milliseconds, of business time where the policy says so.

    Attributes:
        policy: the policy that promised it.
        started: when it began; with `kind` it tells a clock from the next one.
        target: how long it may take.
        spent: what had run before it last stood still.
        since: since when it runs; None while it stands still.
        warn: when it warns.
        due: when the promise is broken.
        strikes: when it does something next; None when nothing is left to do.
        done: the strikes that are behind it, by their keys.
        warned: it has warned.
        late: the promise is broken.
    """

    kind: Kind
    policy: int
    started: int
    target: int
    spent: int = 0
    since: int | None = None
    warn: int | None = None
    due: int | None = None
    strikes: int | None = None
    done: tuple[str, ...] = ()
    warned: bool = False
    late: bool = False


_decoder = msgspec.json.Decoder(list[Clock])
_encoder = msgspec.json.Encoder()


def read(encoded: str) -> list[Clock]:
    """The clocks of a row."""
    return [] if encoded == "[]" else _decoder.decode(encoded)


def written(clocks: list[Clock]) -> str:
    """The clocks for a row."""
    return _encoder.encode(clocks).decode() if clocks else "[]"
