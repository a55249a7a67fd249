"""The coach's one door: a draft and its context in, marks out."""

from collections.abc import Container, Mapping

from sonnim.coach.context import Context
from sonnim.coach.marks import Mark, Review, Severity
from sonnim.coach.reading import Reading
from sonnim.coach.registry import INSTEAD_OF, rules
from sonnim.coach.rule import Finding, Rule

MAX_DRAFT = 20_000
NO_SEVERITIES: Mapping[str, Severity] = {}


def review(
    draft: str,
    context: Context,
    *,
    severities: Mapping[str, Severity] = NO_SEVERITIES,
    off: Container[str] = (),
) -> list[Mark]:
    """The marks of a draft, in order of the text. Pure and thread-safe; nothing is stored.

    Args:
        severities: what the shop holds of a rule, where it differs from the rule's own.
        off: the rules that the shop, or this agent, does not want.
    """
    return _marks(Reading(draft[:MAX_DRAFT], context), severities, off)


def judge(
    draft: str, context: Context, *, severities: Mapping[str, Severity] = NO_SEVERITIES, off: Container[str] = ()
) -> Review:
    """The marks, the level of speech and the politeness of a draft."""
    reading = Reading(draft[:MAX_DRAFT], context)
    sentences = [each.folded for each in reading.sentences]
    register = reading.pack.register(sentences)
    politeness = reading.pack.politeness(sentences)
    return Review(_marks(reading, severities, off), register, round(politeness, 3))


def _marks(reading: Reading, severities: Mapping[str, Severity], off: Container[str]) -> list[Mark]:
    if reading.whole.end <= reading.whole.start:
        return []
    found = {rule.id: list(rule.find(reading)) for rule in rules() if rule.id not in off}
    marks: list[tuple[int, Mark]] = []
    for place, rule in enumerate(rules()):
        findings = found.get(rule.id)
        if not findings or any(found.get(other) for other in INSTEAD_OF.get(rule.id, ())):
            continue
        severity = severities.get(rule.id, rule.severity)
        marks += [(place, _mark(reading, rule, severity, each)) for each in findings]
    return [mark for _, mark in sorted(marks, key=lambda each: (each[1].start, each[0], each[1].end))]


def _mark(reading: Reading, rule: Rule, severity: Severity, found: Finding) -> Mark:
    message = reading.message(rule.id, found.why, **found.values)
    return Mark(rule.id, severity, found.start, found.end, message, found.suggestion)
