"""The turnstile lets threads in by the order in which they came."""

import threading

import pytest

from sonnim.kernel.turnstile import Turnstile


def _queue_up(turnstile: Turnstile, names: list[str], entered: list[str]) -> list[threading.Thread]:
    """Threads that wait at the turnstile, one behind the other."""
    threads = []
    for name in names:
        thread = threading.Thread(target=lambda name=name: _enter(turnstile, name, entered))
        thread.start()
        threads.append(thread)
        deadline = threading.Event()
        while len(turnstile._waiting) < len(threads):
            assert not deadline.wait(0.001)
    return threads


def _enter(turnstile: Turnstile, name: str, entered: list[str]) -> None:
    with turnstile:
        entered.append(name)


def test_who_came_first_is_first() -> None:
    turnstile = Turnstile()
    entered: list[str] = []
    names = [f"{number:02}" for number in range(20)]
    with turnstile:
        threads = _queue_up(turnstile, names, entered)
        assert entered == []
    for thread in threads:
        thread.join(10)
    assert entered == names


def test_who_leaves_does_not_overtake_those_who_wait() -> None:
    turnstile = Turnstile()
    entered: list[str] = []
    with turnstile:
        threads = _queue_up(turnstile, ["waiting"], entered)
    with turnstile:
        entered.append("again")
    for thread in threads:
        thread.join(10)
    assert entered == ["waiting", "again"]


def test_a_thread_inside_may_enter_again() -> None:
    turnstile = Turnstile()
    with turnstile, turnstile:
        assert turnstile._depth == 2
    entered: list[str] = []
    thread = threading.Thread(target=_enter, args=(turnstile, "next", entered))
    thread.start()
    thread.join(10)
    assert entered == ["next"]


def test_an_error_inside_lets_the_next_one_in() -> None:
    turnstile = Turnstile()
    with pytest.raises(ValueError, match="inside"), turnstile:
        raise ValueError("inside")
    entered: list[str] = []
    thread = threading.Thread(target=_enter, args=(turnstile, "next", entered))
    thread.start()
    thread.join(10)
    assert entered == ["next"]


def test_two_are_never_inside_together() -> None:
    turnstile = Turnstile()
    inside = worst = 0

    def work() -> None:
        nonlocal inside, worst
        for _ in range(200):
            with turnstile:
                inside += 1
                worst = max(worst, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (inside, worst) == (0, 1)
