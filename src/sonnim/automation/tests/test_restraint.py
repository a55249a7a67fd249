"""Rules neither flood a conversation nor go round for ever, not even where time closes the circle."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.people import People

from sonnim.automation import running
from sonnim.automation.restraint import DAY_MS, IN_A_DAY, IN_A_ROW, Said, may_say
from sonnim.automation.saying import sentence
from sonnim.automation.tests.conftest import Machine
from sonnim.automation.timing import Watch
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.conversations.state import load
from sonnim.conversations.tests.shop_day import say, shopper, texts, timeline
from sonnim.kernel import clock
from sonnim.plan.scripts.tests.writing import kept

pytestmark = pytest.mark.django_db(transaction=True)
NOW = 1_795_000_000_000


def by_desk(conversation: int) -> int:
    return sum(line.author_kind == "system" and line.kind == "message" for line in timeline(conversation))


def test_a_rule_that_speaks_into_silence_ends_until_somebody_answers(people: People, machine: Machine) -> None:
    canned = kept(people, {"en": ["Are you still there?", "Anything else?"]})
    rule = machine.rule({"event": "silent", "for_s": 60}, {"do": "script", "canned_id": canned.pk})
    who = shopper(people)
    where = say(who).conversation
    say(people.agent, "What colour?", conversation_id=where)
    for minutes in range(2, 12):
        with clock.moved(timedelta(minutes=minutes)):
            Watch().look()
    assert by_desk(where) == IN_A_ROW
    assert "said enough" in machine.runs(rule)[-1].did[0]["why"]
    with clock.moved(timedelta(minutes=12)):
        say(who, "Green, please", conversation_id=where)
        say(people.agent, "Sure", conversation_id=where)
    with clock.moved(timedelta(minutes=14)):
        Watch().look()
    assert by_desk(where) == IN_A_ROW + 1


def test_a_machine_that_answers_every_answer_is_answered_ten_times_a_day(people: People, machine: Machine) -> None:
    canned = kept(people, {"en": ["We are closed."]})
    machine.rule({"event": "message"}, {"do": "script", "canned_id": canned.pk})
    who = shopper(people)
    where = say(who).conversation
    machine.works()
    for _ in range(IN_A_DAY + 3):
        say(who, "I am away.", conversation_id=where)
        machine.works()
    assert by_desk(where) == IN_A_DAY
    with clock.moved(timedelta(hours=25)):
        say(who, "Back again", conversation_id=where)
        machine.works()
    assert by_desk(where) == IN_A_DAY + 1


def test_many_rules_at_once_say_three_things_together(people: People, machine: Machine) -> None:
    canned = kept(people, {"en": ["Hello."]})
    for _ in range(5):
        machine.rule({"event": "begun"}, {"do": "script", "canned_id": canned.pk})
    where = say(shopper(people)).conversation
    machine.works()
    assert by_desk(where) == IN_A_ROW


def test_a_loop_that_goes_through_time_ends_and_says_so_once(
    people: People, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_RUNS", 4)
    rule = machine.rule({"event": "message"}, {"do": "note", "text": "round"})
    who = shopper(people)
    where = say(who).conversation
    for _ in range(7):
        machine.works()
        say(who, "again", conversation_id=where)
    assert texts(where).count("round") == 4
    assert [run.outcome for run in machine.runs(rule)] == ["done"] * 4 + ["loop"]


def test_a_script_of_which_nothing_is_left_is_not_said(people: People, machine: Machine) -> None:
    canned = kept(people, {"en": ["{{contact.name}}"]})
    rule = machine.rule({"event": "begun"}, {"do": "script", "canned_id": canned.pk})
    where = say(shopper(people)).conversation
    machine.works()
    assert by_desk(where) == 0
    assert machine.runs(rule)[0].outcome == "failed"


@pytest.mark.parametrize("name", ["WIN http://evil.example/x", "www.evil.example", "mail me@evil.example", "evil.com"])
def test_a_name_that_leads_elsewhere_is_no_name_in_the_desks_own_words(people: People, name: str) -> None:
    canned = kept(people, {"en": ["Hello {{contact.name|friend}}."]})
    where = say(shopper(people)).conversation
    contact = Conversation.objects.get(pk=where).contact_id
    Contact.objects.filter(pk=contact).update(name=name)
    assert _said(people, canned.pk, where) == "Hello friend."
    Contact.objects.filter(pk=contact).update(name="J. P. 김민지")
    assert _said(people, canned.pk, where) == "Hello J. P. 김민지."


def _said(people: People, canned_id: int, where: int) -> str:
    with connection.cursor() as cursor:
        about = load(cursor, [where])[where]
    found = sentence(shop=people.shop, canned_id=canned_id, about=about)
    assert found is not None
    return found[1]


@given(st.lists(st.tuples(st.sampled_from(["system", "contact", "agent"]), st.integers(NOW - 2 * DAY_MS, NOW))))
def test_what_may_be_said_never_passes_either_bound(said: list[tuple[str, int]]) -> None:
    lines = [Said(*each) for each in sorted(said, key=lambda each: -each[1])]
    in_a_row = next((at for at, each in enumerate(lines) if each.by != "system"), len(lines))
    today = [each for each in lines if each.by == "system" and each.at > NOW - DAY_MS]
    assert may_say(lines, at=NOW) == (in_a_row < IN_A_ROW and len(today) < IN_A_DAY)
