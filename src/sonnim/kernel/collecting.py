"""Memory, as processes want it that keep much and make much that is short-lived."""

import ctypes
import gc


def settle() -> None:
    """Let what was loaded by now stay for good, and look for cycles seldom.

    Without this, the collections that traffic causes walk through all of it again and again: 17 % of the time at 5,000
    messages a second, 20 % of a review of drafts.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def give_back() -> None:
    """Hand back to the system what the C library holds of memory that is free, after something large was made.

    Does nothing where the C library is not glibc. Of 57 MB that the coach's languages took, 18 were free.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
