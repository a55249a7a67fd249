"""What commands need that have several processes work for them."""

import argparse
import itertools
from collections import deque
from collections.abc import Iterator
from typing import TypeVar

MOST = 256
T = TypeVar("T")


def jobs(text: str) -> int:
    """How many processes somebody wants, as argparse reads it."""
    value = int(text)
    if not 1 <= value <= MOST:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST}")
    return value


def ahead(things: Iterator[T], n: int) -> Iterator[T]:
    """The same in their order, of which the next `n` are begun already."""
    begun = deque(itertools.islice(things, n))
    while begun:
        yield begun.popleft()
        begun.extend(itertools.islice(things, 1))
