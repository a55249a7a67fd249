"""How much comes through a form just now, from where, and what it therefore costs to add to it.

Nothing here shuts a form: a limit that some dozen addresses can reach together is a lever for whoever wants it shut.
"""

from ipaddress import ip_address, ip_network

from django.core.cache import cache

from sonnim.channels.kinds.webform import tokens
from sonnim.kernel import clock
from sonnim.kernel.throttle import throttle

SPAN_S = 600
CALM = 50
"""What may come through a form in ten to twenty minutes before its puzzle grows: more than a busy shop's forms see."""
PLAIN_FROM_ONE, PLAIN_FROM_NETWORK, PLAIN_THROUGH = 5, 15, 60
WORKED_FROM_ONE, WORKED_FROM_NETWORK = 20, 100
"""How much may come in an hour from one address and from its network: without the puzzle, and after it."""
_HOUR = 3600


def bits_asked(form_id: int) -> int:
    """How hard the puzzle of a page is that is given out now: twice the work each time that the load doubles."""
    now = _window()
    known = cache.get_many([_key(form_id, window) for window in (now, now - 1)])
    more = int(sum(known.values()) // CALM).bit_length()
    return min(tokens.BITS + more, tokens.MOST_BITS)


def note_one(form_id: int) -> None:
    """Count what has come through a form."""
    key = _key(form_id, _window())
    cache.add(key, 0, timeout=3 * SPAN_S)
    try:
        cache.incr(key)
    except ValueError:  # it expired between the two calls
        cache.set(key, 1, timeout=3 * SPAN_S)


def check_origin(address: str, *, worked: bool) -> None:
    """Raises: Throttled, when too much has come from an address, or from the network that it is one of."""
    kind = "worked" if worked else "plain"
    throttle(f"form-from-{kind}", address, WORKED_FROM_ONE if worked else PLAIN_FROM_ONE, _HOUR)
    network = network_of(address)
    throttle(f"form-near-{kind}", network, WORKED_FROM_NETWORK if worked else PLAIN_FROM_NETWORK, _HOUR)


def is_flooded(form_id: int) -> bool:
    """Count one that came without the puzzle; whether there were so many that they are to wait among the spam."""
    return throttle("form-through-plain", str(form_id), PLAIN_THROUGH, _HOUR, refuse=False) > 0


def network_of(address: str) -> str:
    """What one renter of addresses usually has: 256 of them, or of the sixth version's a site."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    plain = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{plain}/{24 if plain.version == 4 else 48}", strict=False))


def _window() -> int:
    return clock.now_ms() // 1000 // SPAN_S


def _key(form_id: int, window: int) -> str:
    return f"form-load:{form_id}:{window}"
