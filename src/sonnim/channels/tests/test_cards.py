"""Cards for links: only for the store's own pages, only for who may read the message, and nothing but text."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.channels.kinds.webchat.cards import first_link, read_page
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.posting import Post, ensure_posted

BOWL = b"""<!doctype html><title>Bowl</title><meta property="og:title" content="Moon &lt;jar&gt;  bowl">
<meta name=description content="A bowl."><body><title>Not this</title><meta property="og:description" content="no">"""


class Store:
    """A store on loopback."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        store = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the standard library's name
                store.asked.append(self.path)
                away = self.path == "/away"
                self.send_response(302 if away else 200)
                if away:
                    self.send_header("Location", store.other)
                self.send_header("Content-Type", "text/plain" if self.path == "/plain" else "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(b"" if away else BOWL)

            def log_message(self, format: str, *args: object) -> None:
                """The test's own output stays clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        self.other = f"http://localhost:{self._server.server_port}/elsewhere"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def store(people: People, settings: Any) -> Iterator[Store]:
    """The shop's own store, on a machine that the operator trusts."""
    made = Store()
    settings.OUTGOING_TRUSTED = frozenset({made.host, made.host.replace("127.0.0.1", "localhost")})
    accounts.change_settings(actor=people.actor(people.owner), allowed_origins=[made.url])
    yield made
    made.close()


def card(people: People, text: str, *, reader: str | None = None, kind: str = "message") -> Any:
    """What the widget is answered for a message of the desk with this text."""
    contact, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    first = ensure_posted(Post(people.shop.pk, "contact", contact.pk, f"a{contact.pk}", "hello", channel="webchat"))
    said = ensure_posted(
        Post(
            people.shop.pk,
            "agent",
            people.agent.pk,
            f"b{contact.pk}",
            text,
            kind=kind,
            conversation_id=first.conversation,
        )
    )
    client = Client(headers={"Authorization": f"Visitor {reader or token}"})
    return client.get("/api/v1/widget/card", {"entry": said.id})


def test_a_page_of_the_store_gets_a_card_and_is_asked_once(people: People, store: Store) -> None:
    answer = card(people, f"여기 있어요: {store.url}/bowl.")
    assert answer.json() == {"url": f"{store.url}/bowl", "title": "Moon <jar> bowl", "description": "A bowl."}
    assert card(people, f"{store.url}/bowl").status_code == 200
    assert store.asked == ["/bowl"]


@pytest.mark.parametrize("path", ["/plain", "/away"])
def test_what_is_no_page_of_the_store_gets_none(people: People, store: Store, path: str) -> None:
    assert card(people, store.url + path).status_code == 404


def test_nobody_elses_page_is_ever_asked(people: People, store: Store) -> None:
    for url in (store.other, "http://169.254.169.254/latest/meta-data", f"http://{store.host}.evil.example/"):
        assert card(people, url).status_code == 404
    assert store.asked == []


def test_an_origin_on_a_private_machine_is_not_asked_unless_the_operator_trusts_it(
    people: People, store: Store, settings: Any
) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    assert card(people, f"{store.url}/bowl").status_code == 404
    assert store.asked == []


def test_a_message_of_somebody_else_and_a_note_give_no_card(people: People, store: Store) -> None:
    _, stranger = create_visitor(shop_id=people.shop.pk, locale="ko")
    assert card(people, f"{store.url}/bowl", reader=stranger).status_code == 404
    assert card(people, f"{store.url}/bowl", kind="note").status_code == 404
    assert store.asked == []


def test_the_first_link_to_the_store_counts() -> None:
    own = {"https://shop.example"}
    assert (
        first_link("see https://other.example/ and (https://shop.example/a?b=c).", own) == "https://shop.example/a?b=c"
    )
    assert first_link("https://shop.example.evil/ https://user@shop.example/ shop.example", own) is None
    assert first_link("https://[", own) is None


@pytest.mark.parametrize("page", [b"", b"<title> </title>", b"\xff\xfe<b", b"<body><title>late</title>"])
def test_a_page_without_a_title_gets_no_card(page: bytes) -> None:
    assert read_page(page) == {}
