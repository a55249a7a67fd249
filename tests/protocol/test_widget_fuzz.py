"""Nothing that a visitor sends raises a 500: every route of the widget, and the long poll, under made-up bodies."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sonnim.config.api import api
from sonnim.contacts import actions as contacts
from tests.faults.conftest import scaled
from tests.people import People, people
from tests.protocol.desk import Desk

__all__ = ["people"]
FIELDS = ["key", "token", "locale", "page", "identity", "url", "title", "referrer", "client_id", "text", "attachments"]
FIELDS += ["conversation", "name", "email", "before", "limit"]
LIMITS = ("VISITOR_ARRIVALS", "VISITOR_GUESSES", "VISITOR_UPLOADS", "VISITOR_HTTP_MESSAGES")

odd_text = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["\x00", "\ud800", "a" * 20_001, "\u202e", "v_", "v_" + "x" * 43, str(uuid.UUID(int=7)), "ko", ""]),
)
odd_number = st.one_of(
    st.integers(), st.sampled_from([0, -1, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**40]), st.floats(allow_nan=True)
)
scalar = st.one_of(st.none(), st.booleans(), odd_number, odd_text)
names = st.one_of(st.sampled_from(FIELDS), odd_text)
value = st.recursive(
    scalar,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=8,
)
likely = st.fixed_dictionaries(
    {},
    optional={
        "client_id": st.one_of(st.uuids().map(str), scalar),
        "text": scalar,
        "attachments": st.lists(odd_number, max_size=12),
        "conversation": odd_number,
        "locale": scalar,
        "token": value,
        "identity": value,
        "page": value,
        "name": scalar,
        "email": scalar,
    },
)
body = st.one_of(
    st.one_of(likely, value).map(lambda found: json.dumps(found).encode()),
    st.binary(max_size=80),
    st.sampled_from([b"", b"[" * 5000, b'{"a":' * 5000, b"\xff\xfe", b"null", b"--x\r\n\r\n--x--", b'{"\\ud800":1}']),
)
kinds = st.sampled_from(
    ["application/json", "multipart/form-data; boundary=x", "text/plain", "multipart/form-data", ""]
)
queries = st.dictionaries(
    st.sampled_from(["before", "limit", "download", "x"]),
    st.one_of(odd_number.map(str), odd_text.map(lambda text: text.encode("utf-8", "replace").decode())),
)


def widget_routes() -> list[tuple[str, str]]:
    """(method, path) of every route that needs no sign-in and is the widget's."""
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            if path.startswith("/widget"):
                found += [
                    (method, f"/api/v1{prefix}{path}") for operation in view.operations for method in operation.methods
                ]
    return sorted(found)


def pages() -> list[tuple[str, str]]:
    known = get_resolver().reverse_dict  # loads the patterns, so that a renamed page fails here
    assert known is not None
    return [("GET", "/widget/{key}.js"), ("GET", "/widget/{key}/frame"), ("GET", "/widget/assets/{key}")]


@pytest.fixture
def shopper(people: People) -> Iterator[tuple[str, str]]:
    """(public key, visitor token), with nothing throttled: a throttle would hide what lies behind it."""
    _, token = contacts.create_visitor(shop_id=people.shop.pk, locale="ko")
    with override_settings(**{name: (10**6, 60) for name in LIMITS}):
        yield people.shop.public_key, token


FUZZ = settings(
    max_examples=scaled(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), widget_routes(), ids=lambda part: str(part))
def test_no_body_makes_a_widget_route_fail(shopper: tuple[str, str], method: str, path: str) -> None:
    key, token = shopper
    client = Client(raise_request_exception=False)

    @FUZZ
    @given(sent=body, kind=kinds, asked=queries, known=st.booleans(), identity=odd_number)
    def knock(sent: bytes, kind: str, asked: dict[str, str], known: bool, identity: float) -> None:
        sent = sent.replace(b'"key": ""', f'"key": "{key}"'.encode())
        headers = {"Authorization": f"Visitor {token}"} if known else {}
        address = path.replace("{id:attachment_id}", str(identity)).replace("{attachment_id}", str(identity))
        answer = client.generic(method, address, sent, content_type=kind, headers=headers, query_params=asked)
        assert answer.status_code < 500, (address, sent, answer.content)

    knock()


@pytest.mark.django_db
def test_no_opening_of_the_chat_fails(shopper: tuple[str, str]) -> None:
    key, _ = shopper
    client = Client(raise_request_exception=False)

    @FUZZ
    @given(token=value, identity=st.one_of(odd_text, st.none()), locale=odd_text, page=st.one_of(st.none(), value))
    def open_chat(token: Any, identity: Any, locale: str, page: Any) -> None:
        sent = {"key": key, "token": token, "identity": identity, "locale": locale, "page": page}
        answer = client.generic(
            "POST", "/api/v1/widget/session", json.dumps(sent).encode(), content_type="application/json"
        )
        assert answer.status_code < 500, (sent, answer.content)

    open_chat()


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), pages(), ids=lambda part: str(part))
def test_no_key_or_query_makes_a_page_of_the_widget_fail(shopper: tuple[str, str], method: str, path: str) -> None:
    client = Client(raise_request_exception=False)

    @FUZZ
    @given(key=st.one_of(st.just(shopper[0]), odd_text), asked=st.dictionaries(st.just("locale"), odd_text))
    def look(key: str, asked: dict[str, str]) -> None:
        from urllib.parse import quote

        address = path.replace("{key}", quote(key.encode("utf-8", "surrogatepass"), safe=""))
        found = {name: text.encode("utf-8", "replace").decode() for name, text in asked.items()}
        answer = client.generic(method, address, query_params=found)
        # 503 says that the front end is not built, which is true where only Python is tested.
        assert answer.status_code < 500 or answer.status_code == 503, address

    look()


def test_no_poll_fails(desk: Desk) -> None:
    shopper = desk.visitor()
    resume = st.fixed_dictionaries(
        {"as": st.sampled_from(["visitor", "agent"]), "wait": st.sampled_from([0, -1, False, "x", None, 0.01])},
        optional={
            "token": st.one_of(st.just(shopper.token), value),
            "epoch": scalar,
            "pos": odd_number,
            "shop": odd_number,
        },
    )
    sent = st.one_of(
        resume.map(lambda found: json.dumps(found).encode()),
        st.binary(max_size=40),
        st.sampled_from(
            [b"[" * 9000, b'{"wait":1e999,"as":"visitor"}', b'{"wait":' + b"9" * 400 + b"}", b'{"t":1,"wait":0}']
        ),
    )

    @FUZZ
    @given(body=sent)
    def poll(body: bytes) -> None:
        answer = desk.http.post("/realtime/poll", content=body, timeout=40)
        assert answer.status_code < 500, (body, answer.text)

    poll()
    assert "Traceback" not in desk.server.output
