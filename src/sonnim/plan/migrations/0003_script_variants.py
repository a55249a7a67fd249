"""Scripts have stages, periods and variants, and know who has read what."""

import django.db.models.deletion
from django.db import migrations, models

import sonnim.kernel.clock
import sonnim.kernel.fields

CASCADE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_desk_settings"),
        ("contacts", "0003_let_contacts_be_found"),
        ("conversations", "0008_priority_and_clocks"),
        ("plan", "0002_document"),
    ]

    operations = [
        migrations.AlterField(
            model_name="cannedresponse",
            name="shop",
            field=models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="+", to="accounts.shop"),
        ),
        migrations.AddField("cannedresponse", "active_from", models.DateField(null=True)),
        migrations.AddField("cannedresponse", "active_until", models.DateField(null=True)),
        migrations.AddField("cannedresponse", "automatic", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "cannedresponse", "origin", models.CharField(blank=True, db_default="", default="", max_length=40)
        ),
        migrations.AddField(
            "cannedresponse", "stage", models.CharField(blank=True, db_default="", default="", max_length=20)
        ),
        migrations.CreateModel(
            name="ScriptVariant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("locale", models.CharField(max_length=5)),
                ("position", models.SmallIntegerField(default=0)),
                ("text", models.TextField()),
                ("rich", models.JSONField(null=True)),
                ("used", models.IntegerField(default=0)),
                ("answered", models.IntegerField(default=0)),
                ("resolved", models.IntegerField(default=0)),
                ("solved", models.IntegerField(default=0)),
                ("unsolved", models.IntegerField(default=0)),
                (
                    "canned",
                    models.ForeignKey(
                        db_index=False, on_delete=CASCADE, related_name="variants", to="plan.cannedresponse"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["canned", "locale", "position"], name="script_variant")],
            },
        ),
        migrations.CreateModel(
            name="ScriptUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField(default=0)),
                ("at", sonnim.kernel.fields.InstantField(default=sonnim.kernel.clock.now)),
                ("answered", models.BooleanField(default=False)),
                ("resolved", models.BooleanField(default=False)),
                ("solved", models.BooleanField(null=True)),
                ("watched", models.BooleanField(default=True)),
                (
                    "contact",
                    models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="+", to="contacts.contact"),
                ),
                (
                    "conversation",
                    models.ForeignKey(null=True, on_delete=CASCADE, related_name="+", to="conversations.conversation"),
                ),
                ("shop", models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="+", to="accounts.shop")),
                ("variant", models.ForeignKey(on_delete=CASCADE, related_name="+", to="plan.scriptvariant")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="script_use_age"),
                    models.Index(condition=models.Q(("watched", True)), fields=["id"], name="script_use_watched"),
                ],
                "constraints": [models.UniqueConstraint(fields=("contact", "variant"), name="script_read_once")],
            },
        ),
    ]
