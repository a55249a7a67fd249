"""The names that a shop's log had."""

from django.db import migrations, models

import sonnim.kernel.fields


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PastEpoch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "shop_id", "epoch", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("shop_id", models.BigIntegerField()),
                ("epoch", models.CharField(max_length=36)),
                ("pos", models.BigIntegerField()),
                ("ended_at", sonnim.kernel.fields.InstantField()),
            ],
        ),
    ]
