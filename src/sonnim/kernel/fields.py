"""Model fields that more than one domain needs."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from sonnim.kernel import clock


class InstantField(models.BigIntegerField):  # type: ignore[type-arg]
    """An aware UTC datetime kept as milliseconds since 1970.

    An integer is a third of the size of SQLite's date text, sorts the same on every database, and the
    writer's raw SQL needs no conversion.
    """

    _pyi_private_set_type: datetime | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: datetime  # type: ignore[assignment]
    _pyi_lookup_exact_type: datetime  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        return None if value is None else clock.from_ms(value)

    def get_prep_value(self, value: Any) -> int | None:
        return clock.to_ms(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> Any:
        return clock.from_ms(value) if isinstance(value, int) else value
