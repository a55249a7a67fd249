"""Bodies of the coach's routes."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from sonnim.accounts.http import Body, Text
from sonnim.coach.context import Context, Plan, Turn
from sonnim.coach.lines import MAX_TURNS
from sonnim.coach.review import MAX_DRAFT
from sonnim.coaching.rules import MAX_TERMS, Reason
from sonnim.coaching.shapes import SeverityName

RuleName = Annotated[Text, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
Draft = Annotated[Text, StringConstraints(max_length=MAX_DRAFT)]
Word = Annotated[Text, StringConstraints(max_length=120)]


class DraftBody(Body):
    """What an agent is writing; `resolving`: the conversation ends with it."""

    draft: Draft
    resolving: bool = False


class TurnBody(Body):
    role: Literal["customer", "agent"]
    text: Draft


class PlanBody(Body):
    max_discount_percent: Annotated[float, Field(ge=0, le=100)] | None = None
    max_gift: Word | None = None
    refund_days: Annotated[int, Field(ge=0, le=36_500)] | None = None


class LineBody(Body):
    """A line as `sonnim coach review --json` takes it; everything but `draft` may be left out."""

    draft: Draft
    lang: Annotated[Text, StringConstraints(max_length=20)] = "en"
    channel: Annotated[Text, StringConstraints(max_length=20)] = "chat"
    page: Annotated[Text, StringConstraints(max_length=2_000)] | None = None
    context: Annotated[list[TurnBody], Field(max_length=MAX_TURNS)] = []
    plan: PlanBody | None = None
    glossary: dict[Word, Word] | None = None
    names: Annotated[list[Word], Field(max_length=20)] = []
    busy: bool | None = None
    resolving: bool | None = None
    speaks: Annotated[list[Annotated[Text, StringConstraints(max_length=20)]], Field(max_length=20)] = []

    @field_validator("glossary")
    @classmethod
    def _not_too_many(cls, value: dict[str, str] | None) -> dict[str, str] | None:
        if value is not None and len(value) > MAX_TERMS:
            raise ValueError(f"at most {MAX_TERMS} words")
        return value

    def surroundings(self) -> Context:
        """The same for the coach."""
        return Context(
            lang=self.lang,
            channel=self.channel,
            page=self.page,
            turns=[Turn(each.role, each.text) for each in self.context],
            plan=Plan(**self.plan.model_dump()) if self.plan else None,
            glossary=self.glossary,
            names=self.names,
            busy=self.busy,
            resolving=self.resolving,
            speaks=self.speaks,
        )


class RuleBody(Body):
    """What the shop wants of a rule; `severity` null is the rule's own."""

    severity: SeverityName | None = None
    on: bool = True
    strict: bool = False


class TermBody(Body):
    term: Annotated[Text, StringConstraints(max_length=60)]
    plain: Word


class GlossaryBody(Body):
    """`v` is that of the glossary that was changed."""

    v: Annotated[int, Field(ge=0, lt=2**31)]
    terms: Annotated[list[TermBody], Field(max_length=MAX_TERMS)]


class DismissalBody(Body):
    """`piece` is the marked part of the draft."""

    rule: RuleName
    piece: Draft
    reason: Reason
    words: Annotated[Text, StringConstraints(max_length=500)] = ""


class AppliedBody(Body):
    rule: RuleName
