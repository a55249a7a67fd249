"""The index: on SQLite a full-text table that keeps neither texts nor places, on PostgreSQL arrays under GIN."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = ("entry", "contact")


def _create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # Endings are looked up as ranges, which only the order of the bytes makes.
        schema_editor.execute('ALTER TABLE search_word ALTER COLUMN ending TYPE varchar(24) COLLATE "C"')
    for kind in KINDS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE search_{kind} USING fts5"
                "(keys, content='', detail=none, columnsize=0, tokenize='ascii')"
            )
            continue
        schema_editor.execute(
            f"CREATE TABLE search_{kind} (id bigint NOT NULL, shop_id bigint NOT NULL, keys bigint[] NOT NULL)"
        )
        schema_editor.execute(f"CREATE INDEX search_{kind}_id ON search_{kind} (id)")
        # What lies in the pending list is read by every lookup, so that it must be short: 256 KB are half a millisecond.
        schema_editor.execute(
            f"CREATE INDEX search_{kind}_keys ON search_{kind} USING gin (keys) WITH (gin_pending_list_limit = 256)"
        )


def _drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for kind in KINDS:
        schema_editor.execute(f"DROP TABLE search_{kind}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0002_team_removed")]

    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("n", models.BigIntegerField()),
                ("first_at", models.BigIntegerField()),
                ("last_at", models.BigIntegerField()),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.shop",
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("shop", "kind", "n"), name="search_block_once")]},
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ending", models.CharField(max_length=24)),
                ("word", models.CharField(max_length=24)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "ending", "word"), name="search_word_once")]
            },
        ),
        migrations.RunPython(_create, _drop),
    ]
