"""A draft read for its agent, with what their shop has decided."""

from sonnim.accounts.models import Agent
from sonnim.coach.marks import Review
from sonnim.coach.review import judge
from sonnim.coaching import queries
from sonnim.coaching.readiness import READINESS
from sonnim.coaching.rules import is_dismissed, taste_of
from sonnim.coaching.shapes import DraftReviewObject, MarkObject, PlainMark, PlainReview
from sonnim.coaching.surroundings import context_of


def prepare() -> None:
    """Have everything there by the time that a draft comes; nobody waits for it."""
    READINESS.begin()


def review_draft(*, agent: Agent, lang: str, conversation_id: int, draft: str, resolving: bool) -> DraftReviewObject:
    """The marks of a draft, without rules that are off or quiet, and without marks that were waved away here.

    Raises:
        NotFound: no such conversation in this shop.
    """
    settings = queries.settings_of(agent.shop_id)
    context = context_of(
        agent=agent, lang=lang, conversation_id=conversation_id, resolving=resolving, settings=settings
    )
    taste = taste_of(settings.rules)
    found = judge(draft, context, severities=taste.severities, off=taste.off | queries.quiet_for(agent.pk))
    dismissed = queries.dismissed_in(agent_id=agent.pk, conversation_id=conversation_id)
    plain = plain_review(found)
    return DraftReviewObject(
        marks=[
            MarkObject(**mark, strict=taste.of(mark["rule"]).strict)
            for mark in plain["marks"]
            if not is_dismissed(mark["rule"], draft[mark["start"] : mark["end"]], dismissed)
        ],
        register=plain["register"],
        politeness=plain["politeness"],
    )


def plain_review(found: Review) -> PlainReview:
    """A review as clients see it."""
    return PlainReview(
        marks=[
            PlainMark(
                rule=mark.rule,
                severity=mark.severity.value,
                start=mark.start,
                end=mark.end,
                message=mark.message,
                suggestion=mark.suggestion,
            )
            for mark in found.marks
        ],
        register=found.register,  # type: ignore[typeddict-item]
        politeness=found.politeness,
    )
