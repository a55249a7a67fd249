"""Field types that several bodies and answers share."""

from typing import Annotated, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import AfterValidator, StringConstraints

from sonnim.accounts.http import Text

Item = TypeVar("Item")
LocaleField = Literal["ko", "zh", "en"]
RoleField = Literal["owner", "admin", "lead", "agent"]


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value.strip()


PersonName = Annotated[Text, StringConstraints(max_length=120), AfterValidator(_not_blank)]
Title = Annotated[Text, StringConstraints(max_length=80), AfterValidator(_not_blank)]
Address = Annotated[Text, StringConstraints(max_length=254), AfterValidator(_not_blank)]
Password = Annotated[Text, StringConstraints(max_length=1024)]


class Page(Schema, Generic[Item]):
    """Part of a list; `next` is the cursor of the following part, or null."""

    items: list[Item]
    next: str | None = None
