"""A mail server hangs, or says "not now": others go on, it is asked again later, and the letter arrives once."""

import os
import signal
import socket
import threading
from pathlib import Path

from tests.faults.conftest import OpenDesk
from tests.faults.mail_desk import MailDesk
from tests.protocol.desk import Desk
from tests.providers.smtp import Postman, listening

CLOCK = Path(__file__).parent / "moving_clock"


def test_a_hanging_server_holds_up_its_own_letters_alone_and_gets_them_in_the_end(open_desk: OpenDesk) -> None:
    called, enough = threading.Event(), threading.Event()

    def hang(line: socket.socket) -> None:
        called.set()
        enough.wait()

    with Postman() as healthy, listening(hang) as port:
        trusted = f"{healthy.address} 127.0.0.1:{port}"
        desk = open_desk(PYTHONPATH=str(CLOCK), SONNIM_OUTGOING_TRUSTED=trusted)
        other = Desk.open(desk.server)
        stuck, free = MailDesk.prepare(desk, port=port), MailDesk.prepare(other, port=healthy.port)
        letter = stuck.write("hello")
        assert called.wait(20)
        free.becomes(free.write("hello"), "sent")
        assert stuck.delivery(letter)["state"] == "sending"
        enough.set()
        other.close()
    stuck.becomes(letter, "queued", note="closed")

    with Postman(port=port, verdicts=["451 4.3.0 not now", "452 4.2.2 nor now"]) as postman:
        desk.server.restart()  # it would give the server a minute's rest
        for note in ("451 4.3.0 not now", "452 4.2.2 nor now"):
            os.kill(desk.server.pid, signal.SIGUSR1)
            stuck.becomes(letter, "queued", note=note)
        os.kill(desk.server.pid, signal.SIGUSR1)
        stuck.becomes(letter, "sent")
        assert len(postman.taken) == 1
