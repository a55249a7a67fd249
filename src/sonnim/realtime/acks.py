"""Carries the writer's answers back to the event loop, a batch at a time."""

import asyncio
from collections import deque
from typing import Protocol

from sonnim.conversations.posting import Outcome


class Sender(Protocol):
    """Whoever waits for an answer."""

    def answered(self, client_id: str, outcome: Outcome) -> None:
        """Called on the event loop's thread."""


class Acks:
    """Waking the loop costs a system call; answers of one batch share it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._answers: deque[tuple[Sender, str, Outcome]] = deque()
        self._awake = False

    def put(self, sender: Sender, client_id: str, outcome: Outcome) -> None:
        """Hand over one answer; called on the writer's thread."""
        self._answers.append((sender, client_id, outcome))
        if not self._awake:
            self._awake = True
            self._loop.call_soon_threadsafe(self._drain)

    def _drain(self) -> None:
        self._awake = False
        while self._answers:
            sender, client_id, outcome = self._answers.popleft()
            sender.answered(client_id, outcome)
