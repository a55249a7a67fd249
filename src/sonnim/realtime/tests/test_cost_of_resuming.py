"""What a reconnect asks of the database does not grow with what was missed: a thousand may come at once."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.posting import Post, post_batch
from sonnim.eventlog import queries
from sonnim.realtime.frames import Resume
from sonnim.realtime.subscriber import missed, recognise

MOST = 5


@pytest.mark.parametrize("kind", ["agent", "visitor"])
def test_a_resume_takes_at_most_five_queries_however_much_was_missed(people: People, kind: str) -> None:
    shop = people.shop.pk
    who, key = create_visitor(shop_id=shop, locale="ko")
    before = queries.head(shop)
    assert before is not None
    token = accounts.create_token(actor=people.actor(people.agent), name="tests").secret if kind == "agent" else key
    counted = []
    for more in (1, 400):
        post_batch([Post(shop, "contact", who.pk, str(uuid.uuid4()), "말", channel="chat") for _ in range(more)])
        wanted = Resume(as_=kind, shop=shop, token=token, epoch=before.epoch, pos=before.pos)  # type: ignore[arg-type]
        recognise(wanted, None)  # notes the first use of a token, which is written once in ten minutes
        head = queries.head(shop)
        assert head is not None
        with CaptureQueriesContext(connection) as asked:
            found = missed(recognise(wanted, None), wanted, head.pos)
        assert found.reset is None
        counted.append((len(asked), len(found.events)))
    assert counted[0][0] == counted[1][0] <= MOST
    assert (counted[0][1], counted[1][1]) == (1, 401)
