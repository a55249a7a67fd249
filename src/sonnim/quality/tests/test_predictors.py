"""A shop's own model is asked as soon as its file is in its place; else the one that ships."""

import os
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.people import People

from sonnim.coach.context import Turn
from sonnim.coach.satisfaction.about import About, Measured
from sonnim.coach.satisfaction.files import encoded
from sonnim.coach.satisfaction.shipped import shipped_model
from sonnim.quality import actions
from sonnim.quality.feeding import pending, talks
from sonnim.quality.predicting import MOST_TEXT, foreseen, source_at
from sonnim.quality.predictors import place_of, predictor_of
from sonnim.quality.queries import page
from sonnim.quality.talk import Talk
from sonnim.quality.tests.settled import GOOD, deliver, settle, the

pytestmark = pytest.mark.django_db
OWN = About(
    source="surveys", dialogues=412, folds=5, repeats=2, unhappy_below=0.0,
    measured=[Measured("all", 412, 0.61, 0.84, 0.44), Measured("ko", 400, 0.6, 0.83, 0.45)],
)  # fmt: skip


@pytest.fixture(autouse=True)
def models(settings: Any, tmp_path: Path) -> Path:
    settings.MODELS_ROOT = tmp_path
    return tmp_path


def put_model(place: Path, *, bias: float) -> None:
    """A model that sees what the shipped one sees, and starts from elsewhere."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(encoded(shipped_model()._replace(bias=bias, about=OWN)))


def test_a_shops_own_model_is_taken_as_soon_as_it_is_there_and_scores_the_past_anew(people: People) -> None:
    shop = people.shop.pk
    about = settle(people, GOOD)
    deliver()
    first = the(about)
    put_model(place_of(shop), bias=-3.0)
    version = predictor_of(shop).version
    assert pending(shop, version=0, predictor=version, since_ms=0).ids == [about]
    assert actions.score_conversations(shop_id=shop, ids=[about]) == 1
    second = the(about)
    assert second.pk == first.pk, "its points are what they were"
    assert second.satisfaction < first.satisfaction  # type: ignore[operator]
    [shown] = page(shop_id=shop, wanted={}, before=None, limit=5)["items"]
    assert shown["predicted"] is not None
    assert shown["predicted"]["by"] == {
        "version": version, "source": "surveys", "dialogues": 412,
        "measured": [{"language": "all", "dialogues": 412, "spearman": 0.61, "auc": 0.84, "error": 0.44}],
    }  # fmt: skip
    assert actions.score_conversations(shop_id=shop, ids=[about]) == 0, "and then it is done"


def test_another_shops_model_is_left_alone(people: People) -> None:
    put_model(place_of(people.shop.pk + 1), bias=-3.0)
    assert predictor_of(people.shop.pk).kind == "shipped"


def test_a_model_that_cannot_be_used_is_told_of_once_and_the_shipped_one_goes_on(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    place = place_of(people.shop.pk)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"no model")
    for _ in range(3):
        assert predictor_of(people.shop.pk).kind == "shipped"
    assert [str(place) in each.message for each in caplog.records] == [True]


def test_a_model_that_is_replaced_while_it_is_asked_says_nothing(people: People) -> None:
    about = settle(people, GOOD)
    place = place_of(people.shop.pk)
    put_model(place, bias=0.5)
    [talk] = talks(people.shop.pk, [about])
    source = source_at(place)
    assert foreseen(talk, source) is not None
    put_model(place, bias=-0.5)
    os.utime(place, ns=(1, 1))
    assert foreseen(talk, source) is None


def test_of_an_endless_conversation_the_beginning_and_the_end_are_read(people: People) -> None:
    about = settle(people, GOOD)
    [talk] = talks(people.shop.pk, [about])
    between = [Turn("agent", "감사합니다! " * 100), Turn("customer", "최악이에요. " * 100)]
    most, more = (_with(talk, between * (times * MOST_TEXT // 1_000)) for times in (1, 20))
    source = predictor_of(people.shop.pk)
    started = time.process_time()
    assert foreseen(most, source) == foreseen(more, source)
    assert time.process_time() - started < 2
    other = msgspec.structs.replace(more, turns=[*more.turns, Turn("customer", "정말 감사합니다! 최고예요 😊")])
    assert foreseen(other, source) != foreseen(more, source)


def _with(talk: Talk, between: list[Turn]) -> Talk:
    return msgspec.structs.replace(talk, turns=[talk.turns[0], *between, talk.turns[-1]])
