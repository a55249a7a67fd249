"""From which mailbox an answer goes out, and to whom."""

from collections.abc import Sequence
from email.headerregistry import Address
from typing import Any

from django.db.models import OuterRef, Subquery

from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox.mail import mailbox as address_of
from sonnim.channels.kinds.postbox.models import BadAddress, Letter, Mailbox
from sonnim.channels.kinds.postbox.threads import Thread, conversations_of
from sonnim.channels.kinds.postbox.words import words
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.delivering import Outgoing
from sonnim.conversations.models import Entry

UNCHOSEN = "unchosen"
"""The flag of an envelope whose recipient nobody chose: sent again, it goes where its contact is to be found then."""
# Servers that know no address behind a plus: an answer to it would come back to the shopper as undeliverable.
_WITHOUT_PLUS = (
    "naver.com", "worksmobile.com", "daum.net", "hanmail.net", "kakao.com", "nate.com", "hiworks.com", "mailplug.co.kr",
    "cafe24.com", "gabia.com", "dooray.com", "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "188.com",
    "sina.com", "sina.cn", "sohu.com", "aliyun.com", "mxhichina.com", "139.com", "189.cn", "yahoo.com", "yahoo.co.jp",
    "aol.com",
)  # fmt: skip


def mailbox_for(outgoing: Outgoing, thread: Thread) -> Mailbox | None:
    """The mailbox that was chosen; else that of the thread, of the shop's default, or any that is there."""
    usable = Mailbox.objects.filter(shop_id=outgoing.shop_id, active=True)
    chosen = outgoing.envelope.get("source_id")
    found = usable.filter(pk=chosen).first() if chosen is not None else None
    if found is not None or (chosen is not None and not is_unchosen(outgoing)):
        return found
    if thread.mailbox_id is not None:
        found = usable.filter(pk=thread.mailbox_id).first()
    return found or usable.order_by("-is_default", "id").first()


def is_unchosen(outgoing: Outgoing) -> bool:
    """Whether the envelope is one that we made ourselves, at a former attempt."""
    return UNCHOSEN in outgoing.envelope.get("flags", [])


def addressed(outgoing: Outgoing, *, locale: str) -> dict[str, tuple[Address, ...]]:
    """Everybody under `to`, `cc` and `bcc`.

    Raises:
        NotSent: there is nobody, or somebody whose address has refused mail for good.
    """
    found: dict[str, tuple[Address, ...]] = {"to": (), "cc": (), "bcc": ()}
    if not is_unchosen(outgoing):
        found = {name: _addresses(outgoing.envelope.get(name, [])) for name in found}
    if not any(found.values()):
        contact = Contact.objects.get(pk=outgoing.contact_id, shop_id=outgoing.shop_id)
        address = contact_address(contact, conversation_id=outgoing.conversation_id)
        if not address:
            raise NotSent(words("no_address", locale=locale), permanent=True)
        found["to"] = (address_of(address, name=contact.name),)
    _refuse_bad(outgoing.shop_id, [each.addr_spec for group in found.values() for each in group], locale)
    return found


def contact_address(contact: Contact, *, conversation_id: int) -> str:
    """Where a contact is to be written to: from where they wrote last in this conversation, else what we know."""
    written = (
        Letter.objects.filter(conversation_id__in=conversations_of(conversation_id), out=False, automatic=False)
        .exclude(sender="")
        .annotate(
            by=Subquery(Entry.objects.filter(pk=OuterRef("entry_id"), author_kind="contact").values("author_id")[:1])
        )
        .filter(by=contact.pk)
        .order_by("-id")
        .values_list("sender", flat=True)
        .first()
    )
    if written and contact.email and written != contact.email and bad_addresses(contact.shop_id, [written]):
        return contact.email
    return written or contact.email


def bad_addresses(shop_id: int, addresses: Sequence[str]) -> list[BadAddress]:
    """Those of the addresses that have said for good that they take no mail."""
    return list(BadAddress.objects.filter(shop_id=shop_id, address__in=[each.lower() for each in addresses]))


def takes_marks(mailbox: Mailbox) -> bool:
    """Whether mail to the mailbox's address with a mark behind a plus arrives there."""
    if mailbox.way_in == "imap":
        hosts = [mailbox.address.rpartition("@")[2], str(mailbox.imap.get("host", ""))]
    else:
        hosts = [mailbox.address.rpartition("@")[2]]
    return not any(f".{host.lower()}".endswith(f".{each}") for host in hosts for each in _WITHOUT_PLUS)


def _addresses(kept: Sequence[dict[str, Any]]) -> tuple[Address, ...]:
    return tuple(address_of(str(each["address"]), name=str(each.get("name", ""))) for each in kept)


def _refuse_bad(shop_id: int, addresses: list[str], locale: str) -> None:
    for bad in bad_addresses(shop_id, addresses):
        why = f"{bad.status} {bad.reason}".strip()
        note = words("bad_address", locale=locale, address=bad.address, date=f"{bad.at:%Y-%m-%d}", reason=why)
        raise NotSent(note, permanent=True)
