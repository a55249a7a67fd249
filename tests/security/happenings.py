"""Everything that a shop's log can tell of, brought about through the product's own doors; and what src publishes."""

import ast
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sonnim.contacts.identity import sign_identity
from sonnim.kernel import clock
from tests.protocol.desk import Desk, Who
from tests.security.owner import Owner, join

SRC = Path(__file__).resolve().parents[2] / "src" / "sonnim"
# Where the type stands in the call, counted without self. `publish` inside `record` hands on what `record` was given.
DOORS = {"publish": 2, "record": 1, "_event": 2}
HANDED_ON = {("conversations/change.py", "publish"), ("conversations/actions.py", "record")}


def published_types(root: Path = SRC) -> dict[str, str]:
    """Event type → a file that publishes it. Raises: AssertionError, when a type cannot be read from the source."""
    found: dict[str, str] = {}
    for file in sorted(root.rglob("*.py")):
        name = file.relative_to(root).as_posix()
        if "tests" not in file.parts and not name.startswith(("realtime/", "bench/")):
            for door, types in _calls(ast.parse(file.read_text(encoding="utf-8"))):
                assert types or (name, door) in HANDED_ON, f"{name}: the type of an event is not written out"
                found |= dict.fromkeys(types, name)
    return found


def _calls(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    assigned = {
        target.id: each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        owner = getattr(getattr(call.func, "value", None), "id", "")
        at = DOORS.get(name)
        if at is None or owner == "audit":
            continue
        given = {each.arg: each.value for each in call.keywords}
        where = call.args[at] if len(call.args) > at else given.get("type")
        if where is not None:
            yield name, _texts(assigned.get(where.id, where) if isinstance(where, ast.Name) else where)


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


class Happenings:
    """A shop with its people, of whom the log tells.

    Attributes:
        named: who does everything, and whom the personal events are about.
        shopper: a customer of the store, proven by its signature.
        passer_by: a visitor whose conversation becomes the shopper's, once they have signed in to the store.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.named, self.colleague = desk.agent("owner"), desk.agent("lead")
        self.session = Owner(desk)
        self.secret = self.session.identity_secret()
        self.shopper, self.other_shopper = self._identified(None), desk.visitor()
        self.passer_by = desk.visitor()
        for who in (self.other_shopper, self.passer_by):
            self._say(who, "I was here before.")

    def _identified(self, token: str | None) -> Who:
        identity = sign_identity(secret=self.secret, subject="customer-7", name="Jiwoo")
        body = {"key": self.desk.key, "token": token, "locale": "en", "identity": identity}
        answer = self.desk.http.post("/api/v1/widget/session", json=body).json()
        return Who("visitor", answer["contact"]["id"], answer["token"], self.desk.shop)

    def _say(self, who: Who, text: str) -> int:
        return int(
            self.desk.call(who, "POST", "/messages", {"client_id": str(uuid.uuid4()), "text": text})["conversation"]
        )

    def happen(self) -> None:
        """Bring about one event of each type, at least."""
        does = self._do
        opened = does(
            "POST", "/conversations", contact_id=self.shopper.id, text="안녕하세요", client_id=str(uuid.uuid4())
        )
        here = f"/conversations/{opened['conversation']}"
        self._say(self.shopper, "Is the moon jar still there?")
        does("POST", f"{here}/messages", client_id=str(uuid.uuid4()), kind="note", text="Seen on Tuesday.")
        does("POST", f"{here}/messages", client_id=str(uuid.uuid4()), text="It is.")
        seq = self._say(self.shopper, "Wonderful.") and does("GET", here)["conversation"]["last_seq"]
        does("POST", f"{here}/seen", seq=seq)
        does("PUT", f"{here}/draft", text="half a thought", attachments=[])
        does("POST", f"{here}/assign", agent_id=self.colleague.id)
        does("POST", f"{here}/snooze", until=(clock.now() + timedelta(hours=1)).isoformat())
        does("POST", f"{here}/reopen")
        does("POST", f"{here}/resolve")
        does("POST", f"{here}/reopen")
        does("PATCH", f"/contacts/{self.shopper.id}", notes="prefers celadon")
        self._people_come_and_go()
        self._identified(self.passer_by.token)
        self.session.sign_out()

    def _people_come_and_go(self) -> None:
        does = self._do
        team = does("POST", "/teams", name="Ceramics", expect=201)["id"]
        does("DELETE", f"/teams/{team}", expect=204)
        does("PATCH", "/settings", color="#0F766F")
        identity, browser = join(self.desk, "Newcomer")
        browser.close()
        does("PATCH", f"/agents/{identity}", color="#123456")
        does("PATCH", f"/agents/{identity}", role="lead")
        does("DELETE", f"/agents/{identity}", expect=204)

    def _do(self, method: str, path: str, expect: int = 200, **body: Any) -> Any:
        return self.desk.call(self.named, method, path, body or None, expect=expect)
