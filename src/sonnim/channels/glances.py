"""What a person sees of something raw before it is read: who sent it, what about, how it begins."""

import re
from importlib import import_module
from importlib.util import find_spec

from django.core.files.storage import default_storage

from sonnim.channels import kinds
from sonnim.channels.adapter import Glance
from sonnim.channels.models import Inbound
from sonnim.channels.registry import CHANNELS

HEAD_BYTES = 16 * 1024
TEXT_BYTES = 128 * 1024
SHOWN_CHARACTERS = 8_000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def glance_at(row: Inbound, head: bytes) -> Glance:
    """Ask the channel, if it has a module `glance` with `glance(head: bytes) -> Glance`."""
    name = f"{kinds.__name__}.{row.kind}.glance"
    if row.kind not in CHANNELS or find_spec(name) is None:
        return Glance()
    found: Glance = import_module(name).glance(head)
    return found


def text_of(row: Inbound) -> str:
    """What it says, decoded, as far as its channel can tell without trusting it (its `glance.text`); else nothing."""
    name = f"{kinds.__name__}.{row.kind}.glance"
    if row.kind not in CHANNELS or find_spec(name) is None:
        return ""
    return shown(str(import_module(name).text(head_of(row, TEXT_BYTES))))


def source_names(kind: str, shop_id: int) -> dict[int, str]:
    """What the channel's own accounts are called (its `glance.source_names`), such as the addresses of mailboxes."""
    name = f"{kinds.__name__}.{kind}.glance"
    if kind not in CHANNELS or find_spec(name) is None:
        return {}
    found: dict[int, str] = import_module(name).source_names(shop_id)
    return found


def head_of(row: Inbound, size: int = HEAD_BYTES) -> bytes:
    """The first bytes; none of what has been erased."""
    if not row.file:
        return b""
    try:
        with default_storage.open(row.file) as file:
            return bytes(file.read(size))
    except FileNotFoundError:
        return b""


def as_text(raw: bytes) -> str:
    """Raw bytes as a person may look at them: characters that would hide or turn something are taken out."""
    return shown(raw.decode("utf-8", "replace"))


def shown(text: str) -> str:
    """A stranger's text without characters that would hide or turn something, and not without end."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))[:SHOWN_CHARACTERS]
