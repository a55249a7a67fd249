"""What is redacted in a timeline stands in no log of a rule, and is asked of no rule any more."""

import pytest
from tests.people import People

from sonnim.automation.tests.conftest import Machine
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog.models import Outbox

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "my card is 4111 1111 1111 1111, " + "please refund it " * 20

REFUND = {"field": "text", "op": "contains", "value": ["refund"]}


def redact(people: People, conversation: int) -> None:
    redact_entry(actor=people.actor(people.lead), conversation_id=conversation, seq=1, reason="a card")


def test_the_log_of_a_rule_forgets_what_is_redacted(people: People, machine: Machine) -> None:
    rule = machine.rule({"event": "message"}, {"do": "priority", "priority": 2}, all=[REFUND])
    where, other = say(shopper(people), SECRET).conversation, say(shopper(people), "a refund").conversation
    machine.works()
    assert machine.runs(rule)[0].found[0]["found"].startswith("my card")
    redact(people, where)
    assert {run.conversation_id: run.found[0]["found"] for run in machine.runs(rule)} == {where: "", other: "a refund"}


def test_a_rule_that_is_still_to_act_is_not_asked_of_redacted_words(people: People, machine: Machine) -> None:
    rule = machine.rule({"event": "message"}, {"do": "priority", "priority": 3}, all=[REFUND])
    where = say(shopper(people), SECRET).conversation
    redact(people, where)
    assert "4111" not in str(list(Outbox.objects.filter(kind="automation").values_list("payload", flat=True)))
    machine.works()
    assert [run.outcome for run in machine.runs(rule)] == ["lapsed"]
