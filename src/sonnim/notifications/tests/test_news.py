"""What an event means for whom: without a database."""

from typing import Any

import pytest

from sonnim.notifications.news import THERE, News, Talk, objects_of, of_event, of_talk, one_each

ASKED: dict[str, Any] = {
    "id": 9, "conversation_id": 5, "asked_by_id": 1, "to_agent_id": 2, "to_role": None, "answered_at": None,
    "answered_by_id": None, "overdue": False, "withdrawn": False,
}  # fmt: skip


def told(**change: Any) -> list[tuple[str, int, str]]:
    return [(each.kind, each.agent_id, each.role) for each in of_event({"questions": [{**ASKED, **change}]})]


def test_a_question_is_for_whom_it_names() -> None:
    assert told() == [("question", 2, "")]


def test_a_question_to_a_role_is_for_all_who_hold_it() -> None:
    assert told(to_agent_id=None, to_role="lead") == [("question", 0, "lead")]


def test_an_answer_is_for_whoever_asked_unless_it_was_the_same_person() -> None:
    answered = {"answered_at": "2026-11-22T03:00:00Z"}
    assert told(**answered, answered_by_id=2) == [("answered", 1, "")]
    assert told(**answered, answered_by_id=1) == []


def test_a_deadline_concerns_both_sides_and_a_withdrawn_question_nobody() -> None:
    assert told(overdue=True) == [("overdue", 2, ""), ("overdue", 1, "")]
    assert told(withdrawn=True) == []


def test_whoever_stands_in_hears_when_nobody_answered_and_both_when_it_is_late() -> None:
    handed = {"handed_at": "2026-11-22T03:00:00Z", "stand_in_agent_id": None, "stand_in_role": "owner"}
    assert told(**handed) == [("question", 0, "owner")]
    assert told(**handed, overdue=True) == [("overdue", 2, ""), ("overdue", 0, "owner"), ("overdue", 1, "")]


def entry(**more: Any) -> dict[str, Any]:
    return {
        "conversation_id": 5, "seq": 7, "kind": "note", "author": {"kind": "agent", "id": 1}, "data": {},
        "v": 0, **more,
    }  # fmt: skip


def test_a_note_is_for_followers_and_for_whose_conversation_it_is_but_not_for_its_author() -> None:
    talk = {"id": 5, "follower_ids": [1, 3], "assignee_id": 4}
    found = of_event({"entries": [entry()], "conversations": [talk]})
    assert [(each.kind, each.agent_id, each.seq) for each in found] == [("followed", 3, 7), ("followed", 4, 7)]
    assert of_event({"entries": [entry(v=12)], "conversations": [talk]}) == [], "an edit is told again"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"what": "assigned", "agent_id": 2}, [2]),
        ({"what": "assigned", "agent_id": 1}, []),
        ({"what": "assigned", "agent_id": None}, []),
        ({"what": "resolved"}, []),
    ],
)
def test_an_assignment_is_for_whoever_gets_it_from_somebody_else(data: dict[str, Any], expected: list[int]) -> None:
    found = of_event({"entries": [entry(kind="event", data=data)]})
    assert [each.agent_id for each in found if each.kind == "assigned"] == expected


def test_both_parts_of_an_event_are_read() -> None:
    read = objects_of('{"put":{"entries":{"1":{"id":1}}}}', '{"put":{"entries":{"2":{"id":2}}},"drop":{"drafts":[1]}}')
    assert read["entries"] == [{"id": 1}, {"id": 2}]
    assert objects_of('{"type":"x"}', "") == {}


def talk(**more: Any) -> Talk:
    fields: dict[str, Any] = {
        "id": 5, "assignee_id": None, "team_id": None, "follower_ids": "[]", "waiting_since": 1000,
        "last_by": "contact", "last_agent_id": None, "last_seq": 3, **more,
    }  # fmt: skip
    return Talk(**fields)


def of(about: Talk, ready: set[int] | None = None) -> list[tuple[str, int]]:
    devices = frozenset({1, 2, 3} if ready is None else ready)
    found = of_talk(about, since=900, members={7: frozenset({2})}, ready=devices)
    return [(each.kind, each.agent_id) for each in found]


def test_a_message_is_pushed_to_whose_conversation_it_is_in() -> None:
    assert of(talk(assignee_id=2)) == [("message", 2)]
    assert of(talk(assignee_id=2), ready={1}) == []


def test_the_first_word_that_nobody_has_taken_is_pushed_to_the_team_or_to_all() -> None:
    assert of(talk()) == [("new", 1), ("new", 2), ("new", 3)]
    assert of(talk(team_id=7)) == [("new", 2)]
    assert of(talk(waiting_since=800)) == []


def test_followers_hear_of_answers_too_but_not_of_their_own() -> None:
    answered = talk(last_by="agent", last_agent_id=1, waiting_since=None, follower_ids="[1,3]")
    assert of(answered) == [("followed", 3)]


def test_of_several_things_at_once_the_most_pressing_one_is_told() -> None:
    lines = [
        News("followed", 2, "", 5),
        News("mention", 2, "", 5),
        News("assigned", 2, "", 5),
        News("assigned", 2, "", 6),
    ]
    assert [(each.kind, each.conversation_id) for each in one_each(lines)] == [("mention", 5), ("assigned", 6)]


def struck(
    strike: str, *, percent: int = 100, notify: str = "agent", **talk: Any
) -> list[tuple[str, int, str, int | None]]:
    data = {"what": "clock", "strike": strike, "percent": percent, "notify": notify}
    event = entry(kind="event", author={"kind": "system", "id": None}, data=data)
    about = {"id": 5, "follower_ids": [], "assignee_id": None, "team_id": None, **talk}
    found = of_event({"entries": [event], "conversations": [about]})
    return [(each.kind, each.agent_id, each.role, each.team_id) for each in found]


def test_a_clock_that_warns_or_runs_out_concerns_whose_conversation_it_is() -> None:
    assert struck("warn", percent=70, assignee_id=4) == [("due", 4, "", None)]
    assert struck("late", assignee_id=4) == [("missed", 4, "", None)]


def test_the_clock_of_nobodys_conversation_concerns_its_team_or_whoever_is_there() -> None:
    assert struck("late") == [("missed", 0, THERE, None)]
    assert struck("late", team_id=8) == [("missed", 0, THERE, 8)]


def test_an_escalation_tells_those_whom_it_names() -> None:
    assert struck("escalate", notify="lead", assignee_id=4) == [("missed", 0, "lead", None)]
    assert struck("escalate", notify="team", assignee_id=4, team_id=8) == [("missed", 0, THERE, 8)]
    assert struck("escalate", notify="lead", percent=50) == [("due", 0, "lead", None)], "before the time is over"
    assert struck("escalate", notify="") == [], "it raised the priority, and told nobody"


@pytest.mark.parametrize(
    ("done", "notify", "expected"),
    [
        ("made", None, []),
        ("kept", None, []),
        ("warned", "agent", [("promise", 7, "")]),
        ("overdue", "agent", [("late", 7, "")]),
        ("overdue", "lead", [("late", 0, "lead")]),
        ("escalated", "lead", [("late", 0, "lead")]),
        ("warned", "lead", [("promise", 0, "lead")]),
        ("stepped", "team", [("late", 0, "there")]),
        ("stepped", "", []),
    ],
)
def test_a_promise_concerns_its_agent_and_in_the_end_the_leads(
    done: str, notify: str | None, expected: list[tuple[str, int, str]]
) -> None:
    data = {"what": "promise", "done": done, "agent_id": 7, "seq": 4, "notify": notify}
    line = entry(kind="event", author={"kind": "system", "id": None}, data=data)
    found = of_event({"entries": [line]})
    assert [(each.kind, each.agent_id, each.role) for each in found] == expected
    assert all(each.seq == 4 for each in found), "it leads to what was promised"


def test_a_rule_of_the_coach_that_fell_quiet_for_an_agent_is_for_leads() -> None:
    quiet = {"id": 3, "rule": "curt", "agent_id": 2, "conversation_id": 5}
    [told] = of_event({"quiets": [quiet]})
    assert (told.kind, told.agent_id, told.role, told.conversation_id, told.by_id) == ("quieted", 0, "lead", 5, 2)
