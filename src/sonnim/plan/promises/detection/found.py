"""What is looked for in a text, and what is found; plain data."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Act = Literal["call", "mail", "message", "answer", "refund", "ship", "send", "do", "check"]
"""What is promised; the first is the most telling of several in one sentence."""
ACTS: tuple[Act, ...] = ("call", "mail", "message", "answer", "refund", "ship", "send", "do", "check")

Part = Literal["morning", "noon", "afternoon", "evening", "night", "close"]


class Calendar(Protocol):
    """Business hours, as far as a promise needs them. Instants are milliseconds since 1970 UTC."""

    def is_open(self, at: int, /) -> bool:
        """Whether the shop is open at an instant."""

    def next_change(self, at: int, /) -> int | None:
        """When it opens or closes next; None if never."""


@dataclass(frozen=True, slots=True)
class When:
    """A time as it was said. What is None was not said.

    Attributes:
        in_minutes: so long from now, as time passes.
        in_days: at the latest so many days from now.
        business_days: at the latest so many business days from now.
        business_minutes: so much open time from now.
        day: 0 is today, 1 tomorrow, …
        weekday: Monday is 0.
        weeks: 0 is this week, 1 the next one; without `weekday` the whole week.
        month: with `month_day`.
        month_day: with or without a month.
        part: of the day.
        minute: of the day.
        twelve: `minute` is of a clock with twelve hours, and nobody said which half.
        soon: without delay, and no more was said.
    """

    in_minutes: int | None = None
    in_days: int | None = None
    business_days: int | None = None
    business_minutes: int | None = None
    day: int | None = None
    weekday: int | None = None
    weeks: int | None = None
    month: int | None = None
    month_day: int | None = None
    part: Part | None = None
    minute: int | None = None
    twelve: bool = False
    soon: bool = False


@dataclass(frozen=True, slots=True)
class Timed:
    """A time and where it was said."""

    start: int
    end: int
    when: When


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may promise something."""

    start: int
    end: int
    act: Act
    needs_time: bool = False
    """It promises something only where a time is said: 'let me tell you' is told at once."""


@dataclass(frozen=True, slots=True)
class Veto:
    """Words that make no promise of what looks like one.

    Attributes:
        where: `sentence` is all of it, `before` what stands before the candidate in its clause, `ahead` what stands
            before it in its sentence, `words` the candidate, `after` what follows it in its clause, `last` the
            sentence before, which counts only where no time is said.
    """

    because: str
    where: Literal["sentence", "before", "ahead", "words", "after", "last"]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one language has to say: data, and two small functions."""

    name: str
    candidates: Callable[[str], list[Candidate]]
    times: Callable[[str], list[Timed]]
    vetoes: Sequence[Veto]
    clause: re.Pattern[str]
    """Where a clause ends and the next one begins."""
    time_follows: bool = False
    """Whether a time is usually said after what is done then."""
    question: re.Pattern[str] = field(default_factory=lambda: re.compile(r"[?？]"))


@dataclass(frozen=True, slots=True)
class Found:
    """A promise. `start` and `end` are its sentence in the text; `due` is None where no time was said."""

    start: int
    end: int
    act: Act
    due: int | None
    how: str
    """By which rule `due` came about, such as `today:close`; `soon`, or `none`."""
    said: str = ""
    """The words that say when."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Words that looked like a promise, and why they are none."""

    start: int
    end: int
    act: Act
    because: str
