"""What a provider has posted, taken apart: JSON, or a form, whose parts may be far larger than a form's usually are."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from sonnim.letters.headers import Head, parameters, split_head
from sonnim.letters.limits import Unreadable
from sonnim.letters.mime import walk

_VOLATILE = frozenset({"timestamp", "token", "signature"})  # another one at each attempt, perhaps


@dataclass(frozen=True)
class File:
    """A file of a form."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Posted:
    """A request of a provider.

    Attributes:
        headers: by their names in lower case; what was kept for later has only its content type.
    """

    provider: str
    content_type: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def json(self) -> dict[str, Any]:
        """The object that the body is; empty when it is none."""
        return self.items[0] if len(self.items) == 1 else {}

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """The objects that the body is."""
        if self.body.lstrip()[:1] not in (b"{", b"["):
            return []
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return []
        return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]

    @cached_property
    def raw_fields(self) -> dict[str, bytes]:
        """The fields of the form, of several with one name the last; empty when it is none."""
        if self._is_multipart:
            return {name: content for name, filename, _, content in self._parts if not filename}
        if self.content_type.startswith("application/x-www-form-urlencoded"):
            pairs = parse_qsl(self.body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
            return {name: value.encode("latin-1") for name, value in pairs}
        return {}

    @cached_property
    def fields(self) -> dict[str, str]:
        """The same, as text."""
        return {name: value.decode("utf-8", "replace") for name, value in self.raw_fields.items()}

    @cached_property
    def files(self) -> dict[str, File]:
        """The files of the form by the names of their fields."""
        return {name: File(filename, kind, content) for name, filename, kind, content in self._parts if filename}

    @cached_property
    def digest(self) -> str:
        """A name of what was posted that stays the same when it is posted again."""
        if not self.raw_fields:
            return hashlib.sha256(self.body).hexdigest()
        found = hashlib.sha256()
        for name, value in sorted(self.raw_fields.items()):
            if name not in _VOLATILE:
                found.update(f"{name}:{len(value)}:".encode() + value)
        for name, file in sorted(self.files.items()):
            found.update(f"{name}:{file.name}:{len(file.content)}:".encode() + file.content)
        return found.hexdigest()

    @property
    def _is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/form-data")

    @cached_property
    def _parts(self) -> list[tuple[str, str, str, bytes]]:
        if not self._is_multipart:
            return []
        head, _ = split_head(b"Content-Type: " + self.content_type.encode("latin-1", "replace") + b"\r\n\r\n")
        try:
            parts = walk(head, self.body)
        except Unreadable:
            return []
        return [(*_names(part.head), part.type, part.content()) for part in parts]


def _names(head: Head) -> tuple[str, str]:
    found = parameters(head.plain("content-disposition"))[1]
    return found.get("name", ""), found.get("filename", "")
