"""A mark of ours is known again, and nobody else can make one."""

import pytest

from sonnim.channels.kinds.postbox import tokens

WHERE = {"shop_id": 3, "conversation_id": 2**40, "person_id": 77}


def test_a_mark_is_read_back_from_an_address_and_from_a_message_id() -> None:
    made = tokens.mark("c", **WHERE)
    address = tokens.reply_address("help@ongi.example", made)
    assert address.startswith("help+c")
    assert tokens.read(address.upper(), shop_id=3) == tokens.Mark("c", 2**40, 77)
    ours = tokens.message_id("help@ongi.example", shop_id=3, conversation_id=5, entry_id=9)
    assert ours.endswith("@ongi.example>")
    assert tokens.read(ours, shop_id=3) == tokens.Mark("e", 5, 9)


@pytest.mark.parametrize("place", range(6))
def test_a_mark_with_another_letter_is_nobodys(place: int) -> None:
    made = tokens.mark("c", **WHERE)
    at = [0, 1, 9, 11, -2, -20][place]
    other = "a" if made[at] != "a" else "b"
    forged = made[:at] + other + (made[at + 1 :] if at != -1 else "")
    assert forged != made
    assert tokens.read(forged, shop_id=3) is None


def test_a_mark_of_one_shop_is_none_in_another() -> None:
    assert tokens.read(tokens.mark("a", **WHERE), shop_id=4) is None


def test_a_long_address_goes_without_rather_than_break() -> None:
    long = f"{'customer-service-department'}@ongi.example"
    assert tokens.reply_address(long, tokens.mark("c", **WHERE)) == long


def test_a_secret_that_changed_makes_all_marks_void(settings: pytest.FixtureRequest) -> None:
    made = tokens.mark("c", **WHERE)
    settings.SECRET_KEY = "another one"  # type: ignore[attr-defined]
    assert tokens.read(made, shop_id=3) is None
