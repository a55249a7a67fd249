"""Which rules' doing is going on in this thread, so that what they cause is told from what people do."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_chain: ContextVar[tuple[int, ...]] = ContextVar("automation_chain", default=())


def current() -> tuple[int, ...]:
    """The rules that led here, the first one first; none, when a person did."""
    return _chain.get()


@contextmanager
def acting(chain: tuple[int, ...]) -> Iterator[None]:
    """What is done within is these rules' doing."""
    token = _chain.set(chain)
    try:
        yield
    finally:
        _chain.reset(token)
