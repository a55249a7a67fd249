"""Every rule finds its fault, leaves alone what only looks like it, and suggests nothing that would be marked again."""

import pytest

from sonnim.coach.marks import Mark
from sonnim.coach.registry import RULES
from sonnim.coach.review import review
from sonnim.coach.tests.examples import LANGUAGES, Example, examples

LEAST = 20
NOT_EVERYWHERE = {"register-mixed": {"en"}}
"""Rules that a language does not have: English has one level of speech."""
FILES = [(rule, lang) for rule in RULES for lang in LANGUAGES if lang not in NOT_EVERYWHERE.get(rule, ())]
each_file = pytest.mark.parametrize(("rule", "lang"), FILES)


def marks(rule: str, example: Example, lang: str) -> list[Mark]:
    return [mark for mark in review(example.draft, example.around(lang)) if mark.rule == rule]


@each_file
def test_the_fault_is_found_in_every_positive_example(rule: str, lang: str) -> None:
    missed = [each.draft for each in examples(rule, lang).positive if not marks(rule, each, lang)]
    assert missed == []


@each_file
def test_what_only_looks_like_the_fault_is_left_alone(rule: str, lang: str) -> None:
    wrong = [each.draft for each in examples(rule, lang).negative if marks(rule, each, lang)]
    assert wrong == []


@each_file
def test_the_mark_lies_where_the_fault_is(rule: str, lang: str) -> None:
    told = [each for each in examples(rule, lang).positive if each.span]
    astray = [
        (each.draft, each.span)
        for each in told
        if not any(touches(each.draft, mark, each.span or "") for mark in marks(rule, each, lang))
    ]
    assert astray == []


def touches(draft: str, mark: Mark, piece: str) -> bool:
    at = draft.index(piece)
    return mark.start < at + len(piece) and at < mark.end


@each_file
def test_a_suggestion_mends_the_fault_and_makes_no_other(rule: str, lang: str) -> None:
    worse = []
    for each in examples(rule, lang).positive:
        before = review(each.draft, each.around(lang))
        for mark in before:
            if mark.rule == rule and mark.suggestion is not None:
                mended = each.draft[: mark.start] + mark.suggestion + each.draft[mark.end :]
                after = review(mended, each.around(lang))
                place = range(mark.start, mark.start + len(mark.suggestion))
                again = [other for other in after if other.rule == rule and other.start in place]
                new = {other.rule for other in after} - {other.rule for other in before}
                if again or new:
                    worse.append((mended, [other.rule for other in again], new))
    assert worse == []


@each_file
def test_a_rule_is_silent_on_texts_of_the_other_languages(rule: str, lang: str) -> None:
    """Harmless texts stay harmless for an agent who works in another language."""
    others = [other for other in LANGUAGES if other != lang]
    wrong = [
        (other, each.draft)
        for other in others
        for each in examples(rule, lang).negative
        if rule != "wrong-language" and marks(rule, each, other)
    ]
    assert wrong == []


@each_file
def test_there_are_enough_examples_and_no_two_are_the_same(rule: str, lang: str) -> None:
    found = examples(rule, lang)
    for kind in (found.positive, found.negative):
        told = {(each.draft, *each.context, each.page, each.busy, each.resolving, str(each.plan)) for each in kind}
        assert len(told) == len(kind) >= LEAST


@each_file
def test_every_message_is_one_line(rule: str, lang: str) -> None:
    said = {mark.message for each in examples(rule, lang).positive for mark in marks(rule, each, lang)}
    assert said
    assert [message for message in said if "\n" in message or len(message) > 120 or not message.strip()] == []
