"""What an event of the log means for single agents: pure functions over its objects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from sonnim.notifications.rules import KINDS

_decode = msgspec.json.Decoder(dict[str, Any]).decode
Objects = Mapping[str, list[dict[str, Any]]]


THERE = "there"
"""Instead of a role: whoever is at the desk, or of the team, and if nobody is, whose devices can be reached."""


class News(NamedTuple):
    """Something for an agent, or with 0 for all who hold `role`, or for those of a team who are THERE."""

    kind: str
    agent_id: int
    role: str
    conversation_id: int
    seq: int = 0
    by_id: int | None = None
    question_id: int | None = None
    team_id: int | None = None


class Talk(NamedTuple):
    """A conversation in which something was said, as it stands now."""

    id: int
    assignee_id: int | None
    team_id: int | None
    follower_ids: str
    waiting_since: int | None
    last_by: str
    last_agent_id: int | None
    last_seq: int


def objects_of(public: str, desk: str) -> Objects:
    """The objects that an event puts, by collection."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in (public, desk):
        for name, objects in _decode(part).get("put", {}).items() if part else ():
            found[name] += objects.values()
    return found


def of_event(objects: Objects) -> list[News]:
    """Whom an event concerns."""
    found = [_mention(each) for each in objects.get("mentions", ()) if not each["seen"]]
    found += [news for each in objects.get("questions", ()) for news in _question(each)]
    found += [_quieted(each) for each in objects.get("quiets", ())]
    talks = {each["id"]: each for each in objects.get("conversations", ())}
    for entry in objects.get("entries", ()):
        found += _entry(entry, talks.get(entry["conversation_id"], {}))
    return [each for each in found if each.agent_id != each.by_id]


def _mention(mention: Mapping[str, Any]) -> News:
    return News("mention", mention["agent_id"], "", mention["conversation_id"], mention["seq"], mention["by_id"])


def _question(question: Mapping[str, Any]) -> Iterable[News]:
    where, own, asker = question["conversation_id"], question["id"], question["asked_by_id"]
    if question["withdrawn"]:
        return
    if question["answered_at"]:
        yield News("answered", asker, "", where, 0, question["answered_by_id"], own)
        return
    kind = "overdue" if question["overdue"] else "question"
    handed = question.get("handed_at")  # what an older version has told of had nobody to stand in
    whom = [(question["to_agent_id"], question["to_role"])] if question["overdue"] or not handed else []
    if handed:
        whom.append((question["stand_in_agent_id"], question["stand_in_role"]))
    for agent, role in whom:
        yield News(kind, agent or 0, role or "", where, 0, asker, own)
    if question["overdue"]:
        yield News(kind, asker, "", where, 0, None, own)


def _quieted(quiet: Mapping[str, Any]) -> News:
    """An agent has dismissed a rule of the coach so often that it keeps silent for them: leads look at the rule."""
    return News("quieted", 0, "lead", quiet["conversation_id"], 0, quiet["agent_id"])


def _entry(entry: Mapping[str, Any], talk: Mapping[str, Any]) -> Iterable[News]:
    author = entry["author"]["id"] if entry["author"]["kind"] == "agent" else None
    place = entry["conversation_id"], entry["seq"], author
    if entry["kind"] == "event" and entry["data"].get("what") == "promise":
        yield from _promise(entry["data"], entry["conversation_id"], talk)
    elif entry["kind"] == "event" and entry["data"].get("what") == "clock":
        yield from _strike(entry, talk)
    elif entry["kind"] == "event" and entry["data"].get("what") == "rule":
        yield from _rule(entry, talk)
    elif entry["kind"] == "event" and entry["data"].get("what") == "assigned" and entry["data"]["agent_id"]:
        yield News("assigned", entry["data"]["agent_id"], "", *place)
    elif entry["kind"] == "note" and not entry["v"]:
        for agent in sorted({*talk.get("follower_ids", ()), talk.get("assignee_id") or 0} - {0}):
            yield News("followed", agent, "", *place)


def _promise(data: Mapping[str, Any], where: int, talk: Mapping[str, Any]) -> Iterable[News]:
    """Its agent hears when its time is nearly up and when it is over, in the end the leads or the team."""
    if data["done"] not in ("warned", "overdue", "escalated", "stepped"):
        return
    kind = "promise" if data["done"] == "warned" else "late"
    if data["notify"] == "lead":
        yield News(kind, 0, "lead", where, data["seq"] or 0)
    elif data["notify"] == "team":
        yield News(kind, 0, THERE, where, data["seq"] or 0, team_id=talk.get("team_id"))
    elif data["notify"]:
        yield News(kind, data["agent_id"], "", where, data["seq"] or 0)


def _strike(entry: Mapping[str, Any], talk: Mapping[str, Any]) -> Iterable[News]:
    """A service promise warns or is broken: whose conversation it is hears of it; nobody's concerns who is there."""
    data = entry["data"]
    kind = "due" if data["strike"] == "warn" or data["percent"] < 100 else "missed"
    place = entry["conversation_id"], entry["seq"]
    if data["notify"] == "lead":
        yield News(kind, 0, "lead", *place)
    elif data["notify"] == "agent" and talk.get("assignee_id"):
        yield News(kind, talk["assignee_id"], "", *place)
    elif data["notify"]:
        yield News(kind, 0, THERE, *place, team_id=talk.get("team_id"))


def _rule(entry: Mapping[str, Any], talk: Mapping[str, Any]) -> Iterable[News]:
    """A rule of automation tells everybody with a role, or whose conversation it is."""
    role, place = entry["data"]["notify"], (entry["conversation_id"], entry["seq"])
    if role != "assignee":
        yield News("rule", 0, role, *place)
    elif talk.get("assignee_id"):
        yield News("rule", talk["assignee_id"], "", *place)


def of_talk(talk: Talk, *, since: int, members: Mapping[int, frozenset[int]], ready: frozenset[int]) -> list[News]:
    """Whom it concerns that something was said.

    Args:
        since: when the stretch of the log that is looked at began, in milliseconds.
        members: the agents of each team.
        ready: the agents who have devices; of mere messages nobody else is told.
    """
    by = talk.last_agent_id if talk.last_by == "agent" else None
    place = talk.id, talk.last_seq, by
    followers = set(msgspec.json.decode(talk.follower_ids)) - {by, talk.assignee_id}
    found = [News("followed", agent, "", *place) for agent in sorted(followers)]
    if talk.last_by != "contact" or talk.waiting_since is None:
        return found
    if talk.assignee_id is not None:
        return found + ([News("message", talk.assignee_id, "", *place)] if talk.assignee_id in ready else [])
    if talk.waiting_since < since:
        return found  # it has been told of when the wait began
    told = members.get(talk.team_id, frozenset()) & ready if talk.team_id is not None else ready
    return found + [News("new", agent, "", *place) for agent in sorted(told - followers)]


def one_each(news: Iterable[News]) -> list[News]:
    """Of several things in one conversation for one agent only the most pressing one, in the order of the log."""
    best: dict[tuple[int, str, int], News] = {}
    for each in news:
        key = each.agent_id, each.role if not each.agent_id else "", each.conversation_id
        known = best.get(key)
        if known is None or KINDS.index(each.kind) <= KINDS.index(known.kind):
            best[key] = each
    return list(best.values())
