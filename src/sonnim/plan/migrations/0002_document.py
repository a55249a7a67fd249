"""Tables of the service plan's document."""

import django.db.models.deletion
import sonnim.kernel.clock
import sonnim.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_desk_settings"),
        ("plan", "0001_canned_responses"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                (
                    "shop",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.shop",
                    ),
                ),
                ("document", models.JSONField()),
                ("base", models.IntegerField(default=0)),
                ("v", models.BigIntegerField(default=0)),
                ("updated_at", sonnim.kernel.fields.InstantField(default=sonnim.kernel.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.agent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.IntegerField()),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("restored_from", models.IntegerField(null=True)),
                ("at", sonnim.kernel.fields.InstantField(default=sonnim.kernel.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.agent",
                    ),
                ),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "n"), name="plan_version_once")],
            },
        ),
    ]
