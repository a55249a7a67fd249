"""Everything that a shop's log can tell of, brought about through the product's own doors; and what src publishes."""

import ast
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sonnim.contacts.identity import sign_identity
from sonnim.kernel import clock
from tests.protocol.desk import Desk, Who
from tests.security.owner import Owner, join
from tests.security.together import bargain, merge_and_split, work_together
from tests.security.working import hear_the_coach, weigh_scores, work_through

SRC = Path(__file__).resolve().parents[2] / "src" / "sonnim"
# Where the type stands in the call, counted without self. `publish` inside `record` hands on what `record` was given.
DOORS = {"publish": 2, "record": 1, "tell": 2}
HANDED_ON = {("conversations/change.py", "publish"), ("conversations/changing.py", "record")}


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
        said = does("POST", f"{here}/messages", client_id=str(uuid.uuid4()), text="It is.")["seq"]
        does("PATCH", f"{here}/entries/{said}", text="It still is.")
        does("POST", f"{here}/entries/{said}/redact", reason="said too much")
        seq = self._say(self.shopper, "Wonderful.") and does("GET", here)["conversation"]["last_seq"]
        does("POST", f"{here}/seen", seq=seq)
        self._minds_are_changed(here)
        does("PUT", f"{here}/draft", text="half a thought", attachments=[])
        does("POST", f"{here}/assign", agent_id=None)
        self.desk.call(self.colleague, "POST", f"{here}/assign", {"agent_id": self.named.id})
        self._is_told()
        theirs = does("GET", f"/contacts/{self.other_shopper.id}/conversations")["items"][0]["id"]
        work_through(self, here, opened["conversation"])
        hear_the_coach(self, here)
        weigh_scores(self)
        work_together(self, here, theirs)
        merge_and_split(self, here, seq)
        does("POST", f"{here}/priority", priority=3)
        does("POST", f"{here}/snooze", until=(clock.now() + timedelta(hours=1)).isoformat())
        does("POST", f"{here}/reopen")
        does("POST", f"{here}/resolve")
        does("POST", f"{here}/reopen")
        does("POST", f"{here}/resolve")
        unsolved = {"conversation": opened["conversation"], "solved": False}
        self.desk.call(self.shopper, "POST", "/solved", unsolved, expect=204)
        does("PATCH", f"/contacts/{self.shopper.id}", notes="prefers celadon")
        self._a_letter_goes_out()
        self._a_promise_is_broken()
        self._a_rule_tells_the_desk()
        self._seats_are_taken()
        self._contacts_are_mistaken()
        self._people_come_and_go()
        self._identified(self.passer_by.token)
        self.session.sign_out()

    def _seats_are_taken(self) -> None:
        """A conversation is held out to the one who is watched, who lets it go on; then they go to lunch."""
        waiting = self._say(self.desk.visitor(), "Whoever has time?")
        me = {"agent_id": self.named.id}
        offer = self.desk.call(self.colleague, "POST", f"/conversations/{waiting}/offer", me, expect=201)
        self._do("POST", f"/offers/{offer['id']}/decline", expect=204)
        self._do("PUT", f"/seats/{self.named.id}", skills=["tea"], live=3)
        for state in ("away", "online"):
            self._do("PUT", "/agents/me/state", state=state)

    def _a_promise_is_broken(self) -> None:
        """Somebody new has waited for longer than a second, and is promised nothing more after that."""
        policy = self._do("POST", "/policies", name="At once", targets={"first_reply": 1}, warn_percent=0, expect=201)
        waiting = f"/conversations/{self._say(self.desk.visitor(), 'Is anybody there?')}"
        deadline = time.monotonic() + 10
        while not any(each["late"] for each in self._do("GET", waiting)["conversation"]["clocks"]):
            assert time.monotonic() < deadline, "the clock did not strike"
            time.sleep(0.1)
        self._do("DELETE", f"/policies/{policy['id']}", expect=204)
        while self._do("GET", waiting)["conversation"]["clocks"]:
            assert time.monotonic() < deadline, "the clock goes on"
            time.sleep(0.1)

    def _a_rule_tells_the_desk(self) -> None:
        """A rule listens to who comes, and says so a moment later."""
        wording = {"when": [{"event": "begun"}], "then": [{"do": "notify", "role": "lead"}]}
        rule = self._do("POST", "/rules", name="New", wording=wording, expect=201)
        self._say(self.desk.visitor(), "Hello, rule")
        deadline = time.monotonic() + 10
        while not self._do("GET", f"/rules/{rule['id']}/runs")["items"]:
            assert time.monotonic() < deadline, "the rule did not act"
            time.sleep(0.1)
        self._do("DELETE", f"/rules/{rule['id']}", expect=204)

    def _is_told(self) -> None:
        """The log is read a moment later; whoever was given a conversation then looks at the notice."""
        deadline = time.monotonic() + 10
        while not self._do("GET", "/notifications")["items"]:
            assert time.monotonic() < deadline, "nobody has told of the assignment"
            time.sleep(0.05)
        self._do("POST", "/notifications/seen", all=True)

    def _a_letter_goes_out(self) -> None:
        letter: dict[str, Any] = {
            "contact_id": self.shopper.id,
            "channel": "postbox",
            "client_id": str(uuid.uuid4()),
            "text": "Sent.",
        }
        letter["data"] = {"envelope": {"subject": "Your jar", "to": ["jiwoo@example.com"]}}
        conversation = self._do("POST", "/conversations", **letter)["conversation"]
        deadline = time.monotonic() + 30  # it is held for ten seconds, so that its agent may take it back
        while self._do("GET", f"/conversations/{conversation}")["entries"][-1]["delivery"]["state"] == "queued":
            assert time.monotonic() < deadline, "nobody has taken the letter up"
            time.sleep(0.05)

    def _a_chat_is_mailed(self) -> None:
        chat = f"/conversations/{self._say(self.desk.visitor(), 'Please mail me that.')}"
        body = {"client_id": str(uuid.uuid4()), "address": "kim@example.com", "words": "Here it is.", "held": False}
        self._do("POST", f"{chat}/chat-mails", expect=201, **body)
        deadline = time.monotonic() + 10
        while all(each["data"].get("what") != "mailed" for each in self._do("GET", chat)["entries"]):
            assert time.monotonic() < deadline, "nobody has mailed the chat"
            time.sleep(0.05)

    def _contacts_are_mistaken(self) -> None:
        does = self._do
        one, other = self.desk.visitor(), self.desk.visitor()
        for who in (one, other):
            self._say(who, "Hello from the phone.")
        does("POST", f"/contacts/{one.id}/block")
        does("POST", f"/contacts/{one.id}/unblock")
        merge = does("POST", f"/contacts/{one.id}/merge", with_id=other.id)["merge_id"]
        does("POST", f"/contact-merges/{merge}/undo")

    def _minds_are_changed(self, here: str) -> None:
        does = self._do
        later = does("POST", f"{here}/scheduled", client_id=str(uuid.uuid4()), text="Later.")["id"]
        does("DELETE", f"/scheduled/{later}")
        said = does("POST", f"{here}/messages", client_id=str(uuid.uuid4()), text="Too soon.")["seq"]
        does("POST", f"{here}/entries/{said}/retract")
        call = [{"type": "paragraph", "content": [{"type": "mention", "agent_id": self.named.id, "name": "Owner"}]}]
        note = {"client_id": str(uuid.uuid4()), "kind": "note", "data": {"rich": call}}
        called = self.desk.call(self.colleague, "POST", f"{here}/messages", note)["seq"]
        self.desk.call(self.colleague, "POST", f"{here}/entries/{called}/retract")

    def _people_come_and_go(self) -> None:
        does = self._do
        team = does("POST", "/teams", name="Ceramics", expect=201)["id"]
        does("DELETE", f"/teams/{team}", expect=204)
        canned = {"shortcut": "hello", "title": "Hello", "texts": {"en": [{"text": "Hello {{contact.name|you}}"}]}}
        greeting = does("POST", "/canned-responses", expect=201, **canned)["id"]
        does("DELETE", f"/canned-responses/{greeting}", expect=204)
        does("POST", "/plan/draft/template", v=0)
        does("POST", "/plan/publish", v=1)
        bargain(self)
        does("POST", "/hours/now", is_open=True)
        mailbox = does("POST", "/mailboxes", address="help@ongi.example", way_in="pipe", way_out="house", expect=201)
        self._a_chat_is_mailed()
        does("DELETE", f"/mailboxes/{mailbox['id']}", expect=204)
        does("PATCH", "/settings", color="#0F766F")
        identity, browser = join(self.desk, "Newcomer")
        browser.close()
        does("PATCH", f"/agents/{identity}", color="#123456")
        does("PATCH", f"/agents/{identity}", role="lead")
        does("DELETE", f"/agents/{identity}", expect=204)
        usual = does("GET", "/roles")["roles"][0]
        # The lines of whoever is concerned would end; nobody here is an agent and no more.
        does("PUT", "/roles", roles={"agent": [each for each in usual["permissions"] if each != "contact.edit"]})
        does("PUT", "/roles", roles={})

    def _do(self, method: str, path: str, expect: int = 200, **body: Any) -> Any:
        return self.desk.call(self.named, method, path, body or None, expect=expect)
