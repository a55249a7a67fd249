"""Promises are found in sentences, those that were known when the rules were written and those that were not."""

import time
from zoneinfo import ZoneInfo

import pytest

from sonnim.plan.hours.rules import Calendar
from sonnim.plan.promises.detection import look
from sonnim.plan.promises.tests.reading import WEEK, found_in, score, sentences, wall

# What was measured when the rules were written; a change that makes one of them worse has to say why.
KNOWN = {"ko": (1.0, 1.0), "zh": (1.0, 1.0), "en": (1.0, 1.0)}
HELD = {"ko_held": (0.97, 0.95), "zh_held": (0.88, 0.95), "en_held": (0.97, 0.92)}


@pytest.mark.parametrize("name", [*KNOWN, *HELD])
def test_precision_and_recall_stay_what_they_were(name: str) -> None:
    precision, recall = (KNOWN | HELD)[name]
    measured = score(name)
    assert measured.precision >= precision, measured
    assert measured.recall >= recall, measured
    assert measured.act >= 0.92, measured
    assert measured.due >= 0.95, measured


@pytest.mark.parametrize("locale", ["ko", "zh", "en"])
def test_there_are_as_many_that_promise_nothing_as_there_are_promises(locale: str) -> None:
    for name in (locale, f"{locale}_held"):
        kept = sentences(name)
        promising = [each for each in kept if each.act != "-"]
        assert len(kept) >= 75
        assert 0.4 < len(promising) / len(kept) < 0.6


@pytest.mark.parametrize(
    ("locale", "text", "act", "due"),
    [
        ("ko", "확인 후 오늘 중으로 연락드리겠습니다", "answer", "11-24 18:00"),
        ("zh", "我马上发邮件给您", "mail", "-"),
        ("en", "I'll get back to you by 3 pm", "answer", "11-24 15:00"),
    ],
)
def test_the_three_sentences_that_it_was_made_for(locale: str, text: str, act: str, due: str) -> None:
    [found] = found_in(text, locale=locale)
    assert (found.act, wall(found.due, locale=locale)) == (act, due)
    assert text[found.start : found.end] == text


def test_two_promises_with_two_times_are_two() -> None:
    found = found_in("I'll refund you today and call you tomorrow morning.", locale="en")
    assert [(each.act, wall(each.due, locale="en")) for each in found] == [
        ("refund", "11-24 18:00"),
        ("call", "11-25 12:00"),
    ]


def test_checking_first_and_calling_then_is_one_promise() -> None:
    [found] = found_in("I'll check with the potter and call you back by 3 pm.", locale="en")
    assert (found.act, wall(found.due, locale="en")) == ("call", "11-24 15:00")


def test_why_something_is_no_promise_can_be_told() -> None:
    calendar = Calendar(zone="Asia/Seoul", week=WEEK)
    found, passed = look("필요하시면 내일 전화드리겠습니다.", at=0, zone=ZoneInfo("Asia/Seoul"), calendar=calendar)
    assert not found
    assert [each.because for each in passed] == ["waits for the shopper"]


@pytest.mark.parametrize(
    "piece", ["我们会", "会", "我马上", "I will check and ", "연락 확인 처리 겠습니다 ", "“", "> ", "3 ", "请您,"]
)
def test_any_text_takes_a_bounded_time(piece: str) -> None:
    calendar = Calendar(zone="Asia/Seoul", week=WEEK)
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    found, _ = look(text, at=0, zone=ZoneInfo("Asia/Seoul"), calendar=calendar)
    assert len(found) <= 20
    assert time.process_time() - began < 4
