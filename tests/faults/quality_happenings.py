"""What becomes of scores, as happenings of F08."""

from collections.abc import Callable
from datetime import timedelta

from sonnim.conversations.actions import resolve_conversation
from sonnim.kernel import clock
from sonnim.quality import actions
from sonnim.quality.feeding import talks
from sonnim.quality.measures import measure_of
from sonnim.quality.models import Score
from sonnim.quality.scorecards import shipped
from sonnim.quality.scoring import score
from tests.faults.town import Town


def _settled(town: Town) -> int:
    """The conversation that waited is answered and settled."""
    town.post(None, "네", conversation=town.waiting)
    resolve_conversation(shop_id=town.shop, conversation_id=town.waiting, by=town.people.agent.pk)
    return town.waiting


def _scored(town: Town) -> Score:
    actions.score_conversations(shop_id=town.shop, ids=[_settled(town)])
    return Score.objects.get(conversation_id=town.waiting)


def _kept(town: Town) -> object:
    measure = measure_of(town.shop)
    found = [score(talk, measure) for talk in talks(town.shop, [_settled(town)])]
    return actions.keep_results(shop_id=town.shop, results=found)


def _drawn(town: Town) -> int:
    _scored(town)
    with clock.moved(timedelta(days=7)):
        return actions.draw_samples()


def _anew(town: Town) -> None:
    _settled(town)
    actions.score_next(shop_id=town.shop, since_ms=0, rank=0, id=0)


def _taken_off(town: Town) -> None:
    score = _scored(town)
    actions.spot_check(actor=town.owner, conversation_id=score.conversation_id)
    actions.take_off_list(actor=town.owner, score_id=score.pk)


def _reviewed(town: Town) -> object:
    return actions.put_review(
        actor=town.owner, score_id=_scored(town).pk, criteria={"courtesy": 900}, notes={}, words="따뜻합니다", v=0
    )


def _disputed(town: Town) -> int:
    return actions.dispute_score(actor=town.agent, score_id=_scored(town).pk, words="인사를 먼저 했습니다").pk


def _answered(town: Town) -> object:
    return actions.answer_dispute(
        actor=town.owner, dispute_id=_disputed(town), decision="change", reason="맞습니다", criteria={"answers": 1000}
    )


def _carded(town: Town) -> object:
    card = shipped()
    return actions.save_scorecard(actor=town.owner, version=0, criteria=card.criteria, per_week=card.per_week)


SCORED: dict[str, list[Callable[[Town], object]]] = {
    "quality.actions.carding:save_scorecard": [_carded],
    "quality.actions.disputing:answer_dispute": [_answered],
    "quality.actions.disputing:dispute_score": [_disputed],
    "quality.actions.foreseeing:forget_predictions": [
        lambda town: actions.forget_predictions(shop_id=town.shop, conversation_ids=[_scored(town).conversation_id])
    ],
    "quality.actions.reviewing:draw_samples": [_drawn],
    "quality.actions.reviewing:put_review": [_reviewed],
    "quality.actions.reviewing:spot_check": [
        lambda town: actions.spot_check(actor=town.owner, conversation_id=_settled(town))
    ],
    "quality.actions.reviewing:take_off_list": [_taken_off],
    "quality.actions.rescoring:score_next": [_anew],
    "quality.actions.scoring:keep_results": [_kept],
    "quality.actions.scoring:score_conversations": [_scored],
    "quality.actions.scoring:tell_of_history": [lambda town: actions.tell_of_history(shop_id=town.shop)],
}
