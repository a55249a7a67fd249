"""The model that ships: bounded, the same each time, and right where a person would not hesitate."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonnim.coach.satisfaction.dialogues import Dialogue, Said
from sonnim.coach.satisfaction.shipped import FILE, shipped_model

GOOD_AND_BAD = {
    "ko": (
        ["접시가 깨져서 왔어요.", "죄송합니다. 새 접시를 오늘 보내 드렸어요.", "정말 빠르시네요, 감사합니다 ^^"],
        ["접시가 깨져서 왔어요.", "확인 후 연락드리겠습니다.", "사흘째 연락이 없네요. 너무하시네요, 환불해 주세요!"],
    ),
    "zh": (
        ["盘子碎了一个.", "非常抱歉,今天已经给您补发了.", "这么快？太好了,谢谢你们！"],
        ["盘子碎了一个.", "已经为您反馈,请耐心等待.", "都三天了还没人理我,太差劲了,我要投诉！"],
    ),
    "en": (
        ["One plate arrived broken.", "I'm so sorry. I have sent a new one.", "That was quick! Thank you so much."],
        ["One plate arrived broken.", "We will get back to you.", "Nobody answers. This is terrible, refund me!"],
    ),
}  # fmt: skip


def talk(texts: list[str]) -> Dialogue:
    return Dialogue(turns=[Said("agent" if number % 2 else "customer", text) for number, text in enumerate(texts)])


@pytest.mark.parametrize("language", GOOD_AND_BAD)
def test_a_grateful_customer_is_content_and_a_furious_one_is_not(language: str) -> None:
    good, bad = (shipped_model().predict(talk(each)) for each in GOOD_AND_BAD[language])
    assert good.satisfaction > 0.3 > -0.3 > bad.satisfaction
    assert good.unhappy < 0.3 and bad.unhappy > 0.7


@pytest.mark.parametrize("language", GOOD_AND_BAD)
def test_who_is_left_without_an_answer_is_less_content(language: str) -> None:
    opening = GOOD_AND_BAD[language][0]
    assert shipped_model().predict(talk(opening)).satisfaction > shipped_model().predict(talk(opening[:1])).satisfaction


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["customer", "agent", "?"]), st.text(max_size=80)), min_size=1, max_size=12))
def test_whatever_is_said_the_prediction_is_bounded_and_the_same_again(turns: list[tuple[str, str]]) -> None:
    dialogue = Dialogue(turns=[Said(*each) for each in turns])
    found = shipped_model().predict(dialogue)
    assert -2 <= found.satisfaction <= 2 and 0 <= found.unhappy <= 1
    assert shipped_model().predict(dialogue) == found


def test_the_model_that_ships_is_small_and_says_that_nobody_had_these_dialogues() -> None:
    about = shipped_model().about
    assert FILE.stat().st_size < 1 << 20
    assert about.source == "synthetic"
    assert [each.language for each in about.measured] == ["all", "en", "ko", "zh"]
    assert all(each.spearman and each.spearman > 0.8 for each in about.measured)


def test_predicting_loads_nothing_that_training_needs() -> None:
    ask = (
        "import sys; from sonnim.coach.satisfaction.shipped import shipped_model; shipped_model(); "
        "sys.exit(', '.join({'numpy', 'scipy', 'sklearn', 'django'} & set(sys.modules)) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0
