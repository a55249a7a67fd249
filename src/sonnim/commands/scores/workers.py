"""Processes that reckon scores: handed conversations, they answer what these are worth, and know no database."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from sonnim.kernel import collecting
from sonnim.quality.scoring import Measure, Result, score_all
from sonnim.quality.talk import Talk

Score = Callable[[list[Talk], Measure], "Future[list[Result]]"]


@contextmanager
def workers(jobs: int) -> Iterator[Score]:
    """What has conversations scored: here, or by so many processes."""
    if jobs == 1:
        yield lambda talks, measure: _at_once(score_all(talks, measure))
        return
    # A fork would hand the database's connection on; what is spawned knows the coach and nothing else.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawning, initializer=_begin, initargs=(os.getpid(),)) as pool:
        yield lambda talks, measure: pool.submit(score_all, talks, measure) if talks else _at_once([])


def _begin(parent: int) -> None:
    """Whoever waits for work from a process that was killed would wait for ever."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
    collecting.settle()


def _at_once(results: list[Result]) -> "Future[list[Result]]":
    done: Future[list[Result]] = Future()
    done.set_result(results)
    return done
