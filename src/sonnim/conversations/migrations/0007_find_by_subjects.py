"""Puts the subjects of conversations into the search index, with their first entries."""

from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from sonnim.conversations.search.upkeep import index_subjects

    with connection.cursor() as cursor:
        index_subjects(cursor)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_deliveries_and_envelopes"), ("search", "0001_initial")]

    operations = [migrations.RunPython(_index, migrations.RunPython.noop)]
