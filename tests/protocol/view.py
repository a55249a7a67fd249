"""What a client knows: the generic reducer of the protocol, and the same knowledge read afresh over HTTP."""

from collections import defaultdict
from typing import Any

from tests.protocol.desk import Desk, Who

Object = dict[str, Any]
QUEUES = ("waiting", "unassigned", "all", "snoozed", "resolved")


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
    for queue, n in read["counts"].items():
        key = f"mine:{who.id}" if queue == "mine" else queue
        found.put("counts", key, {"id": key, "v": read["pos"], "n": n})
    items, contacts = desk.conversations(who)
    found.keep("conversations", items)
    found.keep("contacts", contacts)
    for item in items:
        found.keep("entries", desk.entries(who, item["id"]))
    return found


def _of_visitor(desk: Desk, who: Who) -> Snapshot:
    read = desk.begin(who.token)
    found = Snapshot(read["epoch"], read["pos"])
    entries, before = read["entries"], read["entries_before"]
    while before is not None:
        page = desk.call(who, "GET", f"/entries?before={before}&limit=100")
        entries, before = page["items"] + entries, page["next"]
    found.keep("conversations", [read["conversation"]] if read["conversation"] else [])
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
        if conversations is None or found["id"] in conversations
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
        "agents": view.of("agents"),
        "teams": view.of("teams"),
        "shop": view.of("shop"),
    }
    if conversations is None:
        keys = [*QUEUES, f"mine:{who.id}"]
        shown["counts"] = {key: view.of("counts")[key]["n"] if key in view.of("counts") else 0 for key in keys}
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
