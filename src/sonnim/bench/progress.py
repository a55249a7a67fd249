"""A line on stderr that says what is being done, so that stdout stays for the figures."""

import sys
import time

_began = time.monotonic()


def tell(what: str) -> None:
    """One step of a measurement."""
    print(f"{time.monotonic() - _began:5.1f} s  {what}", file=sys.stderr, flush=True)
