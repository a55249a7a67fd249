"""How long the composer waits for the marks of what is typed: over HTTP, in a conversation that is there."""

import http.client
import random
import time
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec

from sonnim.bench.coach_texts import draft, turns
from sonnim.bench.server import BenchFailed, Site
from sonnim.coach.context import Turn
from sonnim.kernel.text import LOCALES

TYPED, LETTERS = 60, 4
"""So many times the agent pauses, after so many letters more."""


class Line:
    """One connection to a site, for an agent and shoppers."""

    def __init__(self, site: Site, made: dict[str, Any]) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        self._agent = f"Bearer {made['agent_token']}"
        self._desk = f"/api/v1/shops/{made['shop']}"

    def talk(self, visitor: str, said: Sequence[Turn]) -> int:
        """Have a shopper and the agent write to each other; answers the conversation."""
        conversation = 0
        for turn in said:
            body = {"client_id": str(uuid.uuid4()), "text": turn.text}
            if turn.role == "customer":
                conversation = self._post("/api/v1/widget/messages", f"Visitor {visitor}", body)["conversation"]
            else:
                self._post(f"{self._desk}/conversations/{conversation}/messages", self._agent, body)
        return conversation

    def review(self, conversation: int, text: str) -> float:
        """Have a draft read; answers the milliseconds."""
        began = time.perf_counter()
        self._post(f"{self._desk}/conversations/{conversation}/coach", self._agent, {"draft": text})
        return (time.perf_counter() - began) * 1000

    def _post(self, path: str, who: str, body: Any) -> Any:
        headers = {"Authorization": who, "Content-Type": "application/json"}
        self._line.request("POST", path, msgspec.json.encode(body), headers)
        answer = self._line.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise BenchFailed(f"{path} was answered {answer.status}: {said[:200].decode(errors='replace')}")
        return msgspec.json.decode(said)


def round_trips(*, database_url: str | None, length: int, context: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each review while drafts of this length are finished, after so many messages, by language.

    Besides those of the first review in each language, which reads its data.
    """
    chance, taken, first = random.Random(6), list[float](), list[float]()
    with Site(database_url=database_url) as site:
        made = site.ask("seed", visitors=len(LOCALES))
        site.start()
        line = Line(site, made)
        for lang, visitor in zip(LOCALES, made["visitors"], strict=True):
            conversation, text = line.talk(visitor, turns(chance, lang, context)), draft(chance, lang, length)
            first.append(line.review(conversation, text[:LETTERS]))
            for to_come in reversed(range(TYPED)):
                taken.append(line.review(conversation, text[: length - to_come * LETTERS]))
    return taken, first
