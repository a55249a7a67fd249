"""Scores are kept: each for a line of its conversation and a version of the scorecard, once."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sonnim.accounts.models import Shop
from sonnim.conversations.models import Conversation
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.quality.actions.foreseeing import keep_predictions
from sonnim.quality.errands import have_scored
from sonnim.quality.feeding import edited_at, feed
from sonnim.quality.measures import measure_of
from sonnim.quality.models import Dispute, Line, Listed, Review, Score, Scored
from sonnim.quality.scoring import PartScore, Result, score
from sonnim.quality.telling import announce
from sonnim.quality.weeks import monday

NOTHING: Mapping[int, int] = MappingProxyType({})


def score_conversations(*, shop_id: int, ids: list[int], telling: bool = True) -> int:
    """Score what of these is settled and not scored as it stands; answers how many were. Safe to run twice at once.

    Args:
        telling: whether open pages hear of it.
    """
    measure = measure_of(shop_id)
    fed = feed(shop_id, ids, version=measure.version, predictor=measure.predictor.version)
    results = [score(talk, measure) for talk in fed.talks]
    return keep_results(shop_id=shop_id, results=results, unchanged=fed.unchanged, telling=telling)


def keep_results(
    *, shop_id: int, results: Sequence[Result], unchanged: Mapping[int, int] = NOTHING, telling: bool = True
) -> int:
    """Keep scores in one transaction; what was kept before, or is about an earlier line, is left out.

    What was written otherwise since it was read is scored once more, from the outbox; what is gone is forgotten.

    Args:
        unchanged: conversation → its last line, of those that are scored as they stand but for lines without a bearing.
        telling: whether open pages hear of it.
    """
    if not results and not unchanged:
        return 0
    with log.unit(shop_id) as work:
        _note_lines(shop_id, unchanged)
        there = set(Conversation.objects.filter(pk__in=[each.id for each in results]).values_list("pk", flat=True))
        rewritten = _rewritten([each for each in results if each.id in there])
        have_scored(work, shop_id, sorted(rewritten))
        known = {row.pk: row for row in Scored.objects.filter(pk__in=there, shop_id=shop_id)}
        true = [each for each in results if each.id in there - rewritten]
        looked_at = [each for each in true if _is_news(known.get(each.id), each)]
        fresh = [each for each in looked_at if not _is_known(known.get(each.id), each)]
        _note(shop_id, looked_at)
        agents = _replace(shop_id, fresh)
        foreseen = keep_predictions(shop_id=shop_id, results=looked_at)
        agents |= {agent for _, agent in foreseen}
        if telling and agents:
            announce(work, shop_id, agents)
    return len({each.id for each in fresh} | {conversation for conversation, _ in foreseen})


def tell_of_history(*, shop_id: int) -> None:
    """Have open pages look again after what was kept without telling."""
    with log.unit(shop_id) as work:
        announce(work, shop_id)


def _rewritten(results: Sequence[Result]) -> set[int]:
    """The conversations of which a reply has another wording than the one that was judged. Under the shop's lock."""
    now = edited_at([entry for each in results for entry in each.edited])
    return {each.id for each in results if any(now.get(entry) != at for entry, at in each.edited.items())}


def _note_lines(shop_id: int, unchanged: Mapping[int, int]) -> None:
    if unchanged:
        rows = list(Scored.objects.filter(pk__in=unchanged, shop_id=shop_id))
        for row in rows:
            row.last_seq = max(row.last_seq, unchanged[row.pk])
        Scored.objects.bulk_update(rows, ["last_seq"])


def _is_news(known: Scored | None, result: Result) -> bool:
    return known is None or (result.version >= known.version and result.seq >= known.seq)


def _is_known(known: Scored | None, result: Result) -> bool:
    return known is not None and (known.version, known.seq) == (result.version, result.seq)


def _note(shop_id: int, results: Sequence[Result]) -> None:
    Scored.objects.bulk_create(
        [
            Scored(
                conversation_id=each.id, shop_id=shop_id, seq=each.seq, version=each.version, last_seq=each.last_seq,
                predictor=each.predictor.version,
            )
            for each in results
        ],
        update_conflicts=True,
        unique_fields=["conversation"],
        update_fields=["seq", "version", "last_seq", "predictor"],
    )  # fmt: skip


def _replace(shop_id: int, results: Sequence[Result]) -> set[int]:
    """Put scores in the place of former ones; answers whose they are, and were.

    Former ones go, but for those that somebody has reviewed or disputed. What waits on the reviewers' list goes on to
    the new score, and leaves the list where there is none.
    """
    former = Score.objects.filter(conversation_id__in=[each.id for each in results], current=True)
    were = {
        pk: (conversation, agent) for pk, conversation, agent in former.values_list("pk", "conversation", "agent_id")
    }
    spoken = set(Review.objects.filter(score_id__in=were).values_list("score_id", flat=True))
    spoken |= set(Dispute.objects.filter(score_id__in=were).values_list("score_id", flat=True))
    Score.objects.filter(pk__in=were).update(current=False)
    Line.objects.filter(score_id__in=spoken).update(current=False)
    now = _write(shop_id, results)
    waiting = list(Listed.objects.filter(score_id__in=were, reviewed_at=None))
    going_on = [each for each in waiting if were[each.score_id] in now]
    Listed.objects.filter(pk__in={each.pk for each in waiting} - {each.pk for each in going_on}).delete()
    for each in going_on:
        each.score = now[were[each.score_id]]
    Listed.objects.bulk_update(going_on, ["score"])
    Score.objects.filter(pk__in=were.keys() - spoken).delete()
    return {agent for _, agent in (*were.values(), *now)}


def _write(shop_id: int, results: Sequence[Result]) -> dict[tuple[int, int], Score]:
    zone = ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id))
    parts = [(_row(result, part, zone=zone), part) for result in results for part in result.parts]
    Score.objects.bulk_create([row for row, _ in parts])
    Line.objects.bulk_create([line for row, part in parts for line in _lines(row, part)], batch_size=500)
    return {(row.conversation_id, row.agent_id): row for row, _ in parts}


def _row(result: Result, part: PartScore, *, zone: ZoneInfo) -> Score:
    at = clock.from_ms(result.resolved_at)
    return Score(
        shop_id=result.shop_id,
        conversation_id=result.id,
        agent_id=part.agent_id,
        seq=result.seq,
        version=result.version,
        points=part.verdict.points,
        rule_points=part.verdict.points,
        critical=part.verdict.critical,
        criteria=part.verdict.criteria,
        replies=len(part.replies),
        marks=sum(len(each.marks) for each in part.replies),
        best=part.best,
        resolved_at=at,
        week=monday(at, zone),
    )


def _lines(row: Score, part: PartScore) -> list[Line]:
    shared: dict[str, Any] = {
        "score": row, "shop_id": row.shop_id, "agent_id": row.agent_id, "week": row.week,
        "resolved_at": row.resolved_at,
    }  # fmt: skip
    return [
        Line(
            entry_id=reply.entry_id, seq=reply.seq, rule=mark.rule, severity=mark.severity, start=mark.start,
            end=mark.end, **shared,
        )
        for reply in part.replies
        for mark in reply.marks
    ]  # fmt: skip
