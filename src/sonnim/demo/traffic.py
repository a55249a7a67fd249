"""Simulated shoppers who come, write, wait for an answer like people do, and leave."""

import asyncio
import contextlib
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from itertools import cycle

from sonnim.demo.people import Dialogue, dialogues
from sonnim.demo.visitor import Refused, Visitor, get_text

LETTERS_PER_S = {"ko": 5.0, "zh": 3.5, "en": 9.0}
TYPING_S = (1.5, 9.0)
TYPING_REPEAT_S = 3.0
READING_S = (2.0, 5.0)
PATIENCE_S = 90.0
LEAVES_AFTER_S = 240.0
PAUSE_S = (3.0, 12.0)
_chance = random.SystemRandom()
_WIDGET = re.compile(r'src="/widget/([\w-]+)\.js"')


@dataclass
class Tally:
    """What has happened so far."""

    came: int = 0
    here: int = 0
    written: int = 0
    answered: int = 0
    began: float = field(default_factory=time.monotonic)

    def line(self) -> str:
        """One calm line."""
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        return (
            f"{minutes:02}:{seconds:02}  {self.here} here, {self.came} came  ·  "
            f"{self.written} messages written  ·  {self.answered} answers read"
        )


class Pace:
    """Spreads the messages of all shoppers to so many a minute."""

    def __init__(self, *, per_minute: float) -> None:
        self._gap = 60 / per_minute
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for one's turn to write."""
        now = time.monotonic()
        self._next = max(self._next, now)
        turn, self._next = self._next, self._next + self._gap * _chance.uniform(0.7, 1.3)
        await asyncio.sleep(turn - now)


class Person:
    """One visit: a dialogue, spoken through the widget's own protocol."""

    def __init__(self, *, url: str, key: str, dialogue: Dialogue, pace: Pace, tally: Tally) -> None:
        self._dialogue, self._pace, self._tally = dialogue, pace, tally
        self._answered = asyncio.Event()
        self._visitor = Visitor(
            url=url,
            key=key,
            locale=dialogue.locale,
            page=dialogue.page,
            title=dialogue.title,
            on_answer=self._answered.set,
        )

    async def visit(self) -> None:
        """Come, talk and leave. Raises: OSError, Refused."""
        await self._visitor.begin()
        self._tally.came += 1
        self._tally.here += 1
        try:
            async with _beside(self._visitor.run):
                await self._talk()
        finally:
            self._tally.here -= 1

    async def _talk(self) -> None:
        for text in self._dialogue.opening:
            await self._write(text)
        for text in self._dialogue.replies:
            if not await self._hear():
                return
            await self._write(text)
        if await self._hear():
            await self._write(self._dialogue.farewell)

    async def _hear(self) -> bool:
        """Wait for an answer, ask once more, and give up in the end."""
        if not await self._answer_within(PATIENCE_S):
            await self._write(self._dialogue.nudge)
            if not await self._answer_within(LEAVES_AFTER_S):
                return False
        self._answered.clear()
        self._tally.answered += 1
        await asyncio.sleep(_chance.uniform(*READING_S))
        return True

    async def _answer_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), seconds)
        return self._answered.is_set()

    async def _write(self, text: str) -> None:
        await self._pace.wait()
        shortest, longest = TYPING_S
        left = min(max(len(text) / LETTERS_PER_S[self._dialogue.locale], shortest), longest)
        while left > 0:
            await self._visitor.show_typing(True)
            await asyncio.sleep(min(left, TYPING_REPEAT_S))
            left -= TYPING_REPEAT_S
        await self._visitor.say(text)
        self._tally.written += 1


async def run_traffic(
    *, url: str, shoppers: int, per_minute: float, seconds: float | None, report: Callable[[Tally], None]
) -> Tally:
    """Let shoppers come until `seconds` are over, or until cancelled.

    Args:
        shoppers: how many are there at the same time.
        per_minute: how many messages they write together.
        report: called each second.

    Raises:
        OSError: nobody listens at `url`.
        Refused: there is no demo store, or it takes no shoppers.
    """
    key = await asyncio.to_thread(widget_key, url)
    pace, tally, scripts = Pace(per_minute=per_minute), Tally(), _shuffled()

    async def keep_coming() -> None:
        while True:
            person = Person(url=url, key=key, dialogue=next(scripts), pace=pace, tally=tally)
            # A server that restarts or is busy is no reason to stay at home.
            with contextlib.suppress(OSError):
                await person.visit()
            await asyncio.sleep(_chance.uniform(*PAUSE_S))

    async def keep_reporting() -> None:
        while True:
            report(tally)
            await asyncio.sleep(1)

    with contextlib.suppress(TimeoutError), _first_cause():
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            group.create_task(keep_reporting())
            for _ in range(shoppers):
                group.create_task(keep_coming())
    return tally


def widget_key(url: str) -> str:
    """The demo shop's public key, read from its store's page as a browser would. Raises: OSError, Refused."""
    found = _WIDGET.search(get_text(f"{url}/store/"))
    if found is None:
        raise Refused("there is no demo store here; `sonnim demo create` makes one")
    return found[1]


def _shuffled() -> "cycle[Dialogue]":
    scripts = list(dialogues())
    _chance.shuffle(scripts)
    return cycle(scripts)


@contextlib.asynccontextmanager
async def _beside(work: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    """Have `work` run as long as the block does; what ends it early ends the block."""
    with _first_cause():
        async with asyncio.TaskGroup() as group:
            task = group.create_task(work())
            yield
            task.cancel()


@contextlib.contextmanager
def _first_cause() -> Iterator[None]:
    """Raise what went wrong in a task group as itself."""
    try:
        yield
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
