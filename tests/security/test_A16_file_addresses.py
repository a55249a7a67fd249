"""A16: a file opens to whom it belongs; an address is worth nothing without the right to it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.protocol.desk import Desk, Who
from tests.security.owner import Owner, join

TEXT = b"the invoice of a shopper"


def upload(desk: Desk, who: Who, name: str = "invoice.txt", data: bytes = TEXT) -> dict[str, Any]:
    path = f"/api/v1/shops/{desk.shop}/attachments" if who.kind == "agent" else "/api/v1/widget/attachments"
    answer = desk.http.post(path, files={"file": (name, data)}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def message(*attachments: Any, **more: Any) -> dict[str, Any]:
    return {"client_id": str(uuid.uuid4()), "text": "here", "attachments": list(attachments), **more}


@dataclass
class Sent:
    """A shopper's file in a conversation, and an agent's on a note of it."""

    desk: Desk
    shopper: Who
    conversation: int
    file: int
    of_note: int

    def open(self, who: Who | None, file: int) -> httpx.Response:
        desk = self.desk
        agent = who is not None and who.kind == "agent"
        base = f"/api/v1/shops/{desk.shop}" if agent else "/api/v1/widget"
        return desk.http.get(f"{base}/attachments/{file}/content", headers=who.headers if who else {})


@pytest.fixture(scope="module")
def sent(desk: Desk) -> Iterator[Sent]:
    shopper, agent = desk.visitor(), desk.agent()
    file = upload(desk, shopper)["id"]
    conversation = desk.call(shopper, "POST", "/messages", message(file))["conversation"]
    of_note = upload(desk, agent, "internal.txt")["id"]
    desk.call(agent, "POST", f"/conversations/{conversation}/messages", message(of_note, kind="note"))
    yield Sent(desk, shopper, conversation, file, of_note)


def test_the_shopper_and_the_desk_open_it(sent: Sent) -> None:
    for who in (sent.shopper, sent.desk.agent(), sent.desk.agent("owner")):
        assert sent.open(who, sent.file).content == TEXT


def test_nobody_else_does(sent: Sent, other: Desk) -> None:
    desk = sent.desk
    assert sent.open(None, sent.file).status_code == 401
    assert sent.open(desk.visitor(), sent.file).status_code == 404
    assert sent.open(other.visitor(), sent.file).status_code == 404
    foreign = other.http.get(
        f"/api/v1/shops/{other.shop}/attachments/{sent.file}/content", headers=other.agent("owner").headers
    )
    assert foreign.status_code == 404
    crossed = other.http.get(
        f"/api/v1/shops/{desk.shop}/attachments/{sent.file}/content", headers=other.agent("owner").headers
    )
    assert crossed.status_code == 404


def test_a_file_of_a_note_is_not_the_shoppers(sent: Sent) -> None:
    assert sent.open(sent.desk.agent("lead"), sent.of_note).status_code == 200
    assert sent.open(sent.shopper, sent.of_note).status_code == 404


def test_a_token_in_the_address_opens_nothing(sent: Sent) -> None:
    for query in (f"token={sent.shopper.token}", f"Authorization=Visitor+{sent.shopper.token}"):
        path = f"/api/v1/widget/attachments/{sent.file}/content?{query}"
        assert sent.desk.http.get(path).status_code == 401


def test_a_removed_agents_and_a_revoked_token_open_nothing(sent: Sent) -> None:
    desk, shop = sent.desk, f"/api/v1/shops/{sent.desk.shop}"
    identity, browser = join(desk, "Browser")
    address = f"{shop}/attachments/{sent.file}/content"
    assert browser.get(address).status_code == 200
    desk.call(desk.agent("owner"), "DELETE", f"/agents/{identity}", expect=204)
    assert browser.get(address).status_code == 404
    browser.close()
    with Owner(desk) as owner:
        made = owner.post(f"{shop}/tokens", {"name": "x"}).json()
        headers = {"Authorization": f"Bearer {made['secret']}"}
        assert desk.http.get(address, headers=headers).status_code == 200
        owner.request("DELETE", f"{shop}/tokens/{made['id']}")
        assert desk.http.get(address, headers=headers).status_code == 401


def test_an_upload_that_was_not_sent_is_its_uploaders_alone(sent: Sent) -> None:
    desk = sent.desk
    of_shopper, of_agent = upload(desk, sent.shopper)["id"], upload(desk, desk.agent())["id"]
    assert sent.open(sent.shopper, of_shopper).status_code == 200
    assert sent.open(desk.agent(), of_shopper).status_code == 404
    assert sent.open(desk.agent(), of_agent).status_code == 200
    assert sent.open(desk.agent("owner"), of_agent).status_code == 404
    assert sent.open(sent.shopper, of_agent).status_code == 404


def test_nobody_sends_a_file_of_somebody_else(sent: Sent, other: Desk) -> None:
    desk = sent.desk
    theirs = {
        "another shopper's": upload(desk, desk.visitor())["id"],
        "an agent's": upload(desk, desk.agent())["id"],
        "another shop's": upload(other, other.visitor())["id"],
        "sent before": sent.file,
        "no file": 10**9,
        "zero": 0,
        "negative": -1,
        "huge": 2**60,
    }
    for name, file in theirs.items():
        answer = desk.http.post("/api/v1/widget/messages", json=message(file), headers=sent.shopper.headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "attachments_invalid"), name
        within = f"/conversations/{sent.conversation}"
        path = f"/api/v1/shops/{desk.shop}{within}"
        lead = desk.agent("lead").headers
        note = desk.http.post(f"{path}/messages", json=message(file, kind="note"), headers=lead)
        assert (note.status_code, note.json()["code"]) == (422, "attachments_invalid"), name
        draft = desk.http.put(f"{path}/draft", json={"text": "x", "attachments": [file]}, headers=lead)
        assert (draft.status_code, draft.json()["code"]) == (422, "attachments_invalid"), name
        assert desk.call(desk.agent("lead"), "GET", within)["draft"] is None


@pytest.mark.parametrize(
    "file", ["0", "-1", "1.0", "%31", "1%00", "..%2f..%2fsecret.key", "999999999999999", "x", "1e3"]
)
def test_a_made_up_address_is_not_found(sent: Sent, file: str) -> None:
    for base, who in (("/api/v1/widget", sent.shopper), (f"/api/v1/shops/{sent.desk.shop}", sent.desk.agent())):
        answer = sent.desk.http.get(f"{base}/attachments/{file}/content", headers=who.headers)
        assert answer.status_code == 404 or (file == "%31" and answer.status_code in {200, 404})


def test_the_folder_of_files_is_served_by_nobody(sent: Sent) -> None:
    kept = [file for file in (sent.desk.server.data_dir / "files").rglob("*") if file.is_file()]
    assert kept
    name = kept[0].relative_to(sent.desk.server.data_dir / "files").as_posix()
    for base in ("/files/", "/media/", "/static/", "/data/files/", "/static/../data/files/", "/console/assets/../../"):
        answer = sent.desk.http.get(base + name)
        assert answer.status_code in {404, 200} and TEXT not in answer.content
