"""Puts the entries that are there already into the search index; a million take some two minutes."""

from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from sonnim.conversations.search.upkeep import index_all

    last: int | None = 0
    with connection.cursor() as cursor:
        while last is not None:
            last = index_all(cursor, after=last, subjects=False)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_queues_of_teams"), ("search", "0001_initial")]

    operations = [migrations.RunPython(_index, migrations.RunPython.noop)]
