"""What a score promises, whatever the scorecard and whatever was written."""

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sonnim.coach.registry import RULES
from sonnim.kernel.errors import Invalid
from sonnim.quality.rules import COSTS, FULL, Criterion, Judged, Kind, Mark, Part, Verdict, difference, total, verdict
from sonnim.quality.scorecards import check, shipped

KINDS: tuple[Kind, ...] = ("marks", "clocks", "outcome", "people")
SEVERITIES = sorted(COSTS, key=lambda name: COSTS[name])
marks = st.builds(
    Mark,
    rule=st.sampled_from(RULES),
    severity=st.sampled_from(SEVERITIES),
    start=st.just(0),
    end=st.just(1),
)
replies = st.lists(
    st.builds(Judged, entry_id=st.just(1), seq=st.just(1), marks=st.lists(marks, max_size=4)), max_size=5
)
parts = st.builds(
    Part,
    replies=replies,
    kept=st.integers(0, 5),
    late=st.integers(0, 5),
    solved=st.none() | st.booleans(),
    reopened=st.integers(0, 5),
)


@st.composite
def cards(draw: st.DrawFn) -> list[Criterion]:
    """A scorecard that may be saved."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(kinds) - 1, max_size=len(kinds) - 1)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    free = list(draw(st.permutations(RULES)))
    made = []
    for at, (kind, weight) in enumerate(zip(kinds, weights, strict=True)):
        rules = [free.pop() for _ in range(draw(st.integers(1, 4)))] if kind == "marks" else []
        made.append(
            Criterion(
                id=f"c{at}", names={"en": "x"}, weight=weight, critical=draw(st.booleans()), kind=kind, rules=rules
            )
        )
    check(made, 2)
    return made


@given(parts, cards())
def test_a_score_is_between_nothing_and_the_whole(part: Part, card: list[Criterion]) -> None:
    found = verdict(part, card)
    assert all(own is None or 0 <= own <= FULL for own in (found.points, *found.criteria.values()))
    assert found.criteria.keys() == {each.id for each in card}


@given(parts, cards(), st.integers(0, 4), marks)
def test_a_worse_reply_never_scores_better(part: Part, card: list[Criterion], at: int, mark: Mark) -> None:
    assume(part.replies)
    which = at % len(part.replies)
    worse = [
        msgspec.structs.replace(each, marks=[*each.marks, mark]) if place == which else each
        for place, each in enumerate(part.replies)
    ]
    _is_no_better(verdict(msgspec.structs.replace(part, replies=worse), card), verdict(part, card))


@given(parts, cards(), st.integers(0, 4))
def test_a_graver_mark_never_scores_better(part: Part, card: list[Criterion], at: int) -> None:
    assume(part.replies)

    def graver(mark: Mark) -> Mark:
        place = min(SEVERITIES.index(mark.severity) + 1, len(SEVERITIES) - 1)
        return msgspec.structs.replace(mark, severity=SEVERITIES[place])

    which = at % len(part.replies)
    worse = [
        msgspec.structs.replace(each, marks=[graver(mark) for mark in each.marks]) if place == which else each
        for place, each in enumerate(part.replies)
    ]
    _is_no_better(verdict(msgspec.structs.replace(part, replies=worse), card), verdict(part, card))


@given(parts, cards())
def test_being_late_or_reopened_once_more_never_scores_better(part: Part, card: list[Criterion]) -> None:
    assume(part.kept + part.late and (part.reopened or part.solved is not None))
    now = verdict(part, card)
    _is_no_better(verdict(msgspec.structs.replace(part, late=part.late + 1), card), now)
    _is_no_better(verdict(msgspec.structs.replace(part, reopened=part.reopened + 1), card), now)


def _is_no_better(worse: Verdict, than: Verdict) -> None:
    # Where only criteria without weight apply there is no sum, until a critical one of them fails: that is a 0.
    assert worse.points is not None or than.points is None
    assert worse.points is None or than.points is not None or worse.critical
    assert (worse.points or 0) <= (than.points or 0)
    assert worse.critical or not than.critical


@given(cards(), st.dictionaries(st.sampled_from([f"c{n}" for n in range(8)]), st.none() | st.integers(1, FULL)))
def test_what_does_not_apply_is_as_if_it_were_not_on_the_scorecard(
    card: list[Criterion], points: dict[str, int | None]
) -> None:
    applies = [each for each in card if points.get(each.id) is not None]
    assert total(card, points).points == total(applies, points).points


@given(cards(), st.integers(1, FULL))
def test_the_same_points_everywhere_are_the_whole_whatever_the_weights(card: list[Criterion], own: int) -> None:
    found = total(card, {each.id: own for each in card})
    assert found.points == own


def _part(*severities: str, rule: str = "curt", **more: object) -> Part:
    return msgspec.convert(
        {
            "replies": [
                {
                    "entry_id": 1,
                    "seq": 1,
                    "marks": [{"rule": rule, "severity": each, "start": 0, "end": 1}] if each else [],
                }
                for each in severities
            ],
            **more,
        },
        Part,
    )


def test_a_flawless_part_is_worth_the_whole() -> None:
    assert verdict(_part("", ""), shipped().criteria).points == FULL


def test_the_marks_of_a_criterion_are_taken_from_their_replies() -> None:
    card = [Criterion(id="a", names={}, weight=100, rules=["curt"])]
    assert verdict(_part("warning", ""), card).points == 775
    assert verdict(_part("serious", "serious"), card).points == 400
    assert verdict(_part("serious", rule="cold"), card).points == FULL


def test_a_critical_criterion_with_a_serious_mark_undoes_the_whole() -> None:
    found = verdict(_part("serious", "", "", rule="sensitive"), shipped().criteria)
    assert (found.points, found.critical, found.criteria["privacy"]) == (0, True, 0)
    assert verdict(_part("warning", "", "", rule="blame"), shipped().criteria).critical is False


def test_clocks_and_outcome_count_only_where_there_were_any() -> None:
    card = shipped().criteria
    silent = verdict(_part(""), card).criteria
    assert (silent["promptness"], silent["outcome"]) == (None, None)
    said = verdict(_part("", kept=3, late=1, solved=True, reopened=1), card).criteria
    assert (said["promptness"], said["outcome"]) == (750, 700)
    assert verdict(_part("", solved=False), card).criteria["outcome"] == 0


def test_reviewers_differ_only_in_what_both_have_judged() -> None:
    assert difference({"a": 900, "b": 500, "c": None}, {"a": 650, "b": 500, "d": 100}) == {"a": 250, "b": 0}


def test_the_scorecard_that_ships_may_be_saved_and_hears_every_rule() -> None:
    card = shipped()
    check(card.criteria, card.per_week)
    assert {rule for each in card.criteria for rule in each.rules} == set(RULES)
    assert all(set(each.names) == {"ko", "zh", "en"} for each in card.criteria)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight": 99}, "weights"),
        ({"weight": 101}, "criteria.0.weight"),
        ({"id": "No Id"}, "criteria.0.id"),
        ({"names": {"en": " "}}, "criteria.0.names"),
        ({"names": {"fr": "Ton"}}, "criteria.0.names"),
        ({"rules": []}, "criteria.0.rules"),
        ({"rules": ["no-such-rule"]}, "criteria.0.rules"),
        ({"kind": "people"}, "criteria.0.rules"),
    ],
)
def test_a_scorecard_that_does_not_work_is_refused_and_says_where(changes: dict[str, object], field: str) -> None:
    good = Criterion(id="tone", names={"en": "Tone"}, weight=100, rules=["curt"])
    with pytest.raises(Invalid) as refused:
        check([msgspec.structs.replace(good, **changes)], 2)
    assert field in refused.value.fields


def test_a_rule_counts_in_one_criterion() -> None:
    each = {"names": {"en": "x"}, "weight": 50, "rules": ["curt"]}
    with pytest.raises(Invalid) as refused:
        check([Criterion(id="a", **each), Criterion(id="b", **each)], 2)  # type: ignore[arg-type]
    assert list(refused.value.fields) == ["criteria.1.rules"]
