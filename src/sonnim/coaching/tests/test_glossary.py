"""The glossary of a shop: trade words with the plain word for each, changed by one person at a time."""

import pytest

from sonnim.coaching.tests.desk import Coached

pytestmark = pytest.mark.django_db
URL = "/coach/glossary"
TERMS = [{"term": "CS", "plain": "고객 상담"}, {"term": "出库", "plain": "从仓库发出"}]


def test_a_shop_begins_without_one(coached: Coached) -> None:
    assert coached.call("GET", URL) == {"v": 0, "terms": []}


def test_what_is_saved_is_read_again_without_blanks_around_it(coached: Coached) -> None:
    body = {"v": 0, "terms": [{"term": " CS ", "plain": " 고객 상담"}, TERMS[1]]}
    assert coached.call("PUT", URL, body, by=coached.people.lead) == {"v": 1, "terms": TERMS}
    assert coached.call("GET", URL) == {"v": 1, "terms": TERMS}


def test_whoever_changed_an_older_one_is_told_which_there_is_now(coached: Coached) -> None:
    coached.call("PUT", URL, {"v": 0, "terms": TERMS}, by=coached.people.lead)
    told = coached.call("PUT", URL, {"v": 0, "terms": []}, by=coached.people.owner, expect=409)
    assert told["fields"] == {"v": "1"}
    assert coached.call("GET", URL)["terms"] == TERMS


def test_saving_the_same_again_makes_no_new_version(coached: Coached) -> None:
    coached.call("PUT", URL, {"v": 0, "terms": TERMS}, by=coached.people.lead)
    assert coached.call("PUT", URL, {"v": 1, "terms": TERMS}, by=coached.people.lead)["v"] == 1


@pytest.mark.parametrize(
    "terms",
    [
        [{"term": "CS", "plain": "a"}, {"term": " cs", "plain": "b"}],
        [{"term": " ", "plain": "a"}],
        [{"term": "CS", "plain": ""}],
        [{"term": "x" * 61, "plain": "a"}],
        [{"term": str(n), "plain": "a"} for n in range(501)],
    ],
    ids=["twice", "no word", "no plain word", "too long", "too many"],
)
def test_a_glossary_that_makes_no_sense_is_refused_whole(coached: Coached, terms: list[dict[str, str]]) -> None:
    coached.call("PUT", URL, {"v": 0, "terms": terms}, by=coached.people.lead, expect=422)
    assert coached.call("GET", URL)["v"] == 0


def test_five_hundred_words_are_kept_and_a_draft_is_still_read_in_time(coached: Coached) -> None:
    terms = [{"term": f"ZRT{n}", "plain": f"return slip {n}"} for n in range(500)]
    coached.call("PUT", URL, {"v": 0, "terms": terms}, by=coached.people.lead)
    assert "abbreviation" in coached.rules("Hello! Please fill in the ZRT7, it is in the box. Yes, it is still here.")
