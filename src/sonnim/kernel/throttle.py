"""Limits for what comes from outside, counted in the shared cache so that all nodes count together."""

from ipaddress import AddressValueError, IPv6Address

from django.core.cache import cache

from sonnim.kernel import clock
from sonnim.kernel.errors import Throttled


def throttle(what: str, who: str, limit: int, per_s: int, *, refuse: bool = True) -> float:
    """Count one, in fixed windows.

    Args:
        who: an address, or anything else that has limits of its own.
        limit: how many are allowed in `per_s` seconds.
        refuse: raise when there are too many; else only answer.

    Returns:
        0, or the seconds to wait.

    Raises:
        Throttled: too many.
    """
    now = clock.now_ms() / 1000
    window = int(now // per_s)
    key = f"throttle:{what}:{window}:{_counted(who)}"
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


def _counted(who: str) -> str:
    """Of an IPv6 address its network: whoever has one of those has 2 to the 64 of them."""
    if ":" not in who:
        return who
    try:
        address = IPv6Address(who.partition("%")[0])
    except AddressValueError:
        return who
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
