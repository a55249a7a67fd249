"""From an address to its servers: the table of providers, the domain's own word in two forms, else by hand."""

from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree

from django.conf import settings
from typing_extensions import TypedDict

from sonnim.channels.kinds.postbox import lookups, providers
from sonnim.channels.kinds.postbox.shapes import ServerObject
from sonnim.kernel.http import Refused, Unreachable, fetch

_TIMEOUT_S = 4.0
_MAX_XML = 64 * 1024
_SECURITIES = {"SSL": "tls", "STARTTLS": "starttls"}


class Found(TypedDict):
    """What was found for an address; `by` is how: table, exchanger, autoconfig, srv, or nothing."""

    by: str
    provider: str
    name: str
    imap: ServerObject | None
    smtp: ServerObject | None
    notes: list[str]
    help_url: str


def discover(address: str) -> Found:
    """Find the servers of an address; in about twelve seconds at the worst."""
    domain = address.rpartition("@")[2].encode("idna").decode()
    known = providers.of_domain(domain)
    if known is not None:
        return _of_provider(known, address, "table")
    try:
        customer_of = providers.of_exchangers(lookups.exchangers_of(domain))
    except lookups.NoAnswer:
        customer_of = None
    if customer_of is not None:
        return _of_provider(customer_of, address, "exchanger")
    imap, smtp = _own_word(domain, address)
    if imap or smtp:
        return Found(by="autoconfig", provider="", name=domain, imap=imap, smtp=smtp, notes=[], help_url="")
    imap, smtp = (
        _service(domain, address, ("_imaps", "_imap")),
        _service(domain, address, ("_submissions", "_submission")),
    )
    by = "srv" if imap or smtp else "nothing"
    return Found(by=by, provider="", name=domain, imap=imap, smtp=smtp, notes=[], help_url="")


def _of_provider(provider: providers.Provider, address: str, by: str) -> Found:
    return Found(
        by=by,
        provider=provider.key,
        name=provider.name,
        imap=providers.server(provider.imap, address),
        smtp=providers.server(provider.smtp, address),
        notes=list(provider.notes),
        help_url=provider.help_url,
    )


def _own_word(domain: str, address: str) -> tuple[ServerObject | None, ServerObject | None]:
    """What the domain publishes for mail programs. The address itself is not told: it is nobody's business yet."""
    for url in (
        f"https://autoconfig.{domain}/mail/config-v1.1.xml",
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
    ):
        try:
            answer = fetch(url, timeout_s=_TIMEOUT_S, max_bytes=_MAX_XML, trusted=settings.OUTGOING_TRUSTED)
        except (Refused, Unreachable):
            continue
        found = parse(answer.body, address) if answer.status == 200 else Servers()
        if found.imap or found.smtp:
            return found.imap, found.smtp
    return None, None


@dataclass(frozen=True, slots=True)
class Servers:
    """The two servers of an address."""

    imap: ServerObject | None = None
    smtp: ServerObject | None = None


def parse(xml: bytes, address: str) -> Servers:
    """Read a file of Mozilla's form; nothing is found in one that is not."""
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        return Servers()
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - no document type, so no entity that could grow
    except (ElementTree.ParseError, ValueError, LookupError):
        return Servers()
    return Servers(
        imap=_first(root.iterfind(".//incomingServer[@type='imap']"), address),
        smtp=_first(root.iterfind(".//outgoingServer[@type='smtp']"), address),
    )


def _first(nodes: object, address: str) -> ServerObject | None:
    read = [_server(node, address) for node in nodes]  # type: ignore[attr-defined]
    return next((each for each in read if each is not None), None)


def _server(node: ElementTree.Element, address: str) -> ServerObject | None:
    told = {child.tag: (child.text or "").strip() for child in node}
    security = _SECURITIES.get(told.get("socketType", "").upper())
    host, port, user = told.get("hostname", "").lower(), told.get("port", ""), told.get("username", address)
    local, _, domain = address.partition("@")
    for name, value in (("%EMAILADDRESS%", address), ("%EMAILLOCALPART%", local), ("%EMAILDOMAIN%", domain)):
        user, host = user.replace(name, value), host.replace(name.lower(), value)
    fine = host and quote(host, safe=".-") == host and port.isdecimal() and 0 < int(port) < 65_536
    if not security or not fine or not user.isprintable() or len(user) > 254:
        return None
    return ServerObject(host=host, port=int(port), security=security, user=user, auth="password")


def _service(domain: str, address: str, names: tuple[str, str]) -> ServerObject | None:
    for name in names:
        try:
            places = lookups.services_of(f"{name}._tcp.{domain}")
        except lookups.NoAnswer:
            return None
        for host, port in places:
            security = "tls" if name.endswith("s") else "starttls"
            return ServerObject(host=host, port=port, security=security, user=address, auth="password")
    return None
