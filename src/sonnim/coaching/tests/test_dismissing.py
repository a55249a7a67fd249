"""Agents wave marks away and say why; the third of one rule within 30 days quiets it for them, and leads hear of it."""

from datetime import timedelta

import pytest

from sonnim.coaching.models import Dismissal, Quiet
from sonnim.coaching.tests.desk import Coached
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.notifications import queries as notices
from sonnim.notifications.follower import Follower

pytestmark = pytest.mark.django_db


def three(coached: Coached) -> list[bool]:
    return [coached.dismiss("curt", piece)["quieted"] for piece in ("Yes.", "No.", "Well.")]


def test_a_mark_that_was_waved_away_does_not_come_back_in_its_conversation(coached: Coached) -> None:
    assert "curt" in coached.rules("Yes.")
    assert coached.dismiss("curt", "Yes.") == {"quieted": False}
    assert "curt" not in coached.rules("Yes.")
    assert "curt" in coached.rules("No.")
    assert "curt" in coached.rules("Yes.", by=coached.people.lead)


def test_in_another_conversation_the_same_words_are_marked_again(coached: Coached) -> None:
    coached.dismiss("curt", "Yes.")
    elsewhere = Coached(coached.people, say(shopper(coached.people), "Hello! Is it still there?").conversation)
    assert "curt" in elsewhere.rules("Yes.")


def test_the_same_mark_again_is_the_same_dismissal(coached: Coached) -> None:
    for _ in range(4):
        assert coached.dismiss("curt", "Yes.", words="They know me.") == {"quieted": False}
    assert Dismissal.objects.count() == 1
    assert coached.rule("curt")["dismissed"] == 1


def test_the_third_quiets_the_rule_for_this_agent_alone(coached: Coached) -> None:
    assert three(coached) == [False, False, True]
    assert "curt" not in coached.rules("Ok.")
    assert "curt" in coached.rules("Ok.", by=coached.people.lead)
    assert coached.rule("curt")["quiet_agents"] == [coached.people.agent.pk]
    assert coached.rule("bare-link")["quiet_agents"] == []


def test_other_rules_and_other_agents_do_not_count_towards_it(coached: Coached) -> None:
    coached.dismiss("curt", "Yes.")
    coached.dismiss("curt", "No.", by=coached.people.lead)
    coached.dismiss("bare-link", "No.")
    assert coached.dismiss("curt", "Well.") == {"quieted": False}


def test_what_was_dismissed_more_than_thirty_days_ago_does_not_count(coached: Coached) -> None:
    coached.dismiss("curt", "Yes.")
    coached.dismiss("curt", "No.")
    with clock.moved(timedelta(days=31)):
        assert coached.dismiss("curt", "Well.") == {"quieted": False}
        assert coached.dismiss("curt", "Ok.") == {"quieted": False}
        assert coached.dismiss("curt", "So.") == {"quieted": True}


def test_a_rule_is_heard_again_and_it_takes_three_more_to_quiet_it(coached: Coached) -> None:
    three(coached)
    for _ in range(2):
        coached.call("DELETE", "/coach/quiet/curt", expect=204)
    with clock.moved(timedelta(seconds=1)):
        assert "curt" in coached.rules("Ok.")
        assert coached.rule("curt")["quiet_agents"] == []
        again = [coached.dismiss("curt", piece)["quieted"] for piece in ("Ok.", "So.", "Hm.")]
        assert again == [False, False, True]
    assert Quiet.objects.count() == 1


def test_leads_and_above_are_told_once_and_the_agent_is_not(coached: Coached) -> None:
    follower = Follower()
    follower.look()
    three(coached)
    coached.dismiss("curt", "Hm.")
    assert follower.look() == 3
    people = coached.people
    for who in (people.lead, people.admin, people.owner):
        [told] = notices.unseen(agent_id=who.pk)
        assert (told["kind"], told["conversation_id"], told["by_id"]) == ("quieted", coached.where, people.agent.pk)
    assert notices.unseen(agent_id=people.agent.pk) == []


def test_what_is_told_holds_no_word_of_the_draft(coached: Coached) -> None:
    for n in range(3):
        coached.dismiss("curt", f"Vermilion {n}.", words="Vermilion knows me.")
    told = Event.objects.filter(shop_id=coached.people.shop.pk, type__startswith="coach.")
    assert {each.type for each in told} == {"coach.quieted", "coach.changed"}
    assert not any("ermilion" in each.public + each.desk for each in told)


def test_who_else_has_quieted_a_rule_is_for_those_who_manage_the_plan(coached: Coached) -> None:
    for piece in ("Yes.", "No.", "Well."):
        coached.dismiss("curt", piece, by=coached.people.lead)
    assert coached.rule("curt", by=coached.people.agent)["quiet_agents"] == []
    three(coached)
    assert coached.rule("curt", by=coached.people.agent)["quiet_agents"] == [coached.people.agent.pk]
    both = sorted([coached.people.agent.pk, coached.people.lead.pk])
    assert coached.rule("curt", by=coached.people.owner)["quiet_agents"] == both


def test_leads_read_what_was_dismissed_and_why_page_by_page(coached: Coached) -> None:
    coached.dismiss("bare-link", "https://ongi.example", reason="not_here", words="They asked for it.")
    agent, where = coached.people.agent.pk, coached.where
    Dismissal.objects.bulk_create(
        Dismissal(
            shop_id=coached.people.shop.pk, agent_id=agent, conversation_id=where, rule="curt", key=str(n),
            piece=str(n), reason="wrong",
        )
        for n in range(120)
    )  # fmt: skip
    pieces, before = [], ""
    while True:
        page = coached.call("GET", f"/coach/dismissals?rule=curt{before}", by=coached.people.lead)
        pieces += [each["piece"] for each in page["items"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert pieces == [str(n) for n in reversed(range(120))]
    newest = coached.call("GET", "/coach/dismissals?rule=bare-link", by=coached.people.lead)
    [only] = newest["items"]
    assert (only["agent_id"], only["reason"], only["words"]) == (agent, "not_here", "They asked for it.")
    assert newest["next"] is None


def test_an_unknown_rule_reason_or_conversation_is_refused(coached: Coached) -> None:
    coached.dismiss("rude", "Yes.", expect=404)
    coached.dismiss("curt", "Yes.", reason="whim", expect=422)
    coached.call("DELETE", "/coach/quiet/rude", expect=404)
    strange = Coached(coached.people, coached.where + 1_000)
    strange.dismiss("curt", "Yes.", expect=404)
