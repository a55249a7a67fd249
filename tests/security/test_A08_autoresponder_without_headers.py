"""A08: two machines that answer each other, one of which hides that it is one: it ends at the cap."""

import pytest

from sonnim.channels.kinds.postbox.answering import answered
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.channels.kinds.postbox.rules import may_answer_automatically
from sonnim.letters.letter import read
from tests.people import People
from tests.postbag import ADDRESS, SHOPPER, Postbag, written


@pytest.mark.parametrize(("subject", "most"), [("Re: Re: {n} away", 10), ("Re: away", 1)])
def test_an_autoresponder_is_answered_no_more_often_than_the_cap(people: People, subject: str, most: int) -> None:
    postbag = Postbag(people)
    answers = 0
    for n in range(50):
        raw = written("I am away.", subject=subject.format(n=n))
        entry = postbag.file(raw)
        if may_answer_automatically(read(raw), answered(shop_id=postbag.shop, address=SHOPPER)) is None:
            answers += 1
            Letter.objects.create(
                shop_id=postbag.shop, conversation_id=entry.conversation_id, message_id=f"<{n}@ongi.example>", out=True,
                automatic=True, subject=subject.format(n=n), sender=ADDRESS, recipient=SHOPPER,
            )  # fmt: skip
    assert answers == most
