"""The line to a mail server is cut, or the plug pulled, between fetching a mail and noting it: each comes once."""

import os
import signal
from pathlib import Path
from typing import Any

from tests.faults.conftest import OpenDesk, scaled
from tests.faults.mail_desk import until
from tests.protocol.desk import Desk
from tests.providers.imap import ImapServer

CLOCK = Path(__file__).parent / "moving_clock"


def mail(n: int) -> bytes:
    return (
        f"From: Shopper {n} <shopper{n}@mail.example>\r\nTo: help@ongi.example\r\nSubject: Order {n}\r\n"
        f"Message-ID: <{n}@mail.example>\r\n\r\nMail {n}\r\n"
    ).encode()


def connect(desk: Desk, post: ImapServer) -> None:
    mailbox = {
        "address": "help@ongi.example", "way_in": "imap", "imap": post.settings(), "way_out": "house",
        "secrets": {"imap_password": post.password},
    }  # fmt: skip
    desk.call(desk.agent("owner"), "POST", "/mailboxes", mailbox, expect=201)


def came(desk: Desk) -> list[str]:
    """What all shoppers have written."""
    found: list[dict[str, Any]] = desk.conversations(desk.agent())[0]
    return sorted(str(each["last_text"]) for each in found)


def stored(desk: Desk) -> int:
    """How many mails are on the disk."""
    script = "import django; django.setup(); from sonnim.channels.models import Inbound; print(Inbound.objects.count())"
    return int(
        desk.server.python("-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE']='sonnim.config.settings'; {script}")
    )


def test_no_mail_is_lost_and_none_comes_twice(open_desk: OpenDesk) -> None:
    count = scaled(60)
    with ImapServer() as post:
        desk = open_desk(SONNIM_OUTGOING_TRUSTED=post.host_and_port, PYTHONPATH=str(CLOCK))
        for n in range(count // 2):
            post.put(mail(n))
        cuts = [1, 1, 0, 1]

        def cut(uids: list[int]) -> None:
            if cuts and cuts.pop():
                raise ConnectionError

        post.before_fetch = cut
        connect(desk, post)
        for n in range(count // 2, count):
            said = len(post.commands)
            post.put(mail(n))
            if n % 10 == 0:
                until(lambda said=said: len(post.commands) > said + 1, "it fetches", timeout_s=60)  # type: ignore[misc]
                desk.server.kill()
                desk.server.start()
                os.kill(desk.server.pid, signal.SIGUSR1)  # the lease of the one that died runs out
            elif n % 7 == 0:
                post.cut()
        expected = sorted(f"Mail {n}" for n in range(count))
        until(lambda: stored(desk) >= count, "all are fetched", timeout_s=90)
        os.kill(desk.server.pid, signal.SIGUSR1)  # the leases of those that were being read run out
        until(lambda: len(came(desk)) >= count, "all came", timeout_s=60)
        assert came(desk) == expected
        assert not cuts
