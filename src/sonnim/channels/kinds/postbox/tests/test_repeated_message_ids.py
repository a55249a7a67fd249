"""Some programs give each of their mails the same Message-ID: what says something else is never taken for a copy."""

import pytest
from tests.people import People
from tests.postbag import Postbag, written

from sonnim.channels.adapter import Filed
from sonnim.channels.kinds.postbox.actions.filed import forget_words
from sonnim.channels.kinds.postbox.models import Letter

SAME = "<form@shop.example>"


@pytest.fixture
def bag(people: People) -> Postbag:
    return Postbag(people)


def bring(bag: Postbag, raw: bytes) -> int | None:
    found = bag.bring(raw)
    assert isinstance(found, Filed)
    return found.entry_id


def with_file(name: str, content: str) -> bytes:
    body = "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: text/plain\r\n"
    body += f'Content-Disposition: attachment; filename="{name}"\r\n\r\n{content}\r\n--b--\r\n'
    return written(body, message_id=SAME, head='Content-Type: multipart/mixed; boundary="b"')


def test_another_text_under_the_same_name_and_subject_is_another_mail(bag: Postbag) -> None:
    first = bring(bag, written("The jar is cracked.", message_id=SAME))
    second = bring(bag, written("The bowl is late.", message_id=SAME))
    assert first != second
    assert bring(bag, written("The bowl is late.", message_id=SAME)) == second


def test_another_file_with_the_same_text_is_another_mail(bag: Postbag) -> None:
    first = bring(bag, with_file("a.txt", "one"))
    assert bring(bag, with_file("a.txt", "two")) != first
    assert bring(bag, with_file("a.txt", "one")) == first


def test_a_copy_that_was_wrapped_anew_on_its_way_is_the_same_mail(bag: Postbag) -> None:
    first = bring(bag, written("The jar is cracked.", message_id=SAME))
    anew = written(
        "The jar=20is cracked.=20\r\n\r\n", message_id=SAME, head="Content-Transfer-Encoding: quoted-printable"
    )
    assert bring(bag, anew) == first


def test_of_one_whose_wording_was_erased_nothing_comes_again(bag: Postbag) -> None:
    """That what it said stood here is not kept either: not even its fingerprint."""
    first = bring(bag, written("4111 1111 1111 1111", message_id=SAME))
    assert first is not None
    forget_words(entry_ids=[first])
    assert Letter.objects.get(entry_id=first).digest == ""
    assert bring(bag, written("4111 1111 1111 1111", message_id=SAME)) == first


def test_one_that_was_kept_before_there_were_fingerprints_is_known_by_its_subject(bag: Postbag) -> None:
    first = bring(bag, written("The jar is cracked.", message_id=SAME))
    Letter.objects.filter(entry_id=first).update(digest="")
    assert bring(bag, written("The jar is cracked.", message_id=SAME)) == first
    assert bring(bag, written("The jar is cracked.", message_id=SAME, subject="Another matter")) != first
