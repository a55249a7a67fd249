"""The files of a mail, as attachments."""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.conversations.files import NOBODY, give_attachments, safe_name, store_attachment
from sonnim.kernel.errors import AttachmentsInvalid, TooLarge
from sonnim.kernel.text import storable
from sonnim.letters.letter import File

MAX_FILES = 50  # a mail has at most 200 parts; a message of more files than this is no message any more


@dataclass(slots=True)
class Enclosed:
    """What was kept of a mail's files.

    Attributes:
        parts: content-id → attachment.
        left_out: names of the files that are too large, or too many; they stay in the raw mail.
    """

    attachments: list[int] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def enclose(files: list[File], *, shop_id: int) -> Enclosed:
    """Keep the files, as nobody's until `give`. Empty ones are nothing to keep."""
    kept = Enclosed()
    for file in files:
        if not file.content:
            continue
        name = safe_name(storable(file.filename))
        if len(kept.attachments) >= MAX_FILES:
            kept.left_out.append(name)
            continue
        upload = SimpleUploadedFile(name, file.content)
        try:
            stored = store_attachment(shop_id=shop_id, owner=("contact", NOBODY), upload=upload)
        except TooLarge:
            kept.left_out.append(name)
        except AttachmentsInvalid:
            continue
        else:
            kept.attachments.append(stored.pk)
            if file.content_id:
                kept.parts[storable(file.content_id)[:250]] = stored.pk
    return kept


def give(enclosed: Enclosed, *, contact_id: int) -> None:
    """Let what was kept be the contact's who sent it."""
    if enclosed.attachments:
        give_attachments(ids=enclosed.attachments, owner=("contact", contact_id))
