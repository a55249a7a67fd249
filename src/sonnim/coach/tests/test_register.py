"""Levels of speech: of Korean by its endings, of Chinese by its word for you, of English by its shortenings."""

import pytest

from sonnim.coach.context import Context
from sonnim.coach.review import judge

PAIRS = """
택배가 아직 안 왔어|택배가 아직 안 왔어요
오늘 저녁에 뭐 먹을래?|오늘 저녁에 뭐 드실래요?
회의는 세 시에 시작한다|회의는 세 시에 시작합니다
그건 내가 할게|그건 제가 하겠습니다
왜 그렇게 생각해?|왜 그렇게 생각하세요?
벌써 다 팔렸네|벌써 다 팔렸네요
걱정하지 마|걱정하지 마십시오
돈이 없거든|돈이 없거든요
한국에는 산이 많다|한국에는 산이 많습니다
그거 내 거 아니야|그건 제 것이 아닙니다
이게 더 나은데|이게 더 나은데요
차라리 택시를 타|차라리 택시를 타세요
저기 보이는 건물이 우리 회사야|저기 보이는 건물이 저희 회사예요
아프면 병원에 가야지|아프시면 병원에 가셔야죠
그냥 둬|그냥 두세요
집에 도착하면 문자해|집에 도착하시면 문자 주세요
이름이 뭐야|성함이 어떻게 되세요
재고 확인함|재고 확인했습니다
파란색은 품절임|파란색은 품절입니다
내일 발송 예정임|내일 발송 예정이에요
그 가격이면 안 사|그 가격이면 안 살게요
얼른 자|얼른 주무세요
"""


def register(text: str, lang: str = "ko") -> str | None:
    return judge(text, Context(lang=lang)).register


@pytest.mark.parametrize(("plain", "polite"), [line.split("|") for line in PAIRS.split("\n") if line])
def test_a_korean_sentence_and_its_polite_form_are_told_apart(plain: str, polite: str) -> None:
    assert register(plain) == "plain"
    assert register(polite) in {"polite", "formal"}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("주문 확인했습니다.", "formal"),
        ("주문 확인했어요.", "polite"),
        ("주문 확인했습니다. 내일 보내 드릴게요. 감사합니다.", "formal"),
        ("주문 확인했어요. 내일 보낼게.", "mixed"),
        ("재고 있어요 내일 보내 드려요~ ㅎㅎ", "polite"),
        ("네 알겠습니당", "formal"),
        ("색상: 파랑", None),
        ("12,000", None),
    ],
)
def test_a_text_has_the_level_of_its_sentences(text: str, level: str | None) -> None:
    assert register(text) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [("您的订单到了", "polite"), ("你的订单到了", "plain"), ("您好，你的订单到了", "mixed"), ("订单到了", None)],
)
def test_a_chinese_text_has_the_level_of_its_you(text: str, level: str | None) -> None:
    assert register(text, "zh") == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Dear Mr. Brown, we regret to inform you of the delay.", "formal"),
        ("I'll send it today.", "polite"),
        ("yeah gonna send it", "plain"),
        ("The lamp has two bulbs.", None),
    ],
)
def test_an_english_text_has_the_level_of_its_words(text: str, level: str | None) -> None:
    assert register(text, "en") == level
