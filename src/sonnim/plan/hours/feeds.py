"""Calendars that are kept elsewhere: fetched from the open internet, and read."""

from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from sonnim.kernel import clock, http
from sonnim.plan.hours import ical
from sonnim.plan.hours.ical import Closed, Unreadable

TIMEOUT_S = 15.0
BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)
"""For how long around today events are kept."""
Trouble = Literal["refused", "unreachable", "unreadable"]


class NotRead(Exception):
    """A feed was not read; `trouble` says why."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble: Trouble = trouble


def address_of(url: str) -> str:
    """The address to ask: what calendars call `webcal` is HTTPS."""
    scheme, separator, rest = url.strip().partition("://")
    return f"https://{rest}" if separator and scheme.lower() in {"webcal", "webcals"} else url.strip()


def host_of(url: str) -> str:
    """What may be shown of an address, whose path is often a secret."""
    return urlsplit(url).hostname or ""


def fetch(url: str, *, zone: str) -> Closed:
    """What a feed closes now.

    Raises:
        NotRead.
    """
    try:
        headers = {"Accept": "text/calendar, */*;q=0.1"}
        trusted = settings.OUTGOING_TRUSTED
        answer = http.fetch(url, timeout_s=TIMEOUT_S, max_bytes=ical.MAX_BYTES, headers=headers, trusted=trusted)
    except http.Refused as error:
        raise NotRead("refused", str(error)) from error
    except http.Unreachable as error:
        raise NotRead("unreachable", str(error)) from error
    if answer.status != 200:
        raise NotRead("unreachable", f"status {answer.status}")
    return read(answer.body, zone=zone)


def read(raw: bytes, *, zone: str) -> Closed:
    """What a file closes around today.

    Raises:
        NotRead.
    """
    today = clock.now().date()
    try:
        return ical.read(raw, zone=ZoneInfo(zone), first=today - BACK, last=today + AHEAD)
    except Unreadable as error:
        raise NotRead("unreadable", str(error)) from error
