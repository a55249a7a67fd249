"""Foreign keys follow the direction of imports: a name such as "conversations.Entry" leads no table upwards."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from tests.architecture.tree import layers

Model = type[models.Model]


def upward_keys(tables: Iterable[Model], order: list[set[str]]) -> list[str]:
    """`table.field → target` for each relation whose target lies in a higher layer, or in a sibling."""
    found = []
    for table in tables:
        here = _package(table.__module__)
        for field in [*table._meta.local_fields, *table._meta.local_many_to_many]:
            if field.remote_field is None:
                continue
            there = _package_of(field.remote_field.model)
            if here and there and here != there and _height(there, order) <= _height(here, order):
                found.append(f"{table._meta.label}.{field.name} → {there}")
    return found


def _package_of(target: Model | str) -> str | None:
    if not isinstance(target, str):
        return _package(target.__module__)
    return None if target == "self" else _package(apps.get_app_config(target.split(".")[0]).name)


def _package(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "sonnim" else None


def _height(package: str, order: list[set[str]]) -> int:
    """The row of a package, counted from the top; a package without one is an offence of its own in test_layers."""
    return next(row for row, names in enumerate(order) if package in names)


def test_no_foreign_key_leads_to_a_higher_layer() -> None:
    assert upward_keys(apps.get_models(include_auto_created=True), layers()) == []


def test_every_domain_with_tables_was_looked_at() -> None:
    packages = {_package(table.__module__) for table in apps.get_models()}
    assert {"accounts", "contacts", "conversations", "eventlog"} <= packages


@isolate_apps("sonnim.contacts", "sonnim.conversations")
def test_a_key_by_name_to_a_higher_layer_is_found() -> None:
    class Planted(models.Model):
        conversation = models.ForeignKey("conversations.Conversation", models.CASCADE)

        class Meta:
            app_label = "contacts"

    Planted.__module__ = Contact.__module__
    assert upward_keys([Planted], layers()) == ["contacts.Planted.conversation → conversations"]


@isolate_apps("sonnim.contacts", "sonnim.conversations")
def test_a_key_by_class_to_a_higher_layer_is_found_and_one_downwards_is_not() -> None:
    class Planted(models.Model):
        conversations = models.ManyToManyField(Conversation, related_name="+")
        shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
        twin = models.ForeignKey("self", models.CASCADE, null=True)

        class Meta:
            app_label = "contacts"

    Planted.__module__ = Contact.__module__
    assert upward_keys([Planted], layers()) == ["contacts.Planted.conversations → conversations"]
