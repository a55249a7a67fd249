"""Filing a mail finds what it needs by indexes, however many letters, contacts and conversations a shop has."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.people import People
from tests.postbag import SHOPPER, Postbag, written

from sonnim.channels.kinds.postbox import reports
from sonnim.channels.kinds.postbox.answering import answered
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.contacts.models import Contact, Identity
from sonnim.kernel import sql
from sonnim.letters.bounces import Bounce
from sonnim.letters.letter import read

ROWS = 3000
BIG = "postbox_letter|contacts_identity|contacts_contact|conversations_conversation|conversations_envelope"


@pytest.fixture
def postbag(people: People) -> Postbag:
    """A mailbox of some years, in statistics the planner knows."""
    postbag = Postbag(people)
    first = postbag.first()
    postbag.answer(first.conversation_id)
    Contact.objects.bulk_create(Contact(shop=people.shop, name=f"n{n}") for n in range(ROWS))
    last = Contact.objects.latest("pk")
    Identity.objects.bulk_create(
        Identity(shop=people.shop, contact=last, kind="address", value=f"n{n}@mail.example") for n in range(ROWS)
    )
    Letter.objects.bulk_create(
        Letter(
            shop=people.shop, conversation_id=10_000 + n % 300, message_id=f"<{n}@mail.example>", out=n % 2 == 0,
            sender=f"n{n}@mail.example", recipient=f"n{n}@mail.example" if n % 2 == 0 else "", subject=f"s{n}",
            provider_id=f"p{n}" if n % 4 == 0 else "",
        )
        for n in range(ROWS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return postbag


def plans(work: Callable[[], object]) -> list[tuple[str, list[str]]]:
    """Each SELECT of the big tables, with the lines of its plan, as if there were millions of rows."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if statement.lstrip().startswith("SELECT") and re.search(BIG, statement):
            seen.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    found = []
    with connection.cursor() as cursor:
        if not sql.is_sqlite():
            cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, parameters in seen:
            cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}", parameters)
            found.append((statement, [str(row[-1]) for row in cursor.fetchall()]))
    return found


def whole_tables(plan: list[str]) -> list[str]:
    wide = rf"^SCAN ({BIG})|Seq Scan on ({BIG})|\(shop_id=\?\)$|Index Cond: \(shop_id = \d+\)$"
    return [line for line in plan if re.search(wide, line)]


def files_all(postbag: Postbag, about: int) -> None:
    ours = Letter.objects.filter(conversation_id=about, out=True).latest("pk").message_id
    postbag.bring(written(refers_to=ours, subject="Re: 달항아리 배송 문의"))
    postbag.bring(written(refers_to="<2@mail.example>", subject="Re: s2"))
    postbag.bring(written(refers_to="<p4@ses.example>", sender="new@mail.example"))


def reports_all(postbag: Postbag, about: int) -> None:
    for ids in (("<2@mail.example>",), ("<p4@ses.example>",), ()):
        letter = read(written(subject="Undelivered"))
        reports.note(letter, Bounce("n2@mail.example", "5.1.1", "userunknown", True, about=ids), shop_id=postbag.shop)


READS: dict[str, Callable[[Postbag, int], object]] = {
    "filing": files_all,
    "reports": reports_all,
    "what machines have answered": lambda postbag, about: answered(shop_id=postbag.shop, address=SHOPPER),
}


@pytest.mark.parametrize("name", ["filing", "reports", "what machines have answered"])
def test_no_table_is_read_whole(postbag: Postbag, name: str) -> None:
    about = postbag.conversations()[0].pk
    found = plans(lambda: READS[name](postbag, about))
    assert found
    wrong = {statement: plan for statement, plan in found if whole_tables(plan)}
    assert not wrong, "\n".join(f"{statement}\n  {chr(10).join(plan)}" for statement, plan in wrong.items())


def test_a_table_that_is_read_whole_is_noticed(postbag: Postbag) -> None:
    [(_, plan)] = plans(lambda: list(Letter.objects.filter(shop_id=postbag.shop, subject="x")))
    assert whole_tables(plan)


def test_a_mailbox_that_goes_is_taken_out_of_its_letters_by_an_index(postbag: Postbag) -> None:
    statement = "UPDATE postbox_letter SET mailbox_id = NULL WHERE mailbox_id = %s"
    explain = "EXPLAIN QUERY PLAN" if sql.is_sqlite() else "EXPLAIN"
    with connection.cursor() as cursor:
        if not sql.is_sqlite():
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {statement}", [postbag.mailbox.pk + 1])
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "letter_mailbox" in plan, plan
