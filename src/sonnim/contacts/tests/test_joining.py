"""Two contacts that are one person: what the one looks like, and what it goes back to."""

from typing import Any

import pytest

from sonnim.contacts.joining import joined, keys_end, other_ways, parted
from sonnim.kernel.errors import Conflict


def fields(**given: Any) -> dict[str, Any]:
    return {
        "name": "", "email": "", "phone": "", "timezone": "", "notes": "", "attributes": {}, "consents": {},
        "tag_ids": [], "verified": False, "blocked": False, "last_seen_at": None, "created_at": 100, **given,
    }  # fmt: skip


def said(given: bool, at: str) -> dict[str, Any]:
    return {"given": given, "at": at, "by": 1}


def test_what_the_kept_one_says_goes_before_and_the_other_fills_the_gaps() -> None:
    one = joined(
        fields(name="김손님", phone="010-1", attributes={"tier": "gold"}, tag_ids=[3, 1], last_seen_at=5),
        fields(name="Kim", email="kim@example.test", attributes={"tier": "none", "size": "L"}, tag_ids=[1, 2],
               created_at=50, blocked=True),
    )  # fmt: skip
    assert (one["name"], one["phone"], one["email"]) == ("김손님", "010-1", "kim@example.test")
    assert one["attributes"] == {"tier": "gold", "size": "L"}
    assert one["tag_ids"] == [3, 1, 2]
    assert (one["created_at"], one["last_seen_at"], one["blocked"], one["verified"]) == (50, 5, True, False)


@pytest.mark.parametrize(
    ("kept", "gone", "become"),
    [("a", "b", "a\n\nb"), ("a", "", "a"), ("", "b", "b"), ("same", "same", "same"), (" a ", "", " a "), ("", "", "")],
)
def test_no_note_is_lost(kept: str, gone: str, become: str) -> None:
    assert joined(fields(notes=kept), fields(notes=gone))["notes"] == become


def test_of_two_answers_to_a_consent_the_later_one_counts() -> None:
    kept = {
        "surveys": said(True, "2026-01-01T00:00:00.000+00:00"),
        "calls": said(True, "2026-03-01T00:00:00.000+00:00"),
    }
    gone = {
        "surveys": said(False, "2026-02-01T00:00:00.000+00:00"),
        "calls": said(False, "2026-02-01T00:00:00.000+00:00"),
        "news_email": said(True, "2026-02-01T00:00:00.000+00:00"),
    }
    become = joined(fields(consents=kept), fields(consents=gone))["consents"]
    assert {purpose: each["given"] for purpose, each in become.items()} == {
        "surveys": False, "calls": True, "news_email": True,
    }  # fmt: skip


def test_what_is_too_much_for_one_contact_is_refused() -> None:
    with pytest.raises(Conflict):
        joined(fields(notes="a" * 6000), fields(notes="b" * 6000))
    with pytest.raises(Conflict):
        joined(fields(attributes={f"a{n}": n for n in range(30)}), fields(attributes={f"b{n}": n for n in range(30)}))


def test_an_address_that_is_not_shown_any_more_is_kept_as_a_way_to_be_known() -> None:
    kept, gone = fields(email="a@example.test"), fields(email="b@example.test", phone="010-1")
    assert other_ways(kept, gone) == [("email", "b@example.test")]
    assert other_ways(kept, fields(email="a@example.test")) == []


def test_a_proven_customer_is_not_written_to_at_an_address_that_a_stranger_gave() -> None:
    proven, stranger = fields(verified=True), fields(email="eve@example.test", phone="010-1")
    one = joined(proven, stranger)
    assert (one["email"], one["phone"]) == ("", "010-1")
    assert other_ways(proven, stranger) == [("email", "eve@example.test")]
    both = fields(verified=True, email="mina@example.test")
    assert joined(proven, both)["email"] == "mina@example.test"
    assert other_ways(proven, both) == []


def test_only_a_proof_lets_a_browser_see_a_proven_customers_history() -> None:
    proven, stranger = fields(verified=True), fields()
    assert keys_end(proven, stranger)
    assert not keys_end(proven, proven)
    assert not keys_end(stranger, stranger)


def test_parting_sets_back_what_nobody_has_touched_since() -> None:
    before, gone = fields(name="Kim", notes="a"), fields(email="kim@example.test", notes="b")
    after = joined(before, gone)
    assert parted(before, after, after) == {"email": "", "notes": "a"}
    assert parted(before, after, {**after, "notes": "a\n\nb\n\nand c"}) == {"email": ""}
