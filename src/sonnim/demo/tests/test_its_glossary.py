"""The demo store has trade words of its own in three languages, and the coach knows the plain word for each."""

import pytest

from sonnim.accounts.models import Agent
from sonnim.coaching.queries import settings_of
from sonnim.coaching.reviewing import review_draft
from sonnim.conversations.models import Conversation, Entry
from sonnim.demo.actions import ensure_demo
from sonnim.plan.models import ScriptVariant

pytestmark = pytest.mark.django_db
DRAFTS = {
    "ko": ("네, 이 잔은 초벌구이를 마치고 칠을 한 것이라 오래 쓰셔도 색이 그대로예요.", "초벌구이", "첫 번째 굽기"),
    "zh": ("您好，这只碗的胎土来自康津，所以颜色偏灰，您可以放心使用。", "胎土", "做坯的陶土"),
    "en": ("Yes, the crazing is part of the celadon and will not leak, so you can use it daily.", "crazing", "fine"),
}


@pytest.mark.parametrize("lang", DRAFTS)
def test_a_trade_word_of_the_store_is_marked_with_the_plain_word_for_it(lang: str) -> None:
    shop = ensure_demo().shop_id
    agent = Agent.objects.filter(shop_id=shop, user__locale=lang).earliest("pk")
    where = Conversation.objects.filter(shop_id=shop, contact__locale=lang, status="open").earliest("pk").pk
    draft, word, plain = DRAFTS[lang]
    found = review_draft(agent=agent, lang=lang, conversation_id=where, draft=draft, resolving=False)["marks"]
    [mark] = [each for each in found if each["rule"] in {"jargon", "foreign-word"}]
    assert draft[mark["start"] : mark["end"]].startswith(word)
    assert plain in (mark["suggestion"] or "")


def test_what_the_store_says_itself_needs_no_plain_word() -> None:
    shop = ensure_demo().shop_id
    terms = [each["term"] for each in settings_of(shop).terms]
    said = [
        *Entry.objects.filter(shop_id=shop, author_kind="agent").values_list("text", flat=True),
        *ScriptVariant.objects.filter(canned__shop_id=shop).values_list("text", flat=True),
    ]
    assert len(said) > len(terms) > 0
    assert not [term for term in terms if any(term in text.lower() for text in said)]
