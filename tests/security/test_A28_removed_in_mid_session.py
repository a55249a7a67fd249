"""A28: whoever loses a right while a line is open hears of it at once, and of nothing after it."""

import contextlib
import threading
import time
import uuid
from collections.abc import Callable

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.protocol.desk import Desk, Who
from tests.security.line import Line, position
from tests.security.owner import AUTH, Owner, join

WITHIN_S = 1.0
Act = Callable[[], object]


def message(desk: Desk) -> None:
    desk.call(desk.visitor(), "POST", "/messages", {"client_id": str(uuid.uuid4()), "text": "for the desk's eyes"})


def signed_in_line(desk: Desk, browser: httpx.Client) -> Line:
    """A console's socket: origin and cookie, from the present position."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    line = Line(desk, origin=desk.server.url, cookie=cookie)
    frame = {"t": "resume", "as": "agent", "shop": desk.shop}
    line.say({**frame, "epoch": None, "pos": None})
    line.say({**frame, "epoch": line.until("reset")["epoch"], "pos": position(desk)})
    line.until("resumed")
    return line


def expect_revoked(desk: Desk, line: Line, act: Act, why: str) -> None:
    began = time.monotonic()
    act()
    assert line.until("revoke")["why"] == why
    assert time.monotonic() - began < WITHIN_S
    message(desk)
    assert line.until_closed() == 4003
    assert [frame for frame in line.events() if frame["type"] == "message.created"] == []


def test_a_removed_agent_is_cut_off(desk: Desk) -> None:
    identity, browser = join(desk, "Leaver")
    line = signed_in_line(desk, browser)
    message(desk)
    line.event("message.created")
    line.got.clear()
    owner = desk.agent("owner")
    expect_revoked(desk, line, lambda: desk.call(owner, "DELETE", f"/agents/{identity}", expect=204), "removed")
    again = Line(desk, origin=desk.server.url, cookie=f"sonnim={browser.cookies['sonnim']}")
    again.say({"t": "resume", "as": "agent", "shop": desk.shop, "epoch": None, "pos": None})
    assert again.until("error")["code"] == "unauthenticated"
    assert browser.get(f"/api/v1/shops/{desk.shop}/conversations").status_code == 404
    browser.close()


def test_a_changed_role_begins_anew(desk: Desk) -> None:
    identity, browser = join(desk, "Riser")
    line = signed_in_line(desk, browser)
    owner = desk.agent("owner")
    expect_revoked(desk, line, lambda: desk.call(owner, "PATCH", f"/agents/{identity}", {"role": "lead"}), "role")
    assert signed_in_line(desk, browser).settle() is not None
    browser.close()


def test_a_permission_that_is_taken_from_a_role_is_taken_from_open_lines(desk: Desk) -> None:
    owner, (_, browser) = desk.agent("owner"), join(desk, "Writer")
    body = {"client_id": str(uuid.uuid4()), "text": "is anybody there?"}
    conversation = desk.call(desk.visitor(), "POST", "/messages", body)["conversation"]
    line, lead = signed_in_line(desk, browser), Line.live(desk, desk.agent("lead"))
    told = desk.call(owner, "GET", "/roles")["roles"]
    mute = [each for each in told[0]["permissions"] if each not in {"conversation.reply", "conversation.note"}]
    expect_revoked(desk, line, lambda: desk.call(owner, "PUT", "/roles", {"roles": {"agent": mute}}), "role")
    assert lead.event("message.created")
    again = signed_in_line(desk, browser)
    for kind in ("message", "note"):
        assert again.send("and yet I write", conversation=conversation, kind=kind)["code"] == "forbidden"
    assert _answers(desk, conversation) == 0
    desk.call(owner, "PUT", "/roles", {"roles": {}})
    assert again.until("revoke")["why"] == "role"
    assert signed_in_line(desk, browser).send("now I may", conversation=conversation)["t"] == "ack"
    browser.close()


def test_who_was_away_while_their_rights_changed_begins_from_the_snapshot(desk: Desk) -> None:
    identity, browser = join(desk, "Traveller")
    epoch = desk.call(desk.agent("owner"), "GET", "/snapshot")["epoch"]
    before = position(desk)
    desk.call(desk.agent("owner"), "PATCH", f"/agents/{identity}", {"role": "lead"})
    line = Line(desk, origin=desk.server.url, cookie=f"sonnim={browser.cookies['sonnim']}")
    line.say({"t": "resume", "as": "agent", "shop": desk.shop, "epoch": epoch, "pos": before})
    assert line.until("reset")["reason"] == "rights"
    bystander = Line(desk)
    bystander.say(desk.agent("owner").resume(epoch, before))
    assert bystander.until("resumed")
    browser.close()


def test_a_change_that_is_none_of_the_role_cuts_nobody_off(desk: Desk) -> None:
    identity, browser = join(desk, "Stayer")
    line = signed_in_line(desk, browser)
    desk.call(desk.agent("owner"), "PATCH", f"/agents/{identity}", {"role": "agent", "color": "#123456"})
    assert line.event("agent.updated")
    line.settle()
    assert line.closed is None
    browser.close()


def test_signing_out_ends_the_sockets_of_that_session_alone(desk: Desk) -> None:
    with Owner(desk) as here, Owner(desk) as there:
        lines = [signed_in_line(desk, here.http), signed_in_line(desk, there.http)]
        expect_revoked(desk, lines[0], here.sign_out, "signed_out")
        assert lines[1].event("message.created")


def test_a_session_ended_from_the_list_is_cut_off(desk: Desk) -> None:
    with Owner(desk) as lost, Owner(desk) as mine:
        line = signed_in_line(desk, lost.http)
        key = max(
            (each for each in mine.http.get(f"{AUTH}/auth/sessions").json()["data"] if not each["is_current"]),
            key=lambda each: each["id"],
        )["id"]
        body = {"sessions": [key]}
        expect_revoked(desk, line, lambda: mine.request("DELETE", f"{AUTH}/auth/sessions", body), "signed_out")


def test_a_revoked_token_is_cut_off(desk: Desk) -> None:
    with Owner(desk) as owner:
        tokens = f"/api/v1/shops/{desk.shop}/tokens"
        made = owner.post(tokens, {"name": "import"}).json()
        who = Who("agent", desk.agent("owner").id, made["secret"], desk.shop)
        line, bystander = Line.live(desk, who), Line.live(desk, desk.agent("owner"))
        expect_revoked(desk, line, lambda: owner.request("DELETE", f"{tokens}/{made['id']}"), "signed_out")
        assert bystander.event("message.created")


def _answers(desk: Desk, conversation: int) -> int:
    entries = desk.call(desk.agent("owner"), "GET", f"/conversations/{conversation}")["entries"]
    return sum(entry["kind"] == "message" and entry["author"]["kind"] == "agent" for entry in entries)


def test_a_line_that_ignores_its_end_sends_nothing_any_more(desk: Desk) -> None:
    """The frames of somebody who was removed may be on their way; they must find nobody."""
    identity, browser = join(desk, "Stubborn")
    line = signed_in_line(desk, browser)
    body = {"client_id": str(uuid.uuid4()), "text": "hello"}
    conversation = desk.call(desk.visitor(), "POST", "/messages", body)["conversation"]
    stop = threading.Event()
    sent: list[str] = []

    def insist() -> None:
        while not stop.is_set() and len(sent) < 60:
            sent.append(f"I am still here {len(sent)}")
            frame = {"t": "send", "client_id": str(uuid.uuid4()), "text": sent[-1], "conversation": conversation}
            with contextlib.suppress(ConnectionClosed):
                line.say(frame)
            time.sleep(0.005)

    insisting = threading.Thread(target=insist)
    insisting.start()
    desk.call(desk.agent("owner"), "DELETE", f"/agents/{identity}", expect=204)
    before = _answers(desk, conversation)
    line.until_closed()
    stop.set()
    insisting.join(5)
    after = _answers(desk, conversation)
    browser.close()
    assert after == before


@pytest.mark.parametrize("round", range(3))  # eight lines each: after thirty that fail a limit is reached
def test_an_agent_removed_while_subscribing_hears_nothing(desk: Desk, round: int) -> None:
    """The moment between being recognised and being in the stream is no hole."""
    identity, browser = join(desk, f"Quick{round}")
    head = position(desk)
    cookie = f"sonnim={browser.cookies['sonnim']}"
    lines = [Line(desk, origin=desk.server.url, cookie=cookie) for _ in range(8)]
    epoch = desk.call(desk.agent("owner"), "GET", "/snapshot")["epoch"]
    removing = threading.Thread(
        target=lambda: desk.call(desk.agent("owner"), "DELETE", f"/agents/{identity}", expect=204)
    )
    removing.start()
    for line in lines:
        line.say({"t": "resume", "as": "agent", "shop": desk.shop, "epoch": epoch, "pos": head})
        time.sleep(0.002)
    removing.join(10)
    message(desk)
    for line in lines:
        assert line.until_closed() in {4001, 4003}
        assert [frame for frame in line.events() if frame["type"] == "message.created"] == []
    browser.close()
