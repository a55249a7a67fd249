"""Puts the contacts that are there already into the search index."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from sonnim.contacts.search import index_contacts

    known = apps.get_model("contacts", "Contact").objects.order_by("pk")
    last = 0
    while found := list(known.filter(pk__gt=last)[:1000]):
        index_contacts(found)
        last = found[-1].pk


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_tags_and_merges"), ("search", "0001_initial")]

    operations = [migrations.RunPython(_index, migrations.RunPython.noop)]
