"""Politeness rises with courtesy and falls with rudeness, and plain service sentences are on the polite side."""

import pytest

from sonnim.coach.context import Context
from sonnim.coach.review import judge

PAIRS = {
    "ko": [
        ("혹시 주문번호를 알려 주실 수 있을까요?", "주문번호나 대세요. 왜 안 대십니까?"),
        ("불편을 드려 죄송합니다. 바로 확인해 드릴게요.", "당신이 함부로 써서 그런 거잖아요. 억지 부리지 마세요."),
        ("좋은 의견 감사합니다. 다음 작업에 꼭 담아 볼게요.", "무슨 소리인지 도대체 모르겠네요."),
        ("괜찮으시다면 사진을 한 장 보내 주시면 감사하겠습니다.", "사진도 없이 뭘 어쩌라는 겁니까??"),
        ("말씀하신 부분은 저희가 다시 살펴보겠습니다.", "그런 적 없다. 똑바로 읽어라."),
        ("더 궁금하신 점은 언제든 문의해 주세요. 감사합니다.", "그만 좀 하시죠."),
    ],
    "zh": [
        ("麻烦您把订单号发给我，好吗？谢谢您。", "你到底看没看说明？"),
        ("很抱歉给您添麻烦了，我马上帮您查。", "你自己乱用，还怪别人？"),
        ("谢谢您的建议，我们会认真参考。", "真是搞笑，没事找事。"),
        ("如果方便的话，可否请您拍一张照片？", "没有照片，凭什么给你退？"),
        ("您说得有道理，我们改进一下。", "别再胡说了。"),
        ("欢迎您随时联系我们，祝您愉快。", "难道你不认字吗？！"),
    ],
    "en": [
        ("Could you please send me your order number?", "Why didn't you read the page?"),
        ("I'm sorry about that, thank you for telling us.", "You broke it yourself, so stop complaining."),
        ("Thanks for the lovely idea, we'll think about it.", "What nonsense. That's ridiculous."),
        ("Would you mind taking a photo, if you have time?", "No photo, no refund. Don't you get it?"),
        ("You're right, I've changed the text.", "You are wrong, and you never listen."),
        ("Hello Anna, I'd be happy to help.", "Are you stupid or what??"),
    ],
}
EVERY = [(lang, *pair) for lang, pairs in PAIRS.items() for pair in pairs]
FACTS = {"ko": "지름은 15cm입니다.", "zh": "直径十五厘米。", "en": "It is 15 cm wide."}


def politeness(lang: str, text: str) -> float:
    return judge(text, Context(lang=lang)).politeness


@pytest.mark.parametrize(("lang", "polite", "rude"), EVERY)
def test_courtesy_scores_above_the_middle_and_rudeness_below(lang: str, polite: str, rude: str) -> None:
    assert politeness(lang, polite) > 0.5 > politeness(lang, rude)


@pytest.mark.parametrize("lang", FACTS)
def test_a_bare_fact_is_neither_rude_nor_very_polite(lang: str) -> None:
    assert 0.4 < politeness(lang, FACTS[lang]) < 0.65


@pytest.mark.parametrize("lang", FACTS)
def test_nothing_is_neither_and_heaps_stay_within_bounds(lang: str) -> None:
    polite, rude = PAIRS[lang][0]
    assert politeness(lang, "") == 0.5
    assert 0 < politeness(lang, rude * 300) < politeness(lang, polite * 300) < 1
