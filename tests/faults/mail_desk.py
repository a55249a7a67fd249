"""A desk on a live server that writes letters: its mailbox hands them to a server of the test's own."""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.protocol.desk import Desk

PREPARE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
import django
django.setup()
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.contacts.actions.writers import ensure_writer
shop, port = int(sys.argv[1]), int(sys.argv[2])
smtp = {"host": "127.0.0.1", "port": port, "security": "none", "user": "", "auth": "password"}
Mailbox.objects.create(shop_id=shop, address="help@ongi.example", way_in="pipe", smtp=smtp, is_default=True)
print(json.dumps(ensure_writer(shop_id=shop, address="kim@x.example", name="Kim").pk))
"""


@dataclass
class MailDesk:
    """A shop with one mailbox and one customer whose address it knows."""

    desk: Desk
    contact: int

    @classmethod
    def prepare(cls, desk: Desk, *, port: int) -> "MailDesk":
        return cls(desk, json.loads(desk.server.python("-c", PREPARE, str(desk.shop), str(port))))

    def write(self, text: str) -> tuple[int, int]:
        """A new letter to the customer; answers its conversation and its place there."""
        body = {"contact_id": self.contact, "channel": "postbox", "client_id": str(uuid.uuid4()), "text": text}
        ack = self.desk.call(self.desk.agent(), "POST", "/conversations", body)
        return ack["conversation"], ack["seq"]

    def delivery(self, place: tuple[int, int]) -> dict[str, Any]:
        """How far a letter has come."""
        entries = self.desk.entries(self.desk.agent(), place[0])
        return next(dict(entry["delivery"]) for entry in entries if entry["seq"] == place[1])

    def becomes(self, place: tuple[int, int], state: str, *, note: str = "") -> None:
        """Wait until a letter has come this far, with this in the server's words."""
        until(lambda: (found := self.delivery(place))["state"] == state and note in found["note"], f"{state} {note}")


def until(true: Callable[[], bool], what: str, *, timeout_s: float = 30) -> None:
    """Look again and again until something has happened."""
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.1)
