"""A24: a page of another site opens no socket, and a cookie without our own page behind it is worth nothing."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.protocol.desk import Desk
from tests.security.line import Line
from tests.security.owner import Owner


def foreign_origins(desk: Desk) -> list[str]:
    port = desk.server.port
    return [
        "https://evil.test",
        "null",
        "",
        "file://",
        f"https://localhost:{port}",
        f"http://localhost:{port}.evil.test",
        f"http://localhost.evil.test:{port}",
        f"http://evil-localhost:{port}",
        f"http://localhost:{port}@evil.test",
        f"http://evil.test/localhost:{port}",
        f"http://localhost:{port}/",
        f"http://localhost:{port + 1}",
        f"http://localhost:{port}0",
        "http://localhost",
        f"http://127.0.0.2:{port}",
        f"http://localhost:{port} http://evil.test",
        f"http://localhost:{port}, http://evil.test",
    ]


@pytest.mark.parametrize("number", range(17))
def test_a_handshake_from_a_foreign_origin_is_refused(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        Line(desk, origin=foreign_origins(desk)[number])
    assert refused.value.response.status_code == 403


def test_every_foreign_origin_is_tried(desk: Desk) -> None:
    assert len(foreign_origins(desk)) == 17


def test_our_own_page_opens_a_socket_with_its_cookie(desk: Desk) -> None:
    with Owner(desk) as owner:
        line = Line(desk, origin=desk.server.url, cookie=owner.cookie)
        line.say({"t": "resume", "as": "agent", "shop": desk.shop, "epoch": None, "pos": None})
        assert line.until("reset")["reason"] == "first"


def test_a_cookie_without_an_origin_is_ignored(desk: Desk) -> None:
    with Owner(desk) as owner:
        line = Line(desk, cookie=owner.cookie)
        line.say({"t": "resume", "as": "agent", "shop": desk.shop, "epoch": None, "pos": None})
        assert line.until("error")["code"] == "unauthenticated"
        assert line.until_closed() == 4001


def test_a_poll_from_a_foreign_origin_is_refused_and_its_cookie_ignored_without_one(desk: Desk) -> None:
    body = {"as": "agent", "shop": desk.shop, "epoch": None, "pos": None, "wait": 0}
    with Owner(desk) as owner:
        headers = {"Cookie": owner.cookie}
        for origin in foreign_origins(desk):
            answer = desk.http.post("/realtime/poll", json=body, headers={**headers, "Origin": origin})
            assert answer.status_code == 403, origin
        [error] = desk.http.post("/realtime/poll", json=body, headers=headers).json()["frames"]
        assert error["code"] == "unauthenticated"
        headers["Origin"] = desk.server.url
        assert desk.http.post("/realtime/poll", json=body, headers=headers).json()["frames"][0]["t"] == "reset"
