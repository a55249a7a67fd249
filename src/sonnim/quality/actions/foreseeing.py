"""Predictions are kept beside the scores of their conversation, and go as soon as the shopper speaks for themselves."""

from collections.abc import Iterable, Sequence

import msgspec

from sonnim.conversations.models import Conversation
from sonnim.eventlog import log
from sonnim.quality.models import Predictor, Score
from sonnim.quality.scoring import Result
from sonnim.quality.telling import announce

_KEPT = ("satisfaction", "unhappy", "predictor", "had_last_word")


def keep_predictions(*, shop_id: int, results: Sequence[Result]) -> set[tuple[int, int]]:
    """Have the current scores of these conversations say what is predicted; inside a unit of the shop.

    A shopper who has answered since the conversation was read is not contradicted. Answers conversation and agent of
    each score that says something else now.
    """
    by_id = {each.id: each for each in results}
    answered = set(Conversation.objects.filter(pk__in=by_id).exclude(solved=None).values_list("pk", flat=True))
    predictors = _predictors(shop_id, [each for each in results if each.foreseen is not None])
    changed = []
    for row in Score.objects.filter(shop_id=shop_id, conversation_id__in=by_id, current=True):
        before = _kept(row)
        result = by_id[row.conversation_id]
        said = None if result.id in answered else result.foreseen
        row.satisfaction, row.unhappy = (None, None) if said is None else (said.satisfaction, said.unhappy)
        row.predictor = None if said is None else predictors[result.predictor.version]
        row.had_last_word = row.agent_id == result.last_word
        if _kept(row) != before:
            changed.append(row)
    Score.objects.bulk_update(changed, _KEPT, batch_size=100)
    return {(row.conversation_id, row.agent_id) for row in changed}


def forget_predictions(*, shop_id: int, conversation_ids: Iterable[int]) -> None:
    """The shoppers of these have answered: nothing is predicted of them any more."""
    with log.unit(shop_id) as work:
        known = Score.objects.filter(shop_id=shop_id, conversation_id__in=list(conversation_ids), unhappy__isnull=False)
        agents = dict(known.values_list("pk", "agent_id"))
        if agents:
            Score.objects.filter(pk__in=agents).update(satisfaction=None, unhappy=None, predictor=None)
            announce(work, shop_id, agents.values())


def _kept(row: Score) -> tuple[object, ...]:
    return row.satisfaction, row.unhappy, row.predictor_id, row.had_last_word


def _predictors(shop_id: int, results: Sequence[Result]) -> dict[str, Predictor]:
    """The models that were asked, by version; one that has not predicted for the shop before is noted."""
    wanted = {each.predictor.version: each.predictor for each in results}
    known = {row.version: row for row in Predictor.objects.filter(shop_id=shop_id, version__in=wanted)}
    for version in wanted.keys() - known.keys():
        source = wanted[version]
        known[version] = Predictor.objects.create(
            shop_id=shop_id, version=version, source=source.kind, dialogues=source.dialogues,
            measured=msgspec.to_builtins(source.measured),
        )  # fmt: skip
    return known
