"""Questions to the domain name system, each with a few seconds at most."""

from typing import Any

import dns.exception
import dns.resolver
from dns.rdatatype import RdataType

LONGEST_S = 3.0


class NoAnswer(Exception):
    """The name servers could not be asked, or gave no answer in time; nothing is known."""


def texts_of(name: str) -> list[str]:
    """The TXT records of a name; none when it has none.

    Raises:
        NoAnswer.
    """
    return [b"".join(each.strings).decode("utf-8", "replace") for each in _asked(name, RdataType.TXT)]


def exchangers_of(domain: str) -> list[str]:
    """Who takes a domain's mail, the preferred one first. Raises: NoAnswer."""
    found = sorted(_asked(domain, RdataType.MX), key=lambda each: int(each.preference))
    return [each.exchange.to_text().rstrip(".").lower() for each in found]


def services_of(name: str) -> list[tuple[str, int]]:
    """Host and port of a service (RFC 6186), the preferred one first. Raises: NoAnswer."""
    found = sorted(_asked(name, RdataType.SRV), key=lambda each: (int(each.priority), -int(each.weight)))
    places = [(each.target.to_text().rstrip(".").lower(), int(each.port)) for each in found]
    return [place for place in places if place[0]]  # a lone dot says that there is none


def _asked(name: str, kind: RdataType) -> list[Any]:
    try:
        return list(dns.resolver.resolve(name, kind, lifetime=LONGEST_S, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}"[:200]) from error
