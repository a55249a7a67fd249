"""Pure rules of mail: subjects, languages, what may be believed, and what no machine may answer."""

import pytest

from sonnim.channels.kinds.postbox import rules
from sonnim.channels.kinds.postbox.rules import Answered, may_answer_automatically
from sonnim.letters.letter import read


@pytest.mark.parametrize(
    ("subject", "core"),
    [
        ("Re: Re: Your order", "your order"),
        ("RE：您的订单", "您的订单"),
        ("回复: 转发：您的订单", "您的订单"),
        ("답장: Fwd: 주문 문의", "주문 문의"),
        ("AW: WG: Bestellung", "bestellung"),
        ("[EXTERNAL] Re[3]: Your order", "your order"),
        ("***SPAM*** Re: Your order", "your order"),
        ("Regarding: my order", "regarding: my order"),
        ("Re:", ""),
        ("Ｙｏｕｒ　order", "your order"),
    ],
)
def test_a_subject_is_known_whatever_was_put_before_it(subject: str, core: str) -> None:
    assert rules.subject_core(subject) == core


LONG = "The celadon moon jar I ordered last month was broken"


@pytest.mark.parametrize(
    ("subject", "known", "new"),
    [
        ("Re: Your order", ["Your order"], False),
        ("Refund", ["Your order"], True),
        ("Refund", ["Your order", "Re: refund"], False),
        ("Refund", [""], False),
        ("", ["Your order"], False),
        ("Re: The celadon moon jar I ordered last month was…", [LONG], False),
        ("Your order", ["Your order is on its way"], True),
    ],
)  # fmt: skip
def test_a_new_subject_is_told_from_a_shortened_one(subject: str, known: list[str], new: bool) -> None:
    assert rules.is_new_subject(subject, known) is new


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("안녕하세요, iPhone 케이스 있나요?", "ko"),
        ("您好，请问 iPhone 手机壳还有吗？", "zh"),
        ("Hello, is the moon jar still there?", "en"),
        ("こんにちは、注文について質問があります。", "ko"),
        ("?", "ko"),
        ("https://ongi.example/orders/1042 이 주문 언제 와요?", "ko"),
    ],
)
def test_a_language_is_guessed_by_its_script(text: str, locale: str) -> None:
    assert rules.locale_of(text, otherwise="ko") == locale


@pytest.mark.parametrize(
    ("results", "disowned"),
    [
        ([], False),
        (["mx.a; spf=pass; dkim=pass; dmarc=pass"], False),
        (["mx.a; dmarc=fail (p=NONE)"], True),
        (["mx.a; spf=fail; dkim=none"], True),
        (["mx.a; spf=fail; dkim=pass header.d=mail.example"], False),
        (["mx.a; spf=fail", "mx.a; dkim=pass"], False),
        (["mx.a; dkim=fail; dkim=pass; dmarc=pass"], False),
        (["mx.a; dmarc=pass", "evil; dmarc=fail"], False),
        (["mx.a; dmarc=fail", "mx.evil; dmarc=pass"], True),
        (["mx.a; dmarc=fail", "mx.a; dmarc=pass"], True),
        (["mx.a; spf=fail; dkim=none", "mx.a; dkim=pass"], True),
        (["mx.a; spf=softfail; dkim=none; dmarc=none"], False),
    ],
)
def test_only_the_server_that_wrote_last_is_asked_where_a_mail_is_from(results: list[str], disowned: bool) -> None:
    assert rules.is_disowned({"authentication-results": results}) is disowned


def mail(head: str = "", *, sender: str = "kim@mail.example", subject: str = "Where is it?") -> bytes:
    return f"From: {sender}\nTo: help@ongi.example\nSubject: {subject}\n{head}\n\nHello".encode()


NEVER = [
    "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; x=y", "Return-Path: <>", "Precedence: bulk",
    "Precedence: junk", "Precedence: list", "List-Id: <news.example>", "X-Autoreply: yes", "X-Autorespond: 1",
    "X-Auto-Response-Suppress: OOF, AutoReply", "Content-Type: multipart/report; boundary=b",
    "\n".join(f"Received: from a{n}" for n in range(26)),
]  # fmt: skip


@pytest.mark.parametrize("head", NEVER)
def test_no_machine_answers_a_machine(head: str) -> None:
    assert may_answer_automatically(read(mail(head)), Answered()) is not None


@pytest.mark.parametrize("sender", ["mailer-daemon@mail.example", "no-reply@mail.example", "NoReply+7@mail.example"])
def test_no_machine_answers_an_address_that_takes_no_mail(sender: str) -> None:
    assert may_answer_automatically(read(mail(sender=sender)), Answered()) is not None


@pytest.mark.parametrize(
    "head", ["", "Auto-Submitted: no", "Precedence: first-class", "Return-Path: <kim@mail.example>"]
)
def test_a_person_may_be_answered(head: str) -> None:
    assert may_answer_automatically(read(mail(head)), Answered()) is None


def test_no_machine_answers_itself() -> None:
    own = Answered(own=frozenset({"help@ongi.example"}))
    assert may_answer_automatically(read(mail(sender="help+c1.2.x@ongi.example")), own) is not None
    assert may_answer_automatically(read(mail()), own, is_ours=True) is not None


def test_ten_answers_an_hour_are_enough_for_one_address() -> None:
    assert may_answer_automatically(read(mail()), Answered(in_last_hour=9)) is None
    assert may_answer_automatically(read(mail()), Answered(in_last_hour=10)) is not None


def test_the_same_subject_is_not_answered_twice() -> None:
    answered = Answered(subjects=frozenset({rules.subject_core("Where is it?")}))
    assert may_answer_automatically(read(mail(subject="Re: Where is it?")), answered) is not None
    assert may_answer_automatically(read(mail(subject="Another thing")), answered) is None
