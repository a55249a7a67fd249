"""A shop decides how much each rule matters, whether it is on, and whether it asks before a draft is sent."""

import pytest

from sonnim.accounts.models import AuditEntry
from sonnim.coach.registry import RULES
from sonnim.coaching.tests.desk import Coached
from sonnim.eventlog.models import Event

pytestmark = pytest.mark.django_db
CURT = "/coach/rules/curt"


def changed(coached: Coached) -> int:
    return Event.objects.filter(shop_id=coached.people.shop.pk, type="coach.changed").count()


def test_without_a_decision_all_rules_are_on_as_the_coach_has_them(coached: Coached) -> None:
    found = coached.call("GET", "/coach/rules")["rules"]
    assert [each["rule"] for each in found] == list(RULES)
    assert all(each["on"] and not each["strict"] and each["severity"] == each["own_severity"] for each in found)


def test_a_rule_that_is_off_marks_nothing_until_it_is_on_again(coached: Coached) -> None:
    assert "curt" in coached.rules("Yes.")
    told = coached.call("PUT", CURT, {"severity": None, "on": False, "strict": False}, by=coached.people.lead)
    assert told["on"] is False
    assert "curt" not in coached.rules("Yes.")
    coached.call("PUT", CURT, {"severity": None, "on": True, "strict": False}, by=coached.people.lead)
    assert "curt" in coached.rules("Yes.")


def test_a_strict_rule_says_so_with_its_marks_and_as_severe_as_the_shop_wants_it(coached: Coached) -> None:
    told = coached.call("PUT", CURT, {"severity": "serious", "strict": True}, by=coached.people.lead)
    assert (told["severity"], told["strict"]) == ("serious", True)
    mark = next(each for each in coached.review("Yes.") if each["rule"] == "curt")
    assert (mark["severity"], mark["strict"]) == ("serious", True)
    others = [each for each in coached.review("Yes.") if each["rule"] != "curt"]
    assert not any(each["strict"] for each in others)


def test_the_rules_own_severity_holds_again_where_the_shop_wants_none(coached: Coached) -> None:
    own = coached.rule("curt")["own_severity"]
    coached.call("PUT", CURT, {"severity": "serious"}, by=coached.people.lead)
    assert coached.rule("curt")["own_severity"] == own
    coached.call("PUT", CURT, {"severity": None}, by=coached.people.lead)
    assert coached.rule("curt")["severity"] == own


def test_each_change_is_told_to_the_desk_and_kept_in_the_audit_log_and_no_change_is_neither(coached: Coached) -> None:
    coached.call("PUT", CURT, {"strict": True}, by=coached.people.lead)
    coached.call("PUT", CURT, {"strict": True}, by=coached.people.lead)
    assert changed(coached) == 1
    [kept] = AuditEntry.objects.filter(shop_id=coached.people.shop.pk, action="coach.rule_changed")
    assert kept.target == "rule:curt"


def test_an_unknown_rule_and_an_unknown_severity_are_refused(coached: Coached) -> None:
    coached.call("PUT", "/coach/rules/rude", {"on": False}, by=coached.people.lead, expect=404)
    coached.call("PUT", CURT, {"severity": "deadly"}, by=coached.people.lead, expect=422)


def test_one_shops_decisions_are_not_anothers(coached: Coached) -> None:
    coached.call("PUT", CURT, {"on": False}, by=coached.people.lead)
    url = f"/api/v1/shops/{coached.people.other_shop.pk}/coach/rules"
    theirs = coached.people.browser(coached.people.outsider).get(url).json()["rules"]
    assert all(each["on"] for each in theirs)
