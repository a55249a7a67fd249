"""A chat on paper, and the files that were sent in it, as they go along with a mail."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.channels.kinds.postbox.afar import wording
from sonnim.channels.kinds.postbox.models import ChatMail
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment, Conversation
from sonnim.conversations.queries import conversation_state
from sonnim.conversations.talks import Talk
from sonnim.conversations.transcript import transcript_of
from sonnim.kernel.text import pick_locale

MAX_BYTES = 15 * 1024 * 1024  # with what encoding adds it must pass servers that take 20 MB


def subject_of(about: Conversation) -> str:
    """What the mail is about."""
    return wording.said("subject", locale=about.locale, shop=about.shop.name)[:200]


def usual_words(about: Conversation) -> str:
    """What the mail says when its agent writes nothing."""
    return wording.texts_in(about.locale)["chat_words"]


def page_of(about: Conversation) -> tuple[str, bytes]:
    """A name for the file, and what the shopper has seen of this chat as a page that needs nothing from anywhere."""
    merged = Conversation.objects.filter(merged_into=about).values_list("pk", flat=True)[:100]
    state = conversation_state(shop_id=about.shop_id, conversation_id=about.pk)
    talk = Talk(state, [state], [about.pk, *merged])
    locale, contact = pick_locale(about.locale), about.contact
    paper = transcript_of(shop=about.shop, contact=contact, talk=talk, locale=locale, timezone=contact.timezone)
    name = wording.texts_in(locale)["chat_file"]
    return f"{name} {about.created_at:%Y-%m-%d}.html", paper.as_html().encode()


def enclosed(waiting: ChatMail) -> list[int]:
    """The chat as a page, and copies of what was sent in it, as far as a mail has room; owned by the agent."""
    name, page = page_of(waiting.conversation)
    kept, room = [_stored(waiting, name, "text/html", page)], MAX_BYTES - len(page)
    found = Attachment.objects.filter(
        conversation=waiting.conversation, entry__kind="message", entry__hidden="", entry__public=True,
        entry__seq__lte=waiting.up_to,
    )  # fmt: skip
    for file in found.order_by("id"):
        if len(kept) == settings.ATTACHMENTS_PER_MESSAGE:
            break
        if file.size <= room and default_storage.exists(file.key):
            with default_storage.open(file.key) as handle:
                kept.append(_stored(waiting, file.name, file.type, handle.read()))
            room -= file.size
    return kept


def _stored(waiting: ChatMail, name: str, kind: str, content: bytes) -> int:
    upload = SimpleUploadedFile(name, content, kind)
    return store_attachment(shop_id=waiting.shop_id, owner=("agent", waiting.agent_id), upload=upload).pk
