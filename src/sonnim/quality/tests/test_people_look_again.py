"""People look again: lists, reviews, calibration, disputes; and agents see what is theirs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People, make_agent

from sonnim.accounts.models import AuditEntry
from sonnim.eventlog.models import Event
from sonnim.eventlog.outbox import deliver_due
from sonnim.kernel import clock
from sonnim.quality import actions
from sonnim.quality.models import Dispute, Listed, Score
from sonnim.quality.tests.settled import CURT, GOOD, RUDE, deliver, resolve, say, settle, shopper

pytestmark = pytest.mark.django_db


class Desk:
    """What everybody calls, in a word each."""

    def __init__(self, people: People) -> None:
        self.people = people

    def __call__(self, who: str, method: str, path: str, body: object = None, *, status: int = 200) -> Any:
        browser = self.people.browser(getattr(self.people, who))
        answer = browser.call(method, self.people.url(f"/quality{path}"), body)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def desk(people: People) -> Iterator[Desk]:
    yield Desk(people)


def scored(people: People, *replies: str, **more: Any) -> Score:
    about = settle(people, *replies, **more)
    deliver()
    return Score.objects.get(conversation_id=about)


def test_an_agent_sees_their_own_scores_and_nobody_elses(people: People, desk: Desk) -> None:
    own, other = scored(people, GOOD), scored(people, CURT, by=people.lead)
    assert [each["id"] for each in desk("agent", "GET", "/scores")["items"]] == [own.pk]
    desk("agent", "GET", f"/scores?agent_id={people.lead.pk}", status=403)
    desk("agent", "GET", f"/summary?agent_id={people.lead.pk}", status=403)
    desk("agent", "GET", "/team", status=403)
    desk("agent", "GET", f"/score/{other.pk}", status=404)
    assert desk("agent", "GET", f"/scores/{other.conversation_id}") == {"items": []}
    assert {each["id"] for each in desk("lead", "GET", "/scores")["items"]} == {own.pk, other.pk}
    assert desk("agent", "GET", "/summary")["count"] == 1


def test_a_page_of_scores_leads_to_the_next(people: People, desk: Desk) -> None:
    ids = [scored(people, GOOD).pk for _ in range(5)]
    found, before = [], ""
    while True:
        page = desk("agent", "GET", f"/scores?limit=2{before}")
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert found == ids[::-1]


def test_a_rule_leads_to_the_conversations_behind_its_number(people: People, desk: Desk) -> None:
    curt = [scored(people, CURT, CURT).pk for _ in range(3)]
    scored(people, GOOD)
    first = desk("lead", "GET", "/scores?rule=curt&limit=2")
    assert [each["id"] for each in first["items"]] == curt[:0:-1]
    rest = desk("lead", "GET", f"/scores?rule=curt&limit=2&before={first['next']}")
    assert ([each["id"] for each in rest["items"]], rest["next"]) == ([curt[0]], None)


def test_a_score_shows_the_best_and_the_worst_sentence(people: People, desk: Desk) -> None:
    score = scored(people, GOOD, RUDE)
    [shown] = desk("agent", "GET", f"/scores/{score.conversation_id}")["items"]
    assert shown["best"]["piece"] in GOOD
    assert (shown["worst"]["piece"] in RUDE, shown["worst"]["severity"]) == (True, "serious")
    [reply] = shown["replies"]
    assert reply["text"] == RUDE
    assert {line["criterion"] for line in reply["lines"] if line["severity"] == "serious"} == {"respect"}


def test_a_summary_counts_weeks_and_rules(people: People, desk: Desk) -> None:
    with clock.moved(timedelta(days=-7)):
        scored(people, CURT)
    scored(people, GOOD)
    scored(people, GOOD, by=people.lead)
    summary = desk("agent", "GET", "/summary?weeks=2")
    before, this = summary["weeks"]
    assert (before["count"], this["count"], this["mean"]) == (1, 1, 100.0)
    assert summary["change"] == pytest.approx(100.0 - before["mean"], abs=0.11)
    assert {"rule": "curt", "count": 1, "weeks": [1, 0]} in summary["rules"]
    assert summary["best"][0]["piece"] in GOOD
    assert summary["worst"][0]["piece"] == CURT
    team = desk("lead", "GET", "/team?weeks=2")
    assert {each["agent_id"]: each["count"] for each in team["agents"]} == {people.agent.pk: 2, people.lead.pk: 1}
    assert team["weeks"][1]["count"] == 2


def test_last_weeks_list_has_so_many_of_each_agent_and_what_failed_first(people: People) -> None:
    other = make_agent(people.shop, "other", "agent")
    fine = [scored(people, GOOD).pk for _ in range(4)]
    failed = scored(people, RUDE)
    theirs = scored(people, GOOD, by=other)
    assert actions.draw_samples() == 0, "this week is not over"
    with clock.moved(timedelta(days=7)):
        assert actions.draw_samples() == 3
        assert actions.draw_samples() == 0
    found = {each.score_id: each.why for each in Listed.objects.all()}
    assert (found.pop(failed.pk), found.pop(theirs.pk)) == ("critical", "sample")
    assert set(found) < set(fine)


def test_the_lot_falls_the_same_way_again(people: People) -> None:
    for _ in range(6):
        scored(people, GOOD)
    with clock.moved(timedelta(days=7)):
        actions.draw_samples()
        first = set(Listed.objects.values_list("score_id", flat=True))
        Listed.objects.all().delete()
        actions.draw_samples()
    assert set(Listed.objects.values_list("score_id", flat=True)) == first


def test_a_lead_puts_any_settled_conversation_on_the_list(people: People, desk: Desk) -> None:
    score = scored(people, GOOD)
    body = {"conversation_id": score.conversation_id, "note": "새 직원"}
    desk("lead", "POST", "/queue", body)
    desk("lead", "POST", "/queue", body)
    [listed] = desk("lead", "GET", "/queue")["items"]
    assert (listed["why"], listed["note"], listed["score"]["id"]) == ("spot", "새 직원", score.pk)
    desk("agent", "POST", "/queue", body, status=403)
    open_one = say(people, shopper(people), "안녕하세요")
    desk("lead", "POST", "/queue", {"conversation_id": open_one}, status=409)


def test_what_was_put_on_the_list_can_be_taken_back_until_it_is_reviewed(people: People, desk: Desk) -> None:
    score = scored(people, GOOD)
    place = f"/queue/{score.pk}"
    desk("lead", "POST", "/queue", {"conversation_id": score.conversation_id})
    desk("agent", "DELETE", place, status=403)
    desk("owner", "DELETE", place, status=204)
    desk("lead", "DELETE", place, status=204)
    desk("lead", "DELETE", "/queue/999999", status=404)
    assert desk("lead", "GET", "/queue")["items"] == []
    desk("lead", "POST", "/queue", {"conversation_id": score.conversation_id})
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 80}})
    desk("lead", "DELETE", place, status=409)
    assert AuditEntry.objects.filter(action="quality.spot_check_undone").count() == 1


def test_what_was_drawn_stays_on_the_list(people: People, desk: Desk) -> None:
    score = scored(people, RUDE)
    with clock.moved(timedelta(days=7)):
        actions.draw_samples()
    desk("lead", "DELETE", f"/queue/{score.pk}", status=409)
    assert Listed.objects.filter(score=score).exists()


def test_what_waits_on_the_list_goes_on_to_the_new_score(people: People, desk: Desk) -> None:
    who = shopper(people)
    score = scored(people, GOOD, who=who)
    desk("lead", "POST", "/queue", {"conversation_id": score.conversation_id})
    say(people, who, "그런데 검은색은요?", score.conversation_id)
    say(people, people.agent, CURT, score.conversation_id)
    resolve(people, score.conversation_id)
    deliver()
    [listed] = desk("lead", "GET", "/queue")["items"]
    assert listed["score"]["id"] == Score.objects.get(conversation_id=score.conversation_id).pk != score.pk


def test_a_disputed_score_that_waits_for_a_reviewer_hands_its_place_on(people: People, desk: Desk) -> None:
    who = shopper(people)
    score = scored(people, GOOD, who=who)
    desk("lead", "POST", "/queue", {"conversation_id": score.conversation_id})
    desk("agent", "POST", f"/score/{score.pk}/dispute", {"words": "왜죠?"})
    say(people, who, "그런데 검은색은요?", score.conversation_id)
    say(people, people.agent, GOOD, score.conversation_id)
    resolve(people, score.conversation_id)
    deliver()
    [listed] = desk("lead", "GET", "/queue")["items"]
    assert (listed["score"]["current"], listed["score"]["dispute"]) == (True, None)
    assert desk("lead", "GET", "/disputes")["items"][0]["score_id"] == score.pk


def test_a_review_counts_and_two_are_a_calibration(people: People, desk: Desk) -> None:
    score = scored(people, GOOD)
    desk("lead", "POST", "/queue", {"conversation_id": score.conversation_id})
    said = {"criteria": {"answers": 80, "courtesy": 60, "promptness": None}, "notes": {"courtesy": "조금 차가움"}}
    shown = desk("lead", "PUT", f"/score/{score.pk}/review", said)
    assert (shown["score"]["points"], shown["score"]["by"], shown["difference"]) == (70.0, "review", {})
    assert desk("lead", "GET", "/queue")["items"] == []
    shown = desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 80, "courtesy": 100}})
    assert (shown["score"]["points"], shown["score"]["rule_points"]) == (80.0, 100.0)
    assert (shown["difference"], shown["total_difference"]) == ({"answers": 0.0, "courtesy": 40.0}, 20.0)
    [done] = desk("lead", "GET", "/queue?state=reviewed")["items"]
    assert (done["difference"], sorted(done["reviewer_ids"])) == (20.0, sorted([people.lead.pk, people.owner.pk]))


def test_a_review_that_finds_nothing_to_judge_leaves_the_word_to_the_rules(people: People, desk: Desk) -> None:
    score = scored(people, RUDE)
    path = f"/score/{score.pk}/review"
    shown = desk("lead", "PUT", path, {"criteria": {"answers": 80}})["score"]
    assert (shown["points"], shown["by"], shown["critical"]) == (80.0, "review", False)
    shown = desk("lead", "PUT", path, {"criteria": {"answers": None}, "v": 1})["score"]
    assert (shown["points"], shown["by"], shown["critical"]) == (0.0, "rules", True)


def test_a_review_is_changed_only_by_whoever_has_seen_it_last(people: People, desk: Desk) -> None:
    path = f"/score/{scored(people, GOOD).pk}/review"
    desk("lead", "PUT", path, {"criteria": {"answers": 80}})
    desk("lead", "PUT", path, {"criteria": {"answers": 70}}, status=409)
    assert desk("lead", "PUT", path, {"criteria": {"answers": 70}, "v": 1})["score"]["points"] == 70.0


def test_nobody_reviews_themselves(people: People, desk: Desk) -> None:
    score = scored(people, GOOD, by=people.lead)
    desk("lead", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 100}}, status=403)
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"no-such": 100}}, status=422)
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 101}}, status=422)


def test_a_dispute_is_made_once_and_answered_once(people: People, desk: Desk) -> None:
    score = scored(people, CURT)
    path = f"/score/{score.pk}/dispute"
    desk("lead", "POST", path, {"words": "내 것이 아닙니다"}, status=403)
    desk("agent", "POST", path, {"words": " "}, status=422)
    made = desk("agent", "POST", path, {"words": "손님이 예/아니요로 물었습니다"})
    desk("agent", "POST", path, {"words": "다시"}, status=409)
    assert desk("lead", "GET", "/disputes")["items"] == [made]
    answer = f"/disputes/{made['id']}/answer"
    desk("agent", "POST", answer, {"decision": "uphold", "reason": "네"}, status=403)
    desk("lead", "POST", answer, {"decision": "change", "reason": "맞습니다"}, status=422)
    change = {"decision": "change", "reason": "맞습니다", "criteria": {"answers": 100}}
    assert desk("lead", "POST", answer, change)["outcome"] == "changed"
    desk("lead", "POST", answer, change, status=409)
    shown = desk("agent", "GET", f"/score/{score.pk}")
    assert shown["score"]["by"] == "dispute"
    assert shown["score"]["points"] > shown["score"]["rule_points"]
    assert shown["dispute"]["reason"] == "맞습니다"
    assert AuditEntry.objects.filter(action="quality.dispute_answered").count() == 1


def test_a_dispute_changes_what_counted_and_not_what_the_rules_had_said(people: People, desk: Desk) -> None:
    score = scored(people, RUDE)
    desk("lead", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 60, "courtesy": 40}})
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 80, "courtesy": 40}})
    made = desk("agent", "POST", f"/score/{score.pk}/dispute", {"words": "책 제목을 인용했습니다"})
    change = {"decision": "change", "reason": "맞습니다", "criteria": {"courtesy": 100}}
    desk("lead", "POST", f"/disputes/{made['id']}/answer", change)
    card = {each["id"]: each["weight"] for each in desk("lead", "GET", "/scorecard")["criteria"]}
    weights = card["answers"] + card["courtesy"]
    each = [(card["answers"] * answers + card["courtesy"] * 1000) // weights for answers in (600, 800)]
    settled = Score.objects.get(pk=score.pk)
    assert (settled.points, settled.critical, settled.by) == (sum(each) // 2, False, "dispute")


def test_what_a_dispute_settled_no_review_changes(people: People, desk: Desk) -> None:
    score = scored(people, RUDE)
    made = desk("agent", "POST", f"/score/{score.pk}/dispute", {"words": "책 제목을 인용했습니다"})
    change = {"decision": "change", "reason": "인용이 맞습니다", "criteria": {"respect": 100}}
    desk("lead", "POST", f"/disputes/{made['id']}/answer", change)
    settled = Score.objects.get(pk=score.pk)
    assert (settled.critical, settled.by) == (False, "dispute")
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 10}})
    assert Score.objects.get(pk=score.pk).points == settled.points


def test_nobody_answers_their_own_dispute(people: People, desk: Desk) -> None:
    score = scored(people, CURT, by=people.lead)
    made = desk("lead", "POST", f"/score/{score.pk}/dispute", {"words": "아닙니다"})
    desk("lead", "POST", f"/disputes/{made['id']}/answer", {"decision": "uphold", "reason": "네"}, status=403)
    desk("owner", "POST", f"/disputes/{made['id']}/answer", {"decision": "uphold", "reason": "짧습니다"})
    assert Dispute.objects.get().outcome == "upheld"


def test_a_score_that_somebody_spoke_about_stays_beside_the_new_one(people: People, desk: Desk) -> None:
    who = shopper(people)
    score = scored(people, GOOD, who=who)
    desk("agent", "POST", f"/score/{score.pk}/dispute", {"words": "왜죠?"})
    say(people, who, "그런데 검은색은요?", score.conversation_id)
    say(people, people.agent, GOOD, score.conversation_id)
    resolve(people, score.conversation_id)
    deliver()
    assert not Score.objects.get(pk=score.pk).current
    assert Score.objects.filter(conversation_id=score.conversation_id, current=True).count() == 1
    assert desk("agent", "GET", f"/score/{score.pk}")["score"]["current"] is False


def test_a_scorecard_is_written_by_whoever_has_read_the_last_one(people: People, desk: Desk) -> None:
    card = desk("agent", "GET", "/scorecard")
    assert (card["version"], sum(each["weight"] for each in card["criteria"])) == (0, 100)
    wanted = {"version": 0, "criteria": card["criteria"], "per_week": 3}
    desk("agent", "PUT", "/scorecard", wanted, status=403)
    saved = desk("lead", "PUT", "/scorecard", wanted)
    assert (saved["version"], saved["changed_by_id"]) == (1, people.lead.pk)
    assert desk("agent", "GET", "/scorecard") == saved
    desk("owner", "PUT", "/scorecard", wanted, status=409)
    wrong = {**wanted, "version": 1, "criteria": card["criteria"][1:]}
    desk("lead", "PUT", "/scorecard", wrong, status=422)
    shipped = desk("agent", "GET", "/scorecard?version=0")
    assert (shipped["per_week"], shipped["changed_by_id"], shipped["changed_at"]) == (2, None, None)


def test_criteria_stand_in_the_order_in_which_they_were_saved(people: People, desk: Desk) -> None:
    earlier = scored(people, GOOD)
    shipped = desk("lead", "GET", "/scorecard")["criteria"]
    turned = [*shipped[3:], *reversed(shipped[:3])]
    names = [each["id"] for each in turned]
    assert names not in ([each["id"] for each in shipped], sorted(names))
    saved = desk("lead", "PUT", "/scorecard", {"version": 0, "criteria": turned})
    assert saved["criteria"] == turned
    assert desk("agent", "GET", "/scorecard")["criteria"] == turned
    score = scored(people, GOOD)
    desk("owner", "PUT", f"/score/{score.pk}/review", {"criteria": {"answers": 60}})
    assert desk("lead", "GET", f"/score/{score.pk}")["scorecard"]["criteria"] == turned
    # What was scored before keeps its own.
    assert desk("lead", "GET", f"/score/{earlier.pk}")["scorecard"]["criteria"] == shipped
    means = [each["id"] for each in desk("agent", "GET", "/summary")["criteria"]]
    assert means == [name for name in names if name in means]
    assert len(means) > 2


def test_scoring_the_past_anew_is_asked_for(people: People, desk: Desk) -> None:
    scored(people, GOOD)
    card = desk("lead", "GET", "/scorecard")
    desk("lead", "PUT", "/scorecard", {"version": 0, "criteria": card["criteria"]})
    deliver()
    assert Score.objects.get().version == 0
    desk("lead", "POST", "/rescore", {"since": "2020-01-01T00:00:00Z"}, status=204)
    deliver()
    assert Score.objects.get().version == 1


def test_how_far_scoring_the_past_is_can_be_asked_step_by_step(
    people: People, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        scored(people, GOOD)
    card = desk("lead", "GET", "/scorecard")
    desk("lead", "PUT", "/scorecard", {"version": 0, "criteria": card["criteria"]})
    assert desk("lead", "GET", "/rescore") == {"under_way": False, "since": None, "done": 0, "total": 0}
    desk("agent", "GET", "/rescore", status=403)
    monkeypatch.setattr("sonnim.quality.actions.rescoring.A_PIECE", 1)
    monkeypatch.setattr("sonnim.quality.actions.rescoring.ENOUGH_S", 0)
    desk("lead", "POST", "/rescore", {"since": "2020-01-01T00:00:00Z"}, status=204)
    seen = []
    while (now := desk("lead", "GET", "/rescore"))["under_way"]:
        assert (now["total"], now["since"]) == (3, "2020-01-01T00:00:00.000Z")
        seen.append(now["done"])
        with clock.moved(timedelta(minutes=len(seen))):
            deliver_due(limit=1)
    assert seen[0] == 0
    assert (seen, set(seen)) == (sorted(seen), {0, 1, 2, 3})


def test_what_is_told_to_the_desk_has_no_figures(people: People) -> None:
    scored(people, RUDE)
    told = Event.objects.filter(type="quality.changed").latest("pos")
    assert told.public.count("put") == 0
    assert f'"agent_ids":[{people.agent.pk}]' in told.desk
    assert "points" not in told.desk


@pytest.mark.parametrize("path", ["/scores", "/scores?rule=curt", "/queue", "/disputes", "/summary", "/team"])
def test_a_longer_page_costs_no_more_statements(people: People, desk: Desk, path: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            desk("lead", "GET", path)
        return len(seen)

    def one_more() -> None:
        score = scored(people, GOOD, CURT)
        actions.spot_check(actor=people.actor(people.lead), conversation_id=score.conversation_id)
        actions.dispute_score(actor=people.actor(people.agent), score_id=score.pk, words="아닙니다")

    one_more()
    few = statements()
    for _ in range(4):
        one_more()
    assert statements() == few
