"""Before anything is saved both servers are tried; what they say comes back in their own words, with what to do."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from tests.people import People
from tests.providers.imap import ImapServer
from tests.providers.smtp import Postman

from sonnim.channels.kinds.postbox import hints, trial
from sonnim.channels.kinds.postbox.models import Mailbox

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # on loopback
RIGHT = {"imap_password": "open sesame", "smtp_password": "open sesame"}


@pytest.fixture
def imap(settings: Any) -> Iterator[ImapServer]:
    """A server that lets `shop` in."""
    with ImapServer() as server:
        settings.OUTGOING_TRUSTED = frozenset({*settings.OUTGOING_TRUSTED, server.host_and_port})
        yield server


@pytest.fixture
def smtp(settings: Any) -> Iterator[Postman]:
    """A server that takes mail of whoever knows the password."""
    with ExitStack() as stack:
        postman = stack.enter_context(Postman(password="open sesame"))
        settings.OUTGOING_TRUSTED = frozenset({*settings.OUTGOING_TRUSTED, postman.address})
        yield postman


def tried(people: People, **body: Any) -> dict[str, Any]:
    answer = people.browser(people.owner).post(people.url("/mailboxes/test"), body)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_both_servers_let_us_in(people: People, imap: ImapServer, smtp: Postman) -> None:
    outcome = tried(people, imap=imap.settings(), smtp=smtp.settings(user="shop"), secrets=RIGHT)
    assert outcome == {"imap": trial.FINE, "smtp": trial.FINE}
    assert smtp.taken == []
    assert not Mailbox.objects.exists()


def test_a_wrong_password_comes_back_in_the_servers_words(people: People, imap: ImapServer, smtp: Postman) -> None:
    wrong = {"imap_password": "open barley", "smtp_password": "open barley"}
    outcome = tried(people, imap=imap.settings(), smtp=smtp.settings(user="shop"), secrets=wrong)
    for each in outcome.values():
        assert (each["ok"], each["step"]) == (False, "sign_in")
        assert "open barley" not in each["said"]
    assert "Application-specific password required" in outcome["imap"]["said"]
    assert outcome["imap"]["hint"] == "app_password"
    assert "535 5.7.8" in outcome["smtp"]["said"]
    assert outcome["smtp"]["hint"] == "wrong_password"


def test_a_folder_that_is_not_there_is_named(people: People, imap: ImapServer) -> None:
    outcome = tried(people, imap=imap.settings(), folder="Moon jars", secrets=RIGHT)
    assert (outcome["imap"]["step"], outcome["imap"]["hint"]) == ("folder", "no_such_folder")
    assert outcome["smtp"] is None


def test_nobody_listens(people: People, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    settings.OUTGOING_TRUSTED = frozenset({f"127.0.0.1:{port}"})
    server = {"host": "127.0.0.1", "port": port, "user": "shop"}
    outcome = tried(people, imap=server, smtp=server, secrets=RIGHT)
    assert [(each["step"], each["hint"]) for each in outcome.values()] == [("connect", "nobody_there")] * 2


def test_a_machine_of_ours_is_not_tried(people: People, imap: ImapServer, settings: Any) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    outcome = tried(people, imap=imap.settings(), smtp=imap.settings(), secrets=RIGHT)
    assert [(each["step"], each["hint"]) for each in outcome.values()] == [("connect", "not_public")] * 2
    assert imap.commands == []


def test_a_server_without_tls_is_recognised(people: People, imap: ImapServer, smtp: Postman) -> None:
    secure = {"security": "tls"}
    outcome = tried(people, imap={**imap.settings(), **secure}, smtp=smtp.settings(**secure), secrets=RIGHT)
    assert [(each["step"], each["hint"]) for each in outcome.values()] == [("connect", "try_starttls")] * 2


def test_a_server_that_hangs_costs_a_little_patience(
    people: People, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "PATIENCE_S", 0.3)
    imap.silent.set()
    outcome = tried(people, imap=imap.settings(), secrets=RIGHT)
    assert (outcome["imap"]["ok"], outcome["imap"]["hint"]) == (False, "no_answer")


def test_a_mailbox_that_exists_is_tried_with_its_own_password(people: People, imap: ImapServer) -> None:
    owner = people.browser(people.owner)
    body = {"address": "help@ongi.example", "imap": imap.settings(), "way_out": "house", "secrets": RIGHT}
    mailbox_id = owner.post(people.url("/mailboxes"), body).json()["id"]
    assert tried(people, mailbox_id=mailbox_id, imap=imap.settings())["imap"] == trial.FINE


def test_the_kept_password_is_shown_to_no_other_server(people: People, imap: ImapServer, settings: Any) -> None:
    owner = people.browser(people.owner)
    body = {"address": "help@ongi.example", "imap": imap.settings(), "way_out": "house", "secrets": RIGHT}
    mailbox_id = owner.post(people.url("/mailboxes"), body).json()["id"]
    with ImapServer() as curious:
        settings.OUTGOING_TRUSTED = frozenset({imap.host_and_port, curious.host_and_port})
        outcome = tried(people, mailbox_id=mailbox_id, imap=curious.settings())
        assert outcome["imap"]["step"] == "sign_in"


def test_trials_are_counted(people: People) -> None:
    server = {"host": "127.0.0.1", "port": 993, "user": "shop"}
    owner = people.browser(people.owner)
    codes = [owner.post(people.url("/mailboxes/test"), {"imap": server}).status_code for _ in range(21)]
    assert (codes[0], codes[-1]) == (200, 429)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("[ALERT] Application-specific password required: https://support.google.com/mail", "app_password"),
        ("534 5.7.9 Application-specific password required.", "app_password"),
        ("LOGIN failed. BasicAuthBlocked", "needs_oauth"),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "needs_oauth"),
        ("Login fail. Please use your authorization code to login.", "authorization_code"),
        ("535 Login Fail. Please enter your authorization code to login.", "authorization_code"),
        ("SELECT Unsafe Login. Please contact kefu@188.com for help", "switch_on"),
        ("Your account is not enabled for IMAP use. Please visit your settings and enable IMAP", "switch_on"),
        ("[ALERT] Please check POP3/IMAP settings", "switch_on"),
        ("[AUTHENTICATIONFAILED] Invalid credentials (Failure)", "wrong_password"),
        ("454 4.7.0 Too many login attempts, please try again later.", "too_many"),
    ],
)  # fmt: skip
def test_what_servers_say_is_understood(said: str, hint: str) -> None:
    assert hints.of_sign_in(said) == hint


@pytest.mark.parametrize(
    ("error", "security", "hint"),
    [
        (ssl.SSLCertVerificationError("certificate verify failed: self-signed certificate"), "tls", "certificate"),
        (ssl.SSLError("[SSL: WRONG_VERSION_NUMBER] wrong version number"), "tls", "try_starttls"),
        (TimeoutError("timed out"), "starttls", "try_tls"),
        (TimeoutError("timed out"), "tls", "no_answer"),
        (OSError("no such host: [Errno -2] Name or service not known"), "tls", "no_such_host"),
    ],
)
def test_what_connections_do_is_understood(error: OSError, security: str, hint: str) -> None:
    assert hints.of_connection(error, security=security) == hint
