"""The raw form of what came is kept as long as it may be needed, and no longer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from tests.people import People

from sonnim.accounts.actions import remove_shop
from sonnim.channels import inbound
from sonnim.channels.actions import KEPT_RAW, forget_old_raw
from sonnim.channels.models import Inbound
from sonnim.kernel import clock


def arrived(people: People, state: str) -> Inbound:
    number, _ = inbound.store(shop_id=people.shop.pk, kind="postbox", key=state, raw=b"raw", meta={"received_at": 1})
    Inbound.objects.filter(pk=number).update(state=state)
    return Inbound.objects.get(pk=number)


@pytest.mark.parametrize("state", list(KEPT_RAW))
def test_it_goes_when_its_time_is_over_and_never_comes_twice(people: People, state: str) -> None:
    row = arrived(people, state)
    with clock.moved(KEPT_RAW[state] - timedelta(hours=1)):
        forget_old_raw()
    assert default_storage.exists(row.file)
    with clock.moved(KEPT_RAW[state] + timedelta(hours=1)):
        forget_old_raw()
    assert not default_storage.exists(row.file)
    gone = Inbound.objects.get(pk=row.pk)
    assert (gone.file, gone.meta) == ("", {})
    assert gone.state == ("discarded" if state == "quarantined" else state), "a list of what can be retried has it not"
    again = inbound.store(shop_id=people.shop.pk, kind="postbox", key=state, raw=b"raw")
    assert again == (row.pk, False)


def test_what_waits_to_be_read_is_never_forgotten(people: People) -> None:
    row = arrived(people, "due")
    with clock.moved(timedelta(days=4_000)):
        forget_old_raw()
    assert default_storage.exists(row.file)


def test_more_than_a_handful_goes_in_one_round(people: People) -> None:
    Inbound.objects.bulk_create(
        Inbound(shop=people.shop, kind="postbox", key=str(n), file=f"inbound/gone/{n}", size=1, state="ignored")
        for n in range(450)
    )
    with clock.moved(timedelta(days=31)):
        forget_old_raw()
    assert not Inbound.objects.exclude(file="").exists()


def test_of_a_shop_that_is_no_more_no_raw_form_stays(people: People) -> None:
    mine, theirs = arrived(people, "done"), people.other_shop.pk
    number, _ = inbound.store(shop_id=theirs, kind="postbox", key="1", raw=b"canary")
    path = Path(default_storage.path(Inbound.objects.get(pk=number).file))
    remove_shop(shop=people.other_shop)
    assert path.exists()
    forget_old_raw()
    assert not path.exists() and not path.parent.parent.exists()
    assert default_storage.exists(mine.file)


def test_what_is_over_is_found_by_an_index(people: People) -> None:
    Inbound.objects.bulk_create(
        Inbound(shop=people.shop, kind="postbox", key=str(n), file="x" if n % 50 == 0 else "", size=1, state="done")
        for n in range(3_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    over = Inbound.objects.filter(state="done", received_at__lte=clock.now() - timedelta(days=90)).exclude(file="")
    assert "inbound_kept" in over.order_by("received_at").values_list("pk", "file")[:200].explain()
