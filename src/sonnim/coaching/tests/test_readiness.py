"""The first draft of a day is read as fast as the others: the data is there when somebody opens a composer."""

import pytest
from tests.people import People

from sonnim.coach.languages.en.pack import English
from sonnim.coaching.readiness import READINESS, Readiness


def test_whoever_opens_a_composer_has_the_data_read_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(READINESS, "begin", lambda: begun.append(True))
    assert people.browser(people.agent).get(people.url("/coach/rules")).status_code == 200
    assert begun == [True]


def test_data_is_read_once_and_then_it_is_there() -> None:
    pack = English()
    readiness = Readiness([pack])
    thread = readiness.begin()
    assert thread is not None
    assert readiness.begin() is None
    thread.join(60)
    assert pack.topic("thanks").ways.gate._is_ready
    assert pack.topic("blame").ways.gate._is_ready
