"""Delivery reports are told from mail, and say whether trying again can help."""

import pytest

from sonnim.letters.bounces import ABSENT
from sonnim.letters.letter import read

REPORT = """From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: help@ongi.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

<haneul@mail.example>: host mx.mail.example said: {diagnostic}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; haneul@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
Content-Type: message/rfc822

From: help@ongi.example
Subject: Your order

Hello
--b--
"""


@pytest.mark.parametrize(
    ("status", "diagnostic", "reason", "hard"),
    [
        ("5.1.1", "550 5.1.1 <haneul@mail.example>: Recipient address rejected: User unknown", "userunknown", True),
        ("5.2.2", "552 5.2.2 Mailbox full", "mailboxfull", False),
        ("5.0.0", "550 The account is over quota", "mailboxfull", False),
        ("5.1.2", "550 5.1.2 Host unknown (Name server: mail.example: host not found)", "hostunknown", True),
        ("5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a list", "blocked", False),
        ("5.7.26", "550 5.7.26 Blocked: the sender is unauthenticated (DMARC)", "authfailure", False),
        ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", "mesgtoobig", False),
        ("4.4.7", "message expired after five days in the queue", "expired", False),
    ],
)  # fmt: skip
def test_a_report_says_whom_it_is_about_and_whether_it_is_for_good(
    status: str, diagnostic: str, reason: str, hard: bool
) -> None:
    bounce = read(REPORT.format(status=status, diagnostic=diagnostic, action="failed").encode()).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.status, bounce.reason, bounce.hard) == (
        "haneul@mail.example",
        status,
        reason,
        hard,
    )


def test_a_report_of_delay_is_not_for_good() -> None:
    bounce = read(REPORT.format(status="4.4.1", diagnostic="connect timed out", action="delayed").encode()).bounce
    assert bounce is not None
    assert not bounce.hard


def test_a_report_of_success_is_told_as_one() -> None:
    bounce = read(REPORT.format(status="2.0.0", diagnostic="250 ok", action="delivered").encode()).bounce
    assert bounce is not None
    assert bounce.reason == "delivered"


def test_an_old_report_without_machine_readable_parts_is_recognised() -> None:
    raw = (
        b"Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@mx.example>\n"
        b"Subject: Returned mail: User unknown\n\n"
        b"   ----- The following addresses had permanent fatal errors -----\n<haneul@mail.example>\n\n"
        b"550 5.1.1 <haneul@mail.example>... User unknown\n"
    )
    bounce = read(raw).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.hard) == ("haneul@mail.example", True)


def old(said: str, *, subject: str = "Undelivered mail", sender: str = "MAILER-DAEMON@mx.example") -> bytes:
    """A report in words alone."""
    return f"Return-Path: <>\nFrom: {sender}\nTo: help@ongi.example\nSubject: {subject}\n\n{said}\n".encode()


@pytest.mark.parametrize(
    ("said", "reason", "hard"),
    [
        (">>> RCPT To:<a@mail.example>\n<<< 550 User unknown\n421 Deferred: Connection timed out", "userunknown", True),
        ("550 User unknown", "filtered", False),
        ("** Address not found **\nYour message was not delivered to a@mail.example", "userunknown", True),
        ("550 5.1.1 받는 사람을 찾을 수 없습니다. 존재하지 않는 계정입니다.", "userunknown", True),
        ("주소를 찾을 수 없음\na@mail.example 주소를 찾을 수 없어 메일이 전송되지 않았습니다.", "userunknown", True),
        ("550 5.1.1 收件人邮箱不存在", "userunknown", True),
        ("552 5.2.2 받는 분의 메일함 용량이 초과되었습니다.", "mailboxfull", False),
        ("552 收件人邮箱空间不足", "mailboxfull", False),
        ("550 5.1.1 Empfänger unbekannt", "userunknown", True),
        ("DNS lookup failure: host shop.example not found", "hostunknown", True),
        ("Name service error for domain shop.example: Host not found, try again", "networkerror", False),
        ("an MX or SRV record indicated no SMTP service", "notaccept", True),
        ("550 5.1.1 <a@mail.example> 192.0.2.7 has sent to too many recipients this hour", "speeding", False),
        ("551 5.1.6 not our user", "hasmoved", True),
    ],
)  # fmt: skip
def test_a_servers_words_say_whether_trying_again_can_help(said: str, reason: str, hard: bool) -> None:
    bounce = read(old(f"Your mail could not be delivered.\n\n{said}")).bounce
    assert bounce is not None
    assert (bounce.reason, bounce.hard) == (reason, hard)


def test_of_two_recipients_the_first_one_is_told_of() -> None:
    first = "<a@mail.example>: 552 5.2.2 Mailbox full. " + "See https://mail.example/help for more. " * 4
    bounce = read(old(f"{first}\n<b@mail.example>: 550 5.1.1 User unknown")).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.reason) == ("a@mail.example", "mailboxfull")


@pytest.mark.parametrize(
    "subject", ["Automatic reply: Hello", "자동 회신: 문의", "自动回复：您好", "Out of Office", "Abwesenheitsnotiz"]
)
def test_a_notice_of_absence_is_told_from_a_failure(subject: str) -> None:
    bounce = read(old("I am away until Monday. 550 mails wait.", subject=subject, sender="kim@mail.example")).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.reason, bounce.hard) == ("kim@mail.example", ABSENT, False)


def test_a_report_under_a_subject_that_tells_nothing_is_known_by_the_mail_that_it_gives_back() -> None:
    raw = (
        b"Return-Path: <>\nFrom: no-reply@mx.example\nSubject: Mail\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        b"Could not be delivered to: <a@mail.example> as their mailbox is full.\n"
        b"--b\nContent-Type: message/rfc822\n\nFrom: help@ongi.example\nMessage-ID: <7@ongi.example>\n\nHello\n--b--\n"
    )
    bounce = read(raw).bounce
    assert bounce is not None
    assert (bounce.reason, bounce.about) == ("mailboxfull", ("<7@ongi.example>",))


@pytest.mark.parametrize(
    "returned",
    ["--- Original message follows.\n\nMessage-ID: <7@ongi.example>\nSubject: x", "  Message-id: <7@ongi.example>\n"],
)
def test_an_old_report_names_the_mail_that_it_is_about(returned: str) -> None:
    bounce = read(old(f"550 5.1.1 User unknown\n\n{returned}")).bounce
    assert bounce is not None
    assert bounce.about == ("<7@ongi.example>",)


def test_a_report_tells_a_delay_from_a_failure_and_says_it_in_the_servers_words() -> None:
    delayed = read(REPORT.format(status="4.4.1", diagnostic="connect timed out", action="delayed").encode()).bounce
    failed = read(REPORT.format(status="5.1.1", diagnostic="550 5.1.1 User unknown", action="failed").encode()).bounce
    assert delayed is not None
    assert failed is not None
    assert (delayed.delayed, failed.delayed) == (True, False)
    assert failed.said == "smtp; 550 5.1.1 User unknown"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: kim@mail.example\nSubject: Returned mail: why?\n\nI got '550 5.1.1 User unknown' when I wrote to you.",
        b"From: kim@mail.example\nSubject: my parcel was returned to sender\n\nIt could not be delivered.",
        b"From: Kim <kim@mail.example>\nSubject: Fwd: Undelivered Mail Returned to Sender\n\nSee below. 550 5.1.1",
        b"Return-Path: <kim@mail.example>\nFrom: kim@mail.example\nSubject: Automatic reply: about your robots\n\nHi",
        b"Return-Path: <>\nFrom: web@store.example\nSubject: A question\nAuto-Submitted: auto-generated\n\nWhere?",
        "From: kim@mail.example\nSubject: 배송 실패라고 떠요\n\n배달이 안 됐다고 나옵니다.".encode(),
        "From: kim@mail.example\nSubject: 退回\n\n收件人不存在，我的邮件被退回了，550 5.1.1".encode(),
        b"Return-Path: <>\nFrom: web@store.example\nSubject: Form\n\nMy parcel could not be delivered. 550 people saw.",
    ],
)
def test_a_persons_mail_about_a_failure_is_no_report(raw: bytes) -> None:
    assert read(raw).bounce is None


@pytest.mark.parametrize(
    "head",
    ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <news.example>", "X-Autoreply: yes",
     "Return-Path: <>", "X-Auto-Response-Suppress: All"],
)  # fmt: skip
def test_what_a_machine_sent_is_known_for_it(head: str) -> None:
    assert read(f"From: kim@mail.example\n{head}\nSubject: x\n\nbody".encode()).automatic


def test_a_persons_mail_is_not_taken_for_a_machines() -> None:
    assert not read(b"From: kim@mail.example\nAuto-Submitted: no\nSubject: x\n\nbody").automatic
