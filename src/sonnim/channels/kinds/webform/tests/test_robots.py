"""Robots have it harder than people: a trap, a clock, a puzzle, and limits."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.people import People

from sonnim.channels.kinds.webform import confirming, load, tokens
from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form, solution
from sonnim.conversations.models import Conversation
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock


def test_who_fills_in_what_nobody_sees_is_thanked_and_kept_among_the_spam(filler: Filler) -> None:
    assert filler.hand_in(website="https://spam.example").status_code == 200
    assert Conversation.objects.get().status == "spam"
    assert not Outbox.objects.filter(kind=confirming.OUTBOX_KIND).exists()


def test_who_is_quicker_than_people_is_asked_to_wait(filler: Filler) -> None:
    mark = filler.open()
    answer = filler.hand_in(mark=mark, wait=1)
    assert (answer.status_code, "very quick" in answer.content.decode()) == (422, True)
    assert filler.hand_in(mark=mark).status_code == 200


def test_a_page_of_yesterday_is_good_no_more(filler: Filler) -> None:
    assert filler.hand_in(wait=25 * 3600).status_code == 422


def test_a_mark_is_good_for_its_own_form_alone(filler: Filler, people: People) -> None:
    other = Filler(make_form(people, "claim"))
    assert filler.hand_in(mark=other.open()).status_code == 422
    assert filler.hand_in(mark="forged:1:2", work="1").status_code == 422
    assert filler.hand_in(mark="", work="1").status_code == 422


def test_a_puzzle_is_solved_for_its_own_page_alone(filler: Filler) -> None:
    mark = filler.open()
    wrong = [text for text in ("", "-1", "1e3", "9" * 13, "１２") if tokens.is_solved(mark, text)]
    assert wrong == []


def test_without_a_puzzle_solved_less_is_taken(filler: Filler) -> None:
    taken = [filler.hand_in(work="", message=f"question {n}").status_code for n in range(load.PLAIN_FROM_ONE + 1)]
    assert taken == [200] * load.PLAIN_FROM_ONE + [429]
    assert filler.hand_in(message="after the puzzle").status_code == 200


def test_after_too_many_from_one_address_another_one_is_still_heard(filler: Filler) -> None:
    taken = [filler.hand_in(message=f"question {n}").status_code for n in range(load.WORKED_FROM_ONE + 1)]
    assert taken[-1] == 429
    filler.address = "203.0.113.6"
    assert filler.hand_in().status_code == 200


def crowd(filler: Filler, how_many: int) -> None:
    """As if so many had come through the form just now."""
    for _ in range(how_many):
        load.note_one(filler.form.pk)


def test_the_puzzle_grows_with_what_comes_and_shrinks_again(filler: Filler) -> None:
    asked = [load.bits_asked(filler.form.pk)]
    for more in (load.CALM, load.CALM, 2 * load.CALM, 100 * load.CALM):
        crowd(filler, more)
        asked.append(load.bits_asked(filler.form.pk))
    assert asked == [tokens.BITS, tokens.BITS + 1, tokens.BITS + 2, tokens.BITS + 3, tokens.MOST_BITS]
    page = Client().get(f"/forms/{filler.form.key}").content.decode()
    assert f'data-bits="{tokens.MOST_BITS}"' in page
    with clock.moved(timedelta(seconds=2 * load.SPAN_S)):
        assert load.bits_asked(filler.form.pk) == tokens.BITS


def test_no_number_of_addresses_shuts_a_form_for_others(filler: Filler) -> None:
    crowd(filler, 5_000)
    filler.address = "198.51.100.9"
    mark = filler.open()
    assert filler.hand_in(mark=mark, work=solution(mark, bits=tokens.MOST_BITS)).status_code == 200
    assert Conversation.objects.get().status == "open"


def test_marks_that_were_gathered_in_quiet_times_are_good_no_more_in_loud_ones(filler: Filler) -> None:
    mark = filler.open()
    crowd(filler, 4 * load.CALM)
    answer = filler.hand_in(mark=mark)
    assert answer.status_code == 429
    text = answer.content.decode()
    assert "press once more" in text
    assert "Is it watertight?" in text
    assert f'data-bits="{tokens.BITS + 3}"' in text
    assert Conversation.objects.count() == 0


def test_a_network_has_a_limit_of_its_own(filler: Filler) -> None:
    taken = []
    for n in range(load.PLAIN_FROM_NETWORK + 1):
        filler.address = f"203.0.113.{n}"
        taken.append(filler.hand_in(work="", message=f"question {n}").status_code)
    assert taken == [200] * load.PLAIN_FROM_NETWORK + [429]
    filler.address = "203.0.114.1"
    assert filler.hand_in(work="").status_code == 200


def test_networks_are_told_apart_as_they_are_rented() -> None:
    same = [
        ("203.0.113.5", "203.0.113.250"),
        ("2001:db8:1::1", "2001:db8:1:ffff::2"),
        ("::ffff:203.0.113.5", "203.0.113.9"),
    ]
    assert all(load.network_of(one) == load.network_of(other) for one, other in same)
    assert load.network_of("203.0.113.5") != load.network_of("203.0.114.5")
    assert load.network_of("2001:db8:1::1") != load.network_of("2001:db8:2::1")


def test_a_flood_without_the_puzzle_is_kept_aside_and_nobody_is_turned_away(
    filler: Filler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "PLAIN_THROUGH", 2)
    for n in range(4):
        filler.address = f"198.51.{n}.1"
        assert filler.hand_in(work="", message=f"question {n}").status_code == 200
    assert sorted(Conversation.objects.values_list("status", flat=True)) == ["open", "open", "spam", "spam"]
    filler.address = "198.51.9.1"
    assert filler.hand_in(message="with the puzzle").status_code == 200
    assert Conversation.objects.filter(status="open").count() == 3
