"""The plug is pulled after the mail server has taken a letter and before we noted it: it is not sent a second time."""

import os
import signal
from pathlib import Path

from tests.faults.conftest import OpenDesk
from tests.faults.mail_desk import MailDesk
from tests.providers.smtp import Postman

CLOCK = Path(__file__).parent / "moving_clock"


def test_what_may_have_arrived_is_flagged_and_what_certainly_did_not_is_sent(open_desk: OpenDesk) -> None:
    with Postman(silent=True) as postman:
        desk = open_desk(PYTHONPATH=str(CLOCK), SONNIM_OUTGOING_TRUSTED=postman.address)
        mail = MailDesk.prepare(desk, port=postman.port)
        taken = mail.write("already there")
        postman.wait_for(1)
        waiting = mail.write("still here")
        assert (mail.delivery(taken)["state"], mail.delivery(waiting)["state"]) == ("sending", "queued")

        desk.server.kill()
        postman.silent = False
        desk.server.start()
        mail.becomes(waiting, "sent")
        os.kill(desk.server.pid, signal.SIGUSR1)  # the lease of the one that was being sent runs out
        mail.becomes(taken, "unsure")
        assert [_subjectless(each.content) for each in postman.taken] == ["already there", "still here"]

        conversation, seq = taken
        desk.call(desk.agent(), "POST", f"/conversations/{conversation}/entries/{seq}/carry", expect=204)
        mail.becomes(taken, "sent")
        assert len(postman.taken) == 3
        assert postman.taken[0].message["Message-ID"] == postman.taken[2].message["Message-ID"]


def _subjectless(content: bytes) -> str:
    return next(line for line in ("already there", "still here") if line.encode() in content)
