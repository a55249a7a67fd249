"""What a client knows: the generic reducer of the protocol, and the same knowledge read afresh over HTTP."""

from collections import defaultdict
from typing import Any

from tests.protocol.desk import Desk, Who

Object = dict[str, Any]


class View:
    """Collections of whole objects; a later version of an object replaces an earlier one, whatever comes first."""

    def __init__(self) -> None:
        self.collections: defaultdict[str, dict[str, Object]] = defaultdict(dict)
        self._timelines: defaultdict[int, dict[int, Object]] = defaultdict(dict)

    def put(self, collection: str, key: str, found: Object) -> None:
        known = self.collections[collection].get(key)
        if known is None or found.get("v", 0) >= known.get("v", 0):
            self.collections[collection][key] = found
            if collection == "entries":
                self._timelines[found["conversation_id"]][found["id"]] = found

    def apply(self, change: Object) -> None:
        """Take a `{put, drop, desk}` part of an event."""
        for collection, objects in change.get("put", {}).items():
            for key, found in objects.items():
                self.put(collection, key, found)
        for collection, keys in change.get("drop", {}).items():
            for key in keys:
                self.collections[collection].pop(str(key), None)
        if "desk" in change:
            self.apply(change["desk"])

    def of(self, collection: str) -> dict[str, Object]:
        return self.collections[collection]

    def timeline(self, conversation: int) -> list[Object]:
        """The entries of a conversation that this client has, in order."""
        return sorted(self._timelines[conversation].values(), key=lambda entry: int(entry["seq"]))


class Snapshot(View):
    """A view read over HTTP, and the position of the log that it is good for."""

    def __init__(self, epoch: str, pos: int) -> None:
        super().__init__()
        self.epoch, self.pos = epoch, pos

    def keep(self, collection: str, found: list[Object], key: str = "id") -> None:
        for each in found:
            self.put(collection, str(each[key]), each)


def read_snapshot(desk: Desk, who: Who) -> Snapshot:
    """Everything that this client may see now. The position is read first, as the server does."""
    return _of_agent(desk, who) if who.kind == "agent" else _of_visitor(desk, who)


def _of_agent(desk: Desk, who: Who) -> Snapshot:
    read = desk.call(who, "GET", "/snapshot")
    found = Snapshot(read["epoch"], read["pos"])
    found.keep("shop", [read["shop"]])
    found.keep("agents", read["agents"])
    found.keep("teams", read["teams"])
    found.keep("drafts", read["drafts"], "conversation_id")
    found.keep("mentions", read["mentions"])
    found.keep("promises", read["promises"])
    found.keep("questions", read["questions"])
    found.keep("seats", read["seats"])
    found.keep("offers", read["offers"])
    found.keep("scheduled", read["scheduled"])
    found.keep("canned_responses", desk.call(who, "GET", "/canned-responses")["items"])
    found.keep("plans", [plan for plan in [desk.call(who, "GET", "/plan")["mark"]] if plan["n"]])
    found.keep("counts", read["tallies"])
    for name in ("views", "tags", "bulks"):
        found.keep(name, read[name])
    found.keep("notifications", read["notifications"])
    items, contacts = desk.conversations(who)
    found.keep("conversations", items)
    found.keep("contacts", contacts)
    for item in items:
        found.keep("entries", desk.entries(who, item["id"]))
        checklist = desk.call(who, "GET", f"/conversations/{item['id']}/together")["checklist"]
        found.keep("checklists", [checklist], "conversation_id")
    return found


def _of_visitor(desk: Desk, who: Who) -> Snapshot:
    read = desk.begin(who.token)
    found = Snapshot(read["epoch"], read["pos"])
    entries, before = read["entries"], read["entries_before"]
    while before is not None:
        page = desk.call(who, "GET", f"/entries?before={before}&limit=100")
        entries, before = page["items"] + entries, page["next"]
    found.keep("conversations", read["conversations"])
    found.keep("entries", entries)
    return found


def visible_to_agent(view: View, who: Who, *, conversations: set[int] | None = None) -> dict[str, Any]:
    """What an agent's screen shows, in a form that two views can be compared in.

    Args:
        conversations: only these and what belongs to them; the shop's other clients may be busy.
    """
    wanted = {
        key: found
        for key, found in view.of("conversations").items()
        # What was merged is in no list any more; it is read when somebody asks for it.
        if (conversations is None or found["id"] in conversations) and found["status"] != "merged"
    }
    contacts = {str(found["contact_id"]) for found in wanted.values()}
    shown: dict[str, Any] = {
        "conversations": wanted,
        # When a shopper was last here is told by presence, not by events.
        "contacts": {
            key: {name: value for name, value in found.items() if name != "last_seen_at"}
            for key, found in view.of("contacts").items()
            if key in contacts
        },
        "entries": {key: found for key, found in view.of("entries").items() if str(found["conversation_id"]) in wanted},
        "drafts": {
            key: found
            for key, found in view.of("drafts").items()
            if key in wanted and (found["text"] or found["attachments"])
        },
        "mentions": view.of("mentions"),
        "promises": {
            key: found for key, found in view.of("promises").items() if not found["kept_at"] and not found["dropped_at"]
        },
        "questions": {
            key: found
            for key, found in view.of("questions").items()
            if not found["answered_at"] and not found["withdrawn"]
        },
        # An empty list is as good as none, and its version is the conversation's when it was read.
        "checklists": {
            key: found["items"] for key, found in view.of("checklists").items() if key in wanted and found["items"]
        },
        "agents": view.of("agents"),
        "seats": view.of("seats"),
        "offers": view.of("offers"),
        "teams": view.of("teams"),
        "views": view.of("views"),
        "tags": view.of("tags"),
        "bulks": view.of("bulks"),
        "canned_responses": view.of("canned_responses"),
        "plans": {key: found["n"] for key, found in view.of("plans").items()},
        "scheduled": view.of("scheduled"),
        "notifications": view.of("notifications"),
        "shop": view.of("shop"),
    }
    if conversations is None:
        shown["counts"] = {key: found["n"] for key, found in view.of("counts").items() if found["n"]}
    return shown


def visible_to_visitor(view: View) -> dict[str, Any]:
    """What a shopper's chat shows. `v` and `last_seq` also count what only the desk sees, so they are no part of it."""
    conversations = {
        key: {name: value for name, value in found.items() if name not in {"v", "last_seq"}}
        for key, found in view.of("conversations").items()
    }
    entries = {
        key: found for key, found in view.of("entries").items() if str(found["conversation_id"]) in conversations
    }
    return {"conversations": conversations, "entries": entries}
