"""Access tokens: from the refresh token, kept until they end, and the refresh token that replaces it is kept too."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.people import People
from tests.providers.imap import ImapServer

from sonnim.channels.kinds.postbox import oauth
from sonnim.channels.kinds.postbox.fetching import MailboxReader
from sonnim.channels.kinds.postbox.imap import SignInRefused
from sonnim.channels.kinds.postbox.keys import sealed, secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.oauth import NoToken, grant, token_of


class TokenServer(ThreadingHTTPServer):
    """Answers with what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[dict[str, list[str]]] = []
        self.status, self.answer = 200, dict[str, Any](access_token="ya29.one", expires_in=3600)
        self.host_and_port = f"127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: TokenServer

    def do_POST(self) -> None:
        self.server.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        body = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def server(settings: Any) -> Iterator[TokenServer]:
    made = TokenServer()
    settings.OUTGOING_TRUSTED = frozenset({made.host_and_port})
    threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
    oauth._kept.clear()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def secrets(server: TokenServer) -> dict[str, str]:
    return {
        "oauth_token_url": f"http://{server.host_and_port}/token",
        "oauth_client_id": "sonnim",
        "oauth_client_secret": "s3cret",
        "oauth_refresh": "1//refresh",
    }


def test_a_token_is_asked_for_once_until_it_ends(server: TokenServer, secrets: dict[str, str]) -> None:
    assert [grant(secrets).token for _ in range(3)] == ["ya29.one"] * 3
    assert server.asked == [
        {
            "grant_type": ["refresh_token"],
            "refresh_token": ["1//refresh"],
            "client_id": ["sonnim"],
            "client_secret": ["s3cret"],
        }
    ]
    server.answer = {"access_token": "ya29.short", "expires_in": "30"}
    secrets["oauth_refresh"] = "1//another"
    assert [grant(secrets).token for _ in range(2)] == ["ya29.short"] * 2
    assert len(server.asked) == 3, "one that ends in half a minute is of no use for another sign-in"


@pytest.mark.parametrize(
    ("status", "answer", "permanent", "said"),
    [
        (400, {"error": "invalid_grant", "error_description": "Token has been revoked."}, True, "has been revoked"),
        (503, {}, False, "status 503"),
        (200, {"token_type": "Bearer"}, False, "status 200"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(
    server: TokenServer, secrets: dict[str, str], status: int, answer: dict[str, str], permanent: bool, said: str
) -> None:
    server.status, server.answer = status, answer
    with pytest.raises(NoToken, match=said) as refused:
        grant(secrets)
    assert refused.value.permanent is permanent


def test_an_address_for_tokens_that_is_private_is_not_asked(
    server: TokenServer, secrets: dict[str, str], settings: Any
) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    with pytest.raises(NoToken, match="refused"):
        grant(secrets)
    assert server.asked == []


def test_a_refresh_token_that_was_replaced_is_kept(
    people: People, server: TokenServer, secrets: dict[str, str]
) -> None:
    mailbox = Mailbox.objects.create(shop=people.shop, address="help@ongi.example", secrets=sealed(secrets))
    server.answer["refresh_token"] = "1//next"
    assert token_of(mailbox) == "ya29.one"
    assert secrets_of(Mailbox.objects.get()) == {**secrets, "oauth_refresh": "1//next"}
    Mailbox.objects.update(secrets=sealed({**secrets, "oauth_refresh": "1//typed anew"}))
    assert token_of(mailbox) == "ya29.one"
    assert secrets_of(Mailbox.objects.get())["oauth_refresh"] == "1//typed anew", (
        "what an owner has set meanwhile stays"
    )


def test_a_token_that_a_mail_server_refuses_is_asked_for_anew(
    people: People, server: TokenServer, secrets: dict[str, str], settings: Any
) -> None:
    with ImapServer() as mail:
        settings.OUTGOING_TRUSTED = frozenset({server.host_and_port, mail.host_and_port})
        mailbox = Mailbox.objects.create(
            shop=people.shop, address="help@ongi.example", imap=mail.settings(auth="xoauth2"), secrets=sealed(secrets)
        )
        reader = MailboxReader(mailbox)
        with pytest.raises(SignInRefused):
            reader._connected(mailbox)
        server.answer["access_token"] = "ya29.two"
        mail.tokens.add("ya29.two")
        line = reader._connected(mailbox)
        assert line.select("INBOX").uidvalidity == 1000
        line.close()
