"""A shop on a live server, as tests address it: over HTTP, with tokens, knowing nothing of the inside."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, Self

import httpx

from tests.providers.sonnim import LiveServer

# One machine plays a whole town in these tests; what a single address or shopper may do is tested elsewhere.
LIFTED = {
    "SONNIM_VISITOR_MESSAGES": "100000/100000",
    "SONNIM_VISITOR_ARRIVALS": "1000000/60",
    "SONNIM_VISITOR_QUESTIONS": "1000000/60",
    "SONNIM_AGENT_MESSAGES": "100000/100000",
}
PAGE = 100


@dataclass(frozen=True)
class Who:
    """A client's credentials: of an agent of a shop, or of a shopper."""

    kind: str
    id: int
    token: str
    shop: int

    def resume(self, epoch: str | None, pos: int | None) -> dict[str, Any]:
        """The frame that says who this is, and up to where it has seen the log."""
        frame: dict[str, Any] = {"t": "resume", "as": self.kind, "token": self.token, "epoch": epoch, "pos": pos}
        return {**frame, "shop": self.shop} if self.kind == "agent" else frame

    @property
    def headers(self) -> dict[str, str]:
        scheme = "Bearer" if self.kind == "agent" else "Visitor"
        return {"Authorization": f"{scheme} {self.token}"}


class Desk:
    """One shop. `at` is where it is reached; another node of the same installation is another Desk."""

    def __init__(self, server: LiveServer, made: dict[str, Any]) -> None:
        self.server = server
        self.made = made
        self.shop: int = made["shop"]
        self.key: str = made["key"]
        self.http = httpx.Client(base_url=server.url, timeout=60, trust_env=False)

    @classmethod
    def open(cls, server: LiveServer, name: str | None = None) -> Self:
        """Open a shop in the server's database."""
        made = server.python("-m", "tests.protocol.prepare", name or f"shop-{uuid.uuid4().hex[:8]}")
        return cls(server, json.loads(made))

    def on(self, server: LiveServer) -> "Desk":
        """The same shop through another node."""
        return Desk(server, self.made)

    def close(self) -> None:
        self.http.close()

    def agent(self, role: str = "agent") -> Who:
        found = self.made["agents"][role]
        return Who("agent", found["id"], found["token"], self.shop)

    def visitor(self, locale: str = "ko") -> Who:
        """A shopper who has never been here."""
        answer = self.begin(None, locale=locale)
        return Who("visitor", answer["contact"]["id"], answer["token"], self.shop)

    def begin(self, token: str | None, *, locale: str = "ko") -> dict[str, Any]:
        """What the widget asks for when it opens: a shopper's snapshot."""
        answer = self.http.post("/api/v1/widget/session", json={"key": self.key, "token": token, "locale": locale})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def call(self, who: Who, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        """A request of an agent (paths are within the shop) or of a shopper (within the widget's API)."""
        answer = self.ask(who, method, path, body)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def ask(self, who: Who, method: str, path: str, body: Any = None) -> httpx.Response:
        """The same, whatever the answer is."""
        prefix = f"/api/v1/shops/{self.shop}" if who.kind == "agent" else "/api/v1/widget"
        return self.http.request(method, prefix + path, json=body, headers=who.headers)

    def entries(self, who: Who, conversation: int) -> list[dict[str, Any]]:
        """A whole timeline as an agent reads it, page by page, oldest first."""
        found: list[dict[str, Any]] = []
        before = 2**31 - 1
        while True:
            page = self.call(who, "GET", f"/conversations/{conversation}/entries?before={before}&limit={PAGE}")
            found = page["items"] + found
            if page["next"] is None:
                return found
            before = page["next"]

    def conversations(self, who: Who) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Every conversation of the shop, and every contact that has one."""
        items: list[dict[str, Any]] = []
        contacts: list[dict[str, Any]] = []
        for queue in ("all", "snoozed", "resolved", "spam"):
            cursor: str | None = ""
            while cursor is not None:
                page = self.call(who, "GET", f"/conversations?queue={queue}&limit={PAGE}{cursor}")
                items += page["items"]
                contacts += page["contacts"]
                cursor = f"&cursor={page['next']}" if page["next"] else None
        return items, contacts
