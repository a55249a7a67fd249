"""`ensure_demo` makes the demo once; `remove_demo` leaves nothing of it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from pytest_django.fixtures import Settings

from sonnim.accounts.actions import create_shop
from sonnim.accounts.models import Agent, Shop, User
from sonnim.accounts.queries import identity_secret
from sonnim.conversations.models import Attachment, Conversation, Entry, Tally
from sonnim.conversations.queues import counts
from sonnim.demo import actions
from sonnim.demo.actions import ensure_demo, remove_demo
from sonnim.demo.people import talks
from sonnim.eventlog.models import Event, Head
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db
BOOKKEEPING = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A data folder of the test's own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    yield tmp_path
    remove_demo()


def rows() -> dict[str, list[Any]]:
    """Every row of every table, but for what migrations keep."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # SQLite's search index cannot be read in rows; it holds numbers that lead to no text any more.
            is_index = connection.vendor == "sqlite" and table.startswith(("search_entry", "search_contact"))
            if table not in BOOKKEEPING and not is_index:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_removing_leaves_no_row_and_no_file(own_folder: Path) -> None:
    create_shop(
        name="A real shop",
        locale="en",
        owner_email="someone@shop.test",
        owner_name="Someone",
        owner_password="celadon bows meet twice",
    )
    (own_folder / "files").mkdir()
    (own_folder / "files" / "kept.txt").write_text("somebody else's")
    before, kept = rows(), files(own_folder)
    made = ensure_demo()
    assert len(files(own_folder)) > len(kept)
    changed = {table for table, content in rows().items() if content != before[table]}
    assert {"accounts_shop", "contacts_contact", "conversations_entry", "eventlog_event"} <= changed
    gone = remove_demo()
    assert rows() == before
    assert files(own_folder) == kept
    assert (gone.shops, gone.people, gone.conversations) == (1, made.agents, len(talks()))


def test_removing_twice_takes_nothing_the_second_time() -> None:
    ensure_demo()
    remove_demo()
    assert tuple(remove_demo()) == (0, 0, 0, 0)


def test_creating_twice_makes_it_once() -> None:
    first = ensure_demo()
    before = rows()
    second = ensure_demo()
    assert first.created
    assert not second.created
    assert rows() == before
    assert second._replace(created=True) == first


def test_what_a_broken_off_creation_left_is_replaced(monkeypatch: pytest.MonkeyPatch, own_folder: Path) -> None:
    before = rows()

    def power_cut(passphrase: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions, "write_sign_in", power_cut)
        with pytest.raises(KeyboardInterrupt):
            ensure_demo()
    assert rows() == before
    assert files(own_folder) == set()
    assert ensure_demo().created


def test_a_demo_shop_without_conversations_counts_as_broken_off() -> None:
    create_shop(
        name="Half",
        locale="ko",
        owner_email="owner@ongi.example",
        owner_name="Half",
        owner_password="celadon bows meet twice",
        is_demo=True,
    )
    made = ensure_demo()
    assert made.created
    assert list(Shop.objects.values_list("pk", flat=True)) == [made.shop_id]


def test_all_four_sign_in_with_the_passphrase_of_this_installation(own_folder: Path) -> None:
    made = ensure_demo()
    assert made.sign_in.stat().st_mode & 0o777 == 0o600
    text = made.sign_in.read_text(encoding="utf-8")
    passphrase = text.splitlines()[2].strip()
    people = User.objects.filter(agents__shop=made.shop_id)
    assert {agent.role for agent in Agent.objects.filter(shop=made.shop_id)} == {"owner", "lead", "agent"}
    for user in people:
        assert user.email in text
        assert user.check_password(passphrase)
    assert authenticate(email=people[0].email, password="wrong") is None


def test_another_installation_has_another_passphrase() -> None:
    first = ensure_demo().sign_in.read_text(encoding="utf-8")
    remove_demo()
    assert ensure_demo().sign_in.read_text(encoding="utf-8") != first


def test_a_lost_passphrase_is_replaced_without_touching_anything_else() -> None:
    made = ensure_demo()
    lost = made.sign_in.read_text(encoding="utf-8")
    entries = Entry.objects.count()
    made.sign_in.unlink()
    again = ensure_demo()
    assert not again.created
    assert Entry.objects.count() == entries
    text = again.sign_in.read_text(encoding="utf-8")
    assert text != lost
    assert all(user.check_password(text.splitlines()[2].strip()) for user in User.objects.all())


def test_the_desk_opens_as_the_conversations_stand() -> None:
    made = ensure_demo()
    assert Conversation.objects.count() == len(talks())
    expected = {status: sum(talk.status == status for talk in talks()) for status in ("open", "snoozed", "resolved")}
    owner = Agent.objects.get(role="owner")
    counted = counts(shop_id=made.shop_id, agent_id=owner.pk)
    assert (counted["all"], counted["snoozed"], counted["resolved"]) == tuple(expected.values())
    assert counted["unassigned"] == sum(talk.assignee is None for talk in talks())
    waiting = [talk for talk in talks() if talk.status == "open" and talk.turns[-1].by == "shopper"]
    assert counted["waiting_all"] == len(waiting)
    assert counted["waiting"] == sum(talk.assignee is None for talk in waiting)  # none of them is the owner's
    assert Tally.objects.filter(n__lt=0).count() == 0
    for talk in talks():
        names = Conversation.objects.filter(locale=talk.locale, entries__text__contains=talk.turns[0].text)
        assert [(row.status, row.assignee and row.assignee.user.email) for row in names] == [
            (talk.status, f"{talk.assignee}@ongi.example" if talk.assignee else None)
        ], talk.key


def test_everything_happened_at_its_own_time_and_nothing_in_the_future() -> None:
    started = clock.now()
    ensure_demo()
    for talk in talks():
        entry = Entry.objects.get(text__contains=talk.turns[0].text, kind="message")
        expected = started - timedelta(minutes=talk.turns[0].minutes_ago)
        assert abs(entry.at - expected) < timedelta(seconds=20), talk.key
    assert not Entry.objects.filter(at__gt=clock.now()).exists()
    assert not Conversation.objects.filter(status="snoozed", snoozed_until__lt=clock.now()).exists()
    at = list(Event.objects.order_by("pos").values_list("at", flat=True))
    assert all(later >= earlier for earlier, later in pairwise(at))


def test_timelines_and_the_log_have_no_holes() -> None:
    made = ensure_demo()
    for conversation in Conversation.objects.all():
        seqs = list(Entry.objects.filter(conversation=conversation).order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, conversation.last_seq + 1))
    positions = list(Event.objects.order_by("pos").values_list("pos", flat=True))
    assert positions == list(range(1, Head.objects.get(shop_id=made.shop_id).pos + 1))


def test_pictures_are_attached_with_their_size() -> None:
    ensure_demo()
    sent = sum(bool(turn.picture) for talk in talks() for turn in talk.turns)
    assert Attachment.objects.filter(entry__isnull=False, type="image/jpeg", width=960, height=720).count() == sent > 4


def test_the_shop_can_sign_identities() -> None:
    made = ensure_demo()
    assert len(identity_secret(Shop.objects.get(pk=made.shop_id))) >= 32


def test_people_who_also_work_elsewhere_stay() -> None:
    ensure_demo()
    create_shop(
        name="Their own",
        locale="ko",
        owner_email="seoyeon@ongi.example",
        owner_name="Seoyeon",
        owner_password="celadon bows meet twice",
    )
    remove_demo()
    assert list(User.objects.values_list("email", flat=True)) == ["seoyeon@ongi.example"]
