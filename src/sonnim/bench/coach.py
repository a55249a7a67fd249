"""How long the coach takes over a draft, and how many drafts it reads in a second."""

import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import msgspec

from sonnim.bench import machine
from sonnim.bench.coach_round import round_trips
from sonnim.bench.coach_texts import draft, turns
from sonnim.bench.progress import tell
from sonnim.coach.context import Context, Line, Turn
from sonnim.coach.lines import answers
from sonnim.coach.registry import RULES
from sonnim.coach.review import judge
from sonnim.kernel import collecting
from sonnim.kernel.text import LOCALES

LENGTH, CONTEXT, JOBS = 300, 30, 2
PIECE = 50


def measure(*, database: str, database_url: str, drafts: int) -> dict[str, Any]:
    """Drafts of 300 characters in conversations of 30 turns, in three languages by turns.

    `p99_ms` is while somebody writes; `new_p99_ms` is in a conversation that the coach has never seen;
    `round_trip_p99_ms` is what the composer waits, over HTTP.

    Args:
        database: of the server that the round trips are made to.
        database_url: likewise.
        drafts: how many are reviewed, each in a conversation of its own that the coach has not seen.
    """
    around = machine.described()
    lines = _lines(drafts)
    tell("reading the languages' data")
    before = machine.resident_kb(os.getpid())
    for lang in LOCALES:
        judge(draft(random.Random(1), lang, LENGTH), Context(lang=lang, turns=turns(random.Random(1), lang, CONTEXT)))
    collecting.settle()  # as the server does
    tell(f"{drafts} drafts, one after the other, while somebody writes")
    typed = [_typed(line) for line in lines]
    after = machine.resident_kb(os.getpid())
    tell(f"{drafts} drafts in new conversations, by {JOBS} processes")
    per_second = _batch([msgspec.json.encode(line).decode() for line in lines])
    tell("round trips of the composer")
    trips, first = round_trips(database_url=database_url, length=LENGTH, context=CONTEXT)
    new, again, work = zip(*typed, strict=True)
    return {
        "machine": around,
        "rules": len(RULES),
        "p50_ms": round(machine.percentile(again, 0.5), 2),
        "p99_ms": round(machine.percentile(again, 0.99), 2),
        "new_p50_ms": round(machine.percentile(new, 0.5), 2),
        "new_p99_ms": round(machine.percentile(new, 0.99), 2),
        "new_work_p99_ms": round(machine.percentile(work, 0.99), 2),
        "drafts_per_s": round(per_second),
        "round_trip_p50_ms": round(machine.percentile(trips, 0.5), 1),
        "round_trip_p99_ms": round(machine.percentile(trips, 0.99), 1),
        "round_trip_first_ms": round(max(first)),
        "memory_added_mb": round((after - before) / 1024, 1),
    }


def _lines(count: int) -> list[Line]:
    chance = random.Random(6)
    found = []
    for number in range(count):
        lang = LOCALES[number % len(LOCALES)]
        said: list[Turn] = turns(chance, lang, CONTEXT)
        found.append(Line(lang=lang, turns=said, draft=draft(chance, lang, LENGTH)))
    return found


def _typed(line: Line) -> tuple[float, float, float]:
    """Milliseconds of the first review in a conversation, of one a few letters later, of the processor in the first."""
    worked, began = time.thread_time(), time.perf_counter()
    judge(line.draft[:-5], line)
    first, work = time.perf_counter(), time.thread_time()
    judge(line.draft, line)
    return (first - began) * 1000, (time.perf_counter() - first) * 1000, (work - worked) * 1000


def _batch(lines: list[str]) -> float:
    pieces = [lines[start : start + PIECE] for start in range(0, len(lines), PIECE)]
    with ProcessPoolExecutor(JOBS, initializer=collecting.settle) as pool:
        list(pool.map(answers, [piece[:3] for piece in pieces[:JOBS]]))  # the data is read by now
        began = time.perf_counter()
        done = sum(map(len, pool.map(answers, pieces)))
        return done / (time.perf_counter() - began)
