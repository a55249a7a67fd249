"""Attachments: what is taken, how it is kept, and how it is handed out again."""

import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import FileResponse
from PIL import Image

from sonnim.conversations import reach
from sonnim.conversations.models import Attachment, Draft, Scheduled
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, NotFound, TooLarge

SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_PIL_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_UNKNOWN = "application/octet-stream"
_HEAD = 4096
KEPT, KEPT_OF_AGENTS = timedelta(hours=48), timedelta(days=30)
NOBODY = 0
"""The id of an owner who is not known yet; see `give_attachments`."""
MAX_PIXELS = 50_000_000  # shown in the timeline it costs every reader 4 bytes a point; larger ones are files to save
# Characters that show nothing but are letters, marks or separators to Unicode: fillers and line separators.
_BLANK = frozenset("\u034f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0")


def store_attachment(*, shop_id: int, owner: tuple[str, int], upload: "UploadedFile[Any]") -> Attachment:
    """Keep an uploaded file under a random key, with the type that its bytes show, whatever its name says.

    Args:
        owner: ("agent" or "contact", id); only this one may send it.

    Raises:
        TooLarge: over 20 MB.
        AttachmentsInvalid: empty.
    """
    size = upload.size or 0
    if size > settings.ATTACHMENT_MAX_BYTES:
        raise TooLarge(f"A file may have {settings.ATTACHMENT_MAX_BYTES // 2**20} MB.")
    if size == 0:
        raise AttachmentsInvalid("The file is empty.")
    kind, width, height = sniff(upload)
    key = f"{shop_id}/{clock.now():%Y-%m}/{secrets.token_hex(24)}"
    stored = default_storage.save(key, upload)
    with log.unit(shop_id):
        return Attachment.objects.create(
            shop_id=shop_id, owner_kind=owner[0], owner_id=owner[1], key=stored, name=safe_name(upload.name or ""),
            type=kind, size=size, width=width, height=height, created_at=clock.now(),
        )  # fmt: skip


def copy_attachment(*, attachment: Attachment, owner: tuple[str, int]) -> Attachment:
    """The same file once more, for another message; the caller has checked that `owner` may open it.

    Raises:
        NotFound: the file is gone from the storage.
    """
    key = f"{attachment.shop_id}/{clock.now():%Y-%m}/{secrets.token_hex(24)}"
    try:
        with default_storage.open(attachment.key) as source:
            stored = default_storage.save(key, source)
    except FileNotFoundError:
        raise NotFound("This file is gone.") from None
    with log.unit(attachment.shop_id):
        return Attachment.objects.create(
            shop_id=attachment.shop_id, owner_kind=owner[0], owner_id=owner[1], key=stored, name=attachment.name,
            type=attachment.type, size=attachment.size, width=attachment.width, height=attachment.height,
            created_at=clock.now(),
        )  # fmt: skip


def give_attachments(*, ids: list[int], owner: tuple[str, int]) -> None:
    """Let files that were kept as nobody's be whose they are; call it in the unit that sends them."""
    Attachment.objects.filter(pk__in=ids, owner_kind=owner[0], owner_id=NOBODY, entry=None).update(owner_id=owner[1])


def sniff(upload: "UploadedFile[Any]") -> tuple[str, int | None, int | None]:
    """The type by content, and a picture's size from its header alone: nothing is decoded or unpacked."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=list(_PIL_TYPES)) as picture:
            shown = picture.width * picture.height <= MAX_PIXELS
            found = (_PIL_TYPES[str(picture.format)], picture.width, picture.height) if shown else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        found = None
    finally:
        upload.seek(0)
    if found is not None:
        return found
    head = upload.read(_HEAD)
    upload.seek(0)
    return _by_magic(head), None, None


def _by_magic(head: bytes) -> str:
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        guesses = []
    named = next((str(guess.mime_type) for guess in guesses if guess.mime_type), "")
    if named in SHOWN_INLINE:
        return _UNKNOWN  # it looks like a picture, but no picture library can open it
    if named:
        return named[:100]
    return "text/plain" if _is_text(head) else _UNKNOWN


def _is_text(head: bytes) -> bool:
    try:
        head[: _HEAD - 4].decode()
    except UnicodeDecodeError:
        return False
    return b"\x00" not in head


def safe_name(name: str) -> str:
    """A file's name as it may be shown: no folder, no control or invisible characters, at most 200 characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(
        c
        for c in unicodedata.normalize("NFC", base)
        if c not in _BLANK and unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )
    visible = visible.strip().lstrip(".") or "file"
    stem, dot, ending = visible.rpartition(".")
    return visible if len(visible) <= 200 else f"{stem[: 199 - len(ending)]}{dot}{ending}"[:200]


def serve(attachment: Attachment, *, download: bool) -> FileResponse:
    """A file for the browser: pictures inline, everything else to be saved; nothing in it may run.

    Raises:
        NotFound: the file is gone from the storage.
    """
    try:
        handle = default_storage.open(attachment.key)
    except FileNotFoundError:
        raise NotFound("This file is gone.") from None
    inline = attachment.type in SHOWN_INLINE and not download
    kind = attachment.type if inline else _UNKNOWN
    response = FileResponse(handle, as_attachment=not inline, filename=attachment.name, content_type=kind)
    for name, value in HEADERS.items():
        response[name] = value
    return response


HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600, immutable",
}


def attachment_for(*, shop_id: int, attachment_id: int, reader: tuple[str, int]) -> Attachment:
    """A file that this reader may open: its own uploads, and what stands in a timeline that it sees.

    Raises:
        NotFound: it does not exist or is none of the reader's business.
    """
    found = Attachment.objects.filter(pk=attachment_id, shop_id=shop_id).select_related("conversation", "entry").first()
    if found is None or not _may_open(found, reader):
        raise NotFound("There is no such file.")
    return found


def _may_open(attachment: Attachment, reader: tuple[str, int]) -> bool:
    about = attachment.conversation
    if reader[0] == "contact" and about is not None and reach.is_carried(about.channel):
        return False  # a visitor of the store's pages is no proof of who reads its letters
    if (attachment.owner_kind, attachment.owner_id) == reader:
        return True
    if attachment.entry is None or about is None:
        return False
    if reader[0] == "agent":
        return True
    return attachment.entry.public and about.contact_id == reader[1]


def remove_orphans(*, limit: int = 500, rounds: int = 20) -> int:
    """Delete files that were uploaded, never sent, and wait in no draft and for no later hour; answers how many.

    Those of an agent stay for longer: a new letter is kept by their browser alone until it leaves.
    """
    now = clock.now()
    old = Q(created_at__lt=now - KEPT) & (~Q(owner_kind="agent") | Q(created_at__lt=now - KEPT_OF_AGENTS))
    waiting = set(_named_in(Draft.objects.all())) | set(_named_in(Scheduled.objects.exclude(state="sent")))
    orphans = Attachment.objects.filter(old, entry=None).exclude(pk__in=waiting).order_by("id")
    removed = 0
    for _ in range(rounds):
        found = list(orphans[:limit])
        for attachment in found:
            with log.unit(attachment.shop_id):
                gone, _ = Attachment.objects.filter(pk=attachment.pk, entry=None).delete()
            if gone:
                default_storage.delete(attachment.key)
        removed += len(found)
        if len(found) < limit:
            break
    return removed


def _named_in(written: QuerySet[Any]) -> Iterator[int]:
    for attachments in written.exclude(attachments=[]).values_list("attachments", flat=True).iterator():
        yield from attachments
