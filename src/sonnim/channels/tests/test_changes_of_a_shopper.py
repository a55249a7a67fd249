"""A shopper may say how they are called, but not keep the whole desk busy with it."""

from django.conf import settings
from django.test import Client
from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.eventlog.models import Event


def test_a_name_that_changes_without_end_is_refused_before_it_is_told(people: People) -> None:
    _, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    limit = settings.VISITOR_CHANGES[0]
    client = Client(headers={"Authorization": f"Visitor {token}"})
    # Twice the limit and some: the window may turn over once while they are sent.
    statuses = [
        client.patch("/api/v1/widget/contact", {"name": f"Jiwoo {n}"}, content_type="application/json").status_code
        for n in range(2 * limit + 2)
    ]
    assert statuses[:limit] == [200] * limit
    assert 429 in statuses
    assert Event.objects.filter(type="contact.updated").count() == statuses.count(200)
