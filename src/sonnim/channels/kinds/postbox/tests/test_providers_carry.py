"""A provider's interface: the mail is all there, and of each answer it is known what it means for the mail."""

import json
from collections.abc import Callable, Iterator
from email.headerregistry import Address
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from tests.providers.processes import free_port

from sonnim.channels.adapter import NotSent, Unsure
from sonnim.channels.kinds.postbox import carriers
from sonnim.channels.kinds.postbox.mail import Mail, Part

MAIL = Mail(
    sender=Address("Agent · 온기", addr_spec="help@ongi.example"),
    to=(Address("김민지", addr_spec="kim@x.example"),),
    bcc=(Address(addr_spec="boss@ongi.example"),),
    subject="Re: 배송 문의",
    text="곧 보내 드릴게요",
    html="<p>곧 보내 드릴게요</p>",
    message_id="<sonnim.e1.1.x@ongi.example>",
    in_reply_to="<1@x.example>",
    references=("<0@x.example>", "<1@x.example>"),
    reply_to="help+c1@ongi.example",
    files=(Part("사진.png", "image/png", b"\x89PNG"),),
)


class Provider:
    """Notes what it was asked, and answers what it was told."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.status, self.answer = 200, b""
        self.falls_silent = False
        self.over = Event()
        provider = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.asked.append((dict(self.headers), body))
                if provider.falls_silent:
                    provider.over.wait(10)
                    return
                self.send_response(provider.status)
                self.send_header("Content-Length", str(len(provider.answer)))
                self.end_headers()
                self.wfile.write(provider.answer)

            def log_message(self, *args: object) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def says(self, status: int, answer: Any) -> None:
        self.status, self.answer = status, json.dumps(answer).encode()


@pytest.fixture
def provider() -> Iterator[Provider]:
    serving = Provider()
    thread = Thread(target=serving.server.serve_forever)
    thread.start()
    yield serving
    serving.over.set()
    serving.server.shutdown()
    serving.server.server_close()
    thread.join()


@pytest.fixture
def reached(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Have the provider of this name be ours, and hand the mail over to it."""

    def hand_over(name: str, *, url: str = provider.url) -> str:
        options = carriers._OPTIONS[name]
        monkeypatch.setitem(
            carriers._OPTIONS, name, lambda secrets, mail: {**options(secrets, mail), "api_url": url, "timeout": 1}
        )
        return carriers.hand_over(name, {"provider_key": "key"}, MAIL, locale="en")

    return hand_over


TAKEN: dict[str, tuple[int, Any, str]] = {
    "postmark": (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "To": "kim@x.example"}, "pm-1"),
    "mailgun": (200, {"id": "<mg-1@ongi.example>", "message": "Queued. Thank you."}, "<mg-1@ongi.example>"),
    "sendgrid": (202, "", ""),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_provider_is_given_the_whole_mail(name: str, provider: Provider, reached: Callable[[str], str]) -> None:
    status, answer, known_as = TAKEN[name]
    provider.says(status, answer)
    found = reached(name)
    assert found == known_as or (name == "sendgrid" and found)
    [(headers, body)] = provider.asked
    said = body.decode("utf-8", "replace") + json.dumps(headers)
    if name != "mailgun":
        said += json.dumps(json.loads(body), ensure_ascii=False)
    for part in ("kim@x.example", "boss@ongi.example", "배송 문의", "곧 보내 드릴게요", "help+c1@ongi.example"):
        assert part in said
    for part in (MAIL.message_id, "<0@x.example> <1@x.example>", "OOF, AutoReply"):
        assert part in said


def test_postmark_keeps_our_message_id(provider: Provider, reached: Callable[[str], str]) -> None:
    provider.says(*TAKEN["postmark"][:2])
    reached("postmark")
    headers = {each["Name"]: each["Value"] for each in json.loads(provider.asked[0][1])["Headers"]}
    assert headers["X-PM-KeepID"] == "true"
    assert headers["Message-ID"] == MAIL.message_id


@pytest.mark.parametrize(
    ("status", "permanent"), [(400, True), (413, True), (401, False), (429, False), (500, False), (503, False)]
)
def test_a_refusal_says_whether_it_is_for_good(
    provider: Provider, reached: Callable[[str], str], status: int, permanent: bool
) -> None:
    provider.says(status, {"Message": "no, and this is why"})
    with pytest.raises(NotSent, match="this is why") as refused:
        reached("postmark")
    assert refused.value.permanent is permanent


@pytest.mark.parametrize(
    "said", ["You tried to send to inactive recipients.", "Found inactive addresses: kim@x.example, boss@ongi.example."]
)
def test_a_recipient_whom_the_provider_has_given_up_is_refused_for_good(
    provider: Provider, reached: Callable[[str], str], said: str
) -> None:
    provider.says(422, {"ErrorCode": 406, "Message": said})
    with pytest.raises(NotSent, match="inactive") as refused:
        reached("postmark")
    assert refused.value.permanent


def test_silence_after_the_request_may_be_a_yes(provider: Provider, reached: Callable[[str], str]) -> None:
    provider.falls_silent = True
    with pytest.raises(Unsure):
        reached("postmark")


def test_an_answer_that_nobody_understands_may_be_a_yes(provider: Provider, reached: Callable[[str], str]) -> None:
    provider.answer = b"<html>"
    with pytest.raises(Unsure):
        reached("postmark")


def test_a_provider_that_is_not_there_has_certainly_not_taken_it(reached: Any) -> None:
    with pytest.raises(NotSent) as refused:
        reached("postmark", url=f"http://127.0.0.1:{free_port()}/")
    assert not refused.value.permanent


def test_amazon_is_asked_with_the_key_that_was_given_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    class Client:
        def send_email(self, **asked: Any) -> dict[str, str]:
            seen.update(asked)
            return {"MessageId": "ses-1"}

        def close(self) -> None:
            seen["closed"] = True

    def client(session: object, name: str, **options: Any) -> Client:
        seen.update(options)
        return Client()

    monkeypatch.setattr("boto3.session.Session.client", client)
    key = {"provider_key": "AKIA1:secret/key", "provider_region": "ap-northeast-2"}
    assert carriers.hand_over("amazon_ses", key, MAIL, locale="en") == "ses-1"
    assert (seen["aws_access_key_id"], seen["aws_secret_access_key"]) == ("AKIA1", "secret/key")
    assert seen["region_name"] == "ap-northeast-2"
    assert seen["config"].retries["total_max_attempts"] == 1
    assert b"boss@ongi.example" not in seen["Content"]["Raw"]["Data"]
    assert "boss@ongi.example" in str(seen["Destination"])
    assert seen["closed"]
