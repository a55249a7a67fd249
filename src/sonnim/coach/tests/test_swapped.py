"""A slip of the fingers is told from another number: two neighbours changed places, and nothing else."""

import pytest

from sonnim.coach.text.figures import swapped


@pytest.mark.parametrize(("one", "other"), [("94.90", "49.90"), ("1,234", "1,324"), ("AB-172", "AB-127"), ("86", "68")])
def test_two_neighbours_that_changed_places_are_a_slip(one: str, other: str) -> None:
    assert swapped(one, other)
    assert swapped(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12", "31"), ("1234", "4231"), ("4.99", "49.9"), ("77", "77"), ("123", "1234"), ("2143", "1234")],
)
def test_any_other_difference_is_another_number(one: str, other: str) -> None:
    assert not swapped(one, other)
    assert not swapped(other, one)
