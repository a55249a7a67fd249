"""Limits for what comes from outside, counted in the shared cache so that all nodes count together."""

from django.core.cache import cache

from sonnim.kernel import clock
from sonnim.kernel.errors import Throttled


def throttle(what: str, who: str, limit: int, per_s: int, *, refuse: bool = True) -> float:
    """Count one, in fixed windows.

    Args:
        limit: how many are allowed in `per_s` seconds.
        refuse: raise when there are too many; else only answer.

    Returns:
        0, or the seconds to wait.

    Raises:
        Throttled: too many.
    """
    now = clock.now_ms() / 1000
    window = int(now // per_s)
    key = f"throttle:{what}:{window}:{who}"
    cache.add(key, 0, timeout=per_s + 5)
    try:
        count = cache.incr(key)
    except ValueError:
        count = 1  # the window's count expired between the two calls
    if count <= limit:
        return 0.0
    wait = round((window + 1) * per_s - now + 0.5, 1)
    if refuse:
        raise Throttled("Too many requests from here; please wait a little.", retry_after=wait)
    return wait
