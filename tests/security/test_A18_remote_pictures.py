"""A18, A19: a mail fetches nothing until an agent asks, and then only its own pictures, from the open internet."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from sonnim.channels.kinds.postbox.models import Letter
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.posting import Post, ensure_posted
from tests.people import People

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Somebody's server: it writes down who comes, with which headers."""

    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        status, kind, body = 200, "image/png", PNG
        if self.path == "/lies.png":
            body = b"<script>alert(1)</script>"
        elif self.path == "/large.png":
            body = PNG + b"\0" * (6 * 1024 * 1024)
        elif self.path == "/inside.png":
            status, body = 302, b""
        elif self.path == "/vector.svg":
            kind, body = "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/admin.png")
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "seen=1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the test's own output."""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    seen: list[tuple[str, dict[str, str]]] = []
    handler = type("Handler", (Elsewhere,), {"seen": seen})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()
    thread.join()


def mail(people: People, html: str) -> str:
    """The address of a mail with this HTML, as the console asks for it."""
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="en")
    ack = ensure_posted(
        Post(
            people.shop.pk, "contact", contact.pk, "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "See the pictures.",
            channel="postbox", afresh=True, subject="Pictures",
        )
    )  # fmt: skip
    Letter.objects.create(shop=people.shop, conversation_id=ack.conversation, entry_id=ack.id, html=html)
    return people.url(f"/conversations/{ack.conversation}/entries/{ack.seq}/letter")


def test_a_mail_is_read_without_a_request_and_its_pictures_come_when_asked_for(
    people: People, elsewhere: tuple[str, list[tuple[str, dict[str, str]]]], settings: Settings
) -> None:
    place, seen = elsewhere
    settings.PICTURES_TRUSTED = frozenset({place})
    here = mail(
        people,
        f'<style>p{{background:url(http://{place}/css.png)}}</style><link rel="stylesheet" href="http://{place}/l.css">'
        f'<img src="http://{place}/a.png" srcset="http://{place}/b.png 2x"><p background="http://{place}/c.png">x</p>'
        f'<video poster="http://{place}/d.png"></video><iframe src="http://{place}/e"></iframe>',
    )
    nora = people.browser(people.agent)
    told = nora.get(here).json()
    assert told["remote"] == 1
    assert place not in told["html"]
    assert seen == []

    answer = nora.get(f"{here}/image?n=0")
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer.content) == ("image/png", PNG)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    [(path, headers)] = seen
    assert path == "/a.png"
    assert not {"cookie", "referer", "authorization", "x-forwarded-for"} & set(headers)
    assert nora.get(f"{here}/image?n=1").status_code == 404


def test_a_machine_that_is_trusted_with_mail_is_not_reached_by_a_picture(
    people: People, elsewhere: tuple[str, list[tuple[str, dict[str, str]]]], settings: Settings
) -> None:
    """The operator named it for what the shop set up; what stands in a mail was written by a stranger."""
    place, seen = elsewhere
    settings.OUTGOING_TRUSTED = frozenset({place})
    here = mail(people, f'<img src="http://{place}/a.png">')
    assert people.browser(people.agent).get(f"{here}/image?n=0").status_code == 422
    assert seen == []


@pytest.mark.parametrize("path", ["lies.png", "large.png", "inside.png", "vector.svg"])
def test_what_is_no_picture_or_leads_inside_is_not_handed_on(
    path: str, people: People, elsewhere: tuple[str, list[tuple[str, dict[str, str]]]], settings: Settings
) -> None:
    place, seen = elsewhere
    settings.PICTURES_TRUSTED = frozenset({place})
    here = mail(people, f'<img src="http://{place}/{path}">')
    assert people.browser(people.agent).get(f"{here}/image?n=0").status_code == 422
    assert [each for each, _ in seen] == [f"/{path}"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.1/x.png",
        "http://[::1]/x.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/x.png",
        "http://0/x.png",
        "http://2130706433/x.png",
        "http://[::ffff:127.0.0.1]/x.png",
        "http://user:word@127.0.0.1/x.png",
        "http://127.0.0.1:22/x.png",
    ],
)
def test_a_picture_on_a_machine_of_ours_is_refused(address: str, people: People) -> None:
    here = mail(people, f'<img src="{address}">')
    nora = people.browser(people.agent)
    assert nora.get(here).json()["remote"] == 1
    assert nora.get(f"{here}/image?n=0").status_code == 422


def test_a_mail_whose_wording_was_erased_is_not_shown_as_it_was_sent(people: People) -> None:
    here = mail(people, "<p>4111 1111 1111 1111</p>")
    lead = people.browser(people.lead)
    entry = here.removesuffix("/letter")
    assert lead.post(f"{entry}/redact", {"reason": "a card"}).status_code == 200
    assert lead.get(here).status_code == 404
