"""The owner of a test shop, signed in with a password: for what an API token may not do."""

import json
from types import TracebackType
from typing import Any, Self

import httpx

from tests.people import PASSWORD
from tests.protocol.desk import Desk

AUTH = "/_allauth/browser/v1"


class Owner:
    """A browser's session over HTTP."""

    def __init__(self, desk: Desk, *, email: str = "", password: str = PASSWORD) -> None:
        self.desk = desk
        self.http = httpx.Client(base_url=desk.server.url, trust_env=False, timeout=30)
        self.http.headers["Origin"] = desk.server.url
        self.http.get("/console/")
        email = email or f"owner@{desk.made['name']}.test"
        answer = self.post(f"{AUTH}/auth/login", {"email": email, "password": password})
        assert answer.status_code == 200, answer.text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self.http.cookies)

    @property
    def cookie(self) -> str:
        """The header that a browser would send."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def request(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies.get("csrftoken") or ""}
        content = None if body is None else json.dumps(body)
        return self.http.request(method, path, content=content, headers={**headers, "Content-Type": "application/json"})

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.request("POST", path, body)

    def sign_out(self) -> None:
        self.request("DELETE", f"{AUTH}/auth/session")

    def identity_secret(self) -> str:
        """A new secret for signing shoppers' identities."""
        answer = self.post(f"/api/v1/shops/{self.desk.shop}/settings/identity-secret")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["secret"])


def join(desk: Desk, name: str, role: str = "agent") -> tuple[int, httpx.Client]:
    """Invite somebody who accepts; answers the id of the agent, and the browser that is signed in."""
    shop = f"/api/v1/shops/{desk.shop}"
    owner = desk.agent("owner")
    email = f"{name}@{desk.key}.test"
    link = desk.call(owner, "POST", "/invitations", {"email": email, "role": role, "locale": "en"}, expect=201)["link"]
    browser = httpx.Client(base_url=desk.server.url, trust_env=False, timeout=30)
    browser.headers["Origin"] = desk.server.url
    browser.get("/console/")
    browser.headers["X-CSRFToken"] = browser.cookies["csrftoken"]
    token = link.rsplit("/", 1)[1]
    answer = browser.post(f"/api/v1/invitations/{token}", json={"name": name, "password": PASSWORD, "locale": "en"})
    assert answer.status_code in {200, 201}, answer.text
    browser.headers["X-CSRFToken"] = browser.cookies["csrftoken"]
    agents = browser.get(f"{shop}/agents").json()["items"]
    return next(agent["id"] for agent in agents if agent["name"] == name and not agent["removed"]), browser
