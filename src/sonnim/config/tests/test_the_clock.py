"""What falls due with time does not wait for machines elsewhere."""

import threading

from sonnim.config import wiring
from sonnim.config.ticker import Ticker
from sonnim.conversations.later.actions import send_due


def test_a_machine_that_hangs_holds_up_nothing_that_is_due() -> None:
    assert "look" in {work.__name__ for work in wiring.ERRANDS}
    assert send_due in wiring.CLOCK
    assert not wiring.ERRANDS.keys() & wiring.CLOCK.keys()
    hangs, done = threading.Event(), threading.Event()
    tickers = [Ticker({lambda: hangs.wait(20): 0}, name="errands"), Ticker({done.set: 0})]
    for ticker in tickers:
        ticker.start()
    try:
        assert done.wait(10)
    finally:
        hangs.set()
        for ticker in tickers:
            ticker.stop()


def test_what_fell_due_while_nothing_ran_is_looked_at_as_soon_as_something_does() -> None:
    done = threading.Event()
    ticker = Ticker({done.set: 3_600}, at_once=True)
    ticker.start()
    try:
        assert done.wait(10)
    finally:
        ticker.stop()
