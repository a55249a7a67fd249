"""Noting that a token was used never stands in the way of what it was used for."""

import pytest
from django.db import OperationalError
from django.test import Client
from tests.people import People

from sonnim.accounts import actions
from sonnim.accounts.models import ApiToken
from sonnim.eventlog import log


@pytest.mark.parametrize("says", ["database or disk is full", "database is locked"])
def test_a_token_reads_on_where_its_use_cannot_be_written(
    people: People, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    made = actions.create_token(actor=people.actor(people.admin), name="import")

    def refuse(*args: object) -> None:
        raise OperationalError(says)

    with monkeypatch.context() as patched:
        patched.setattr(log, "unit", refuse)
        answer = Client().get(people.url("/agents"), HTTP_AUTHORIZATION=f"Bearer {made.secret}")
    assert answer.status_code == 200
    assert ApiToken.objects.get().last_used_at is None
