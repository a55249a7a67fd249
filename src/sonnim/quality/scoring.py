"""Scores a conversation: every reply with what surrounded it then, by the coach's rules. Pure, and free of Django."""

from collections.abc import Container, Sequence
from typing import Any

import msgspec

from sonnim.coach.context import Context, Plan
from sonnim.coach.marks import Severity
from sonnim.quality.predicting import Foreseen, Source, foreseen
from sonnim.quality.rules import Criterion, Judged, Mark, Part, Verdict, verdict
from sonnim.quality.talk import Reply, Talk

A_SENTENCE = 8
"""So many signs at least, for a sentence to be worth showing."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """By what a shop's conversations are scored.

    Attributes:
        version: of the scorecard.
        severities: what the shop holds of a rule, where it differs from the rule's own; `off` does not count at all.
        plans: agent → what the plan lets them give; nothing is known of it before `planned_at`.
        predictor: the model of satisfaction that is asked where the shopper has not answered.
    """

    version: int
    criteria: list[Criterion]
    predictor: Source
    severities: dict[str, Severity] = {}
    off: frozenset[str] = frozenset()
    glossary: dict[str, str] | None = None
    plans: dict[int, Plan] = {}
    planned_at: int = 0


class PartScore(msgspec.Struct, frozen=True):
    """What one agent's part has come to, with what stands behind it."""

    agent_id: int
    verdict: Verdict
    replies: list[Judged]

    @property
    def best(self) -> dict[str, Any] | None:
        """The most courteous sentence of the replies that say nothing wrong; of two the later one."""
        found = [each for each in self.replies if each.best is not None]
        if not found:
            return None
        best = max(found, key=lambda each: (each.politeness, each.seq))
        start, end = best.best or (0, 0)
        return {
            "entry_id": best.entry_id, "seq": best.seq, "start": start, "end": end, "politeness": best.politeness
        }  # fmt: skip


class Result(msgspec.Struct, frozen=True):
    """A conversation's scores, one for each agent who wrote in it, and what its shopper would say of it.

    `edited`: the replies that were judged, and when each had last been written otherwise.
    """

    id: int
    shop_id: int
    seq: int
    last_seq: int
    resolved_at: int
    version: int
    parts: list[PartScore]
    predictor: Source
    foreseen: Foreseen | None = None
    last_word: int | None = None
    edited: dict[int, int | None] = {}


def score(talk: Talk, measure: Measure) -> Result:
    """The scores of a conversation; without a reply there are none."""
    by_agent: dict[int, list[Judged]] = {}
    for reply in talk.replies:
        by_agent.setdefault(reply.agent_id, []).append(_judge(talk, reply, measure))
    card = [_without(each, measure.off) for each in measure.criteria]
    parts = [PartScore(agent, _worth(talk, agent, judged, card), judged) for agent, judged in by_agent.items()]
    return Result(
        talk.id, talk.shop_id, talk.seq, talk.last_seq, talk.resolved_at, measure.version, parts, measure.predictor,
        foreseen(talk, measure.predictor), talk.replies[-1].agent_id if talk.replies else None,
        {each.entry_id: each.edited_at for each in talk.replies},
    )  # fmt: skip


def score_all(talks: list[Talk], measure: Measure) -> list[Result]:
    """The scores of several; what a process of its own is handed."""
    return [score(talk, measure) for talk in talks]


def _worth(talk: Talk, agent: int, judged: list[Judged], card: Sequence[Criterion]) -> Verdict:
    kept, late = talk.ended.get(agent, (0, 0))
    return verdict(
        Part(replies=judged, kept=kept, late=late, solved=talk.solved, reopened=talk.reopened.get(agent, 0)), card
    )


def _without(criterion: Criterion, off: Container[str]) -> Criterion:
    """A criterion by the rules that are on; without any it does not apply."""
    return msgspec.structs.replace(criterion, rules=[rule for rule in criterion.rules if rule not in off])


def _judge(talk: Talk, reply: Reply, measure: Measure) -> Judged:
    from sonnim.coach.review import review  # a start has nothing to score

    lang = talk.langs.get(reply.agent_id, "en")
    context = Context(
        lang=lang,
        channel=talk.channel,
        turns=talk.before(reply),
        plan=measure.plans.get(reply.agent_id) if reply.at >= measure.planned_at else None,
        glossary=measure.glossary,
        names=talk.names,
        speaks=talk.speaks,
        resolving=reply.resolving,
    )
    marks = review(reply.text, context, severities=measure.severities, off=measure.off)
    found = [Mark(each.rule, each.severity.value, each.start, each.end) for each in marks]
    if found:
        return Judged(reply.entry_id, reply.seq, found)
    best, politeness = _best(reply.text, lang)
    return Judged(reply.entry_id, reply.seq, [], best, politeness)


def _best(text: str, lang: str) -> tuple[tuple[int, int] | None, float]:
    """The most courteous sentence of a reply, and how courteous it is."""
    from sonnim.coach.passage import read
    from sonnim.coach.review import MAX_DRAFT

    passage = read(text[:MAX_DRAFT], fallback=lang)
    worth = [
        (passage.pack.politeness([each.folded]), each.start, each.end)
        for each in passage.sentences
        if each.end - each.start >= A_SENTENCE
    ]
    if not worth:
        return None, 0.0
    politeness, start, end = max(worth)
    return (start, end), round(politeness, 3)
