"""Writes to mailboxes, by those who set them up."""

import re

from django.conf import settings
from django.db.models import Q

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.channels.kinds.postbox.choices import Choices, check_complete, check_texts, kept_secrets
from sonnim.channels.kinds.postbox.house import may_send_as
from sonnim.channels.kinds.postbox.keys import sealed, secrets_of
from sonnim.channels.kinds.postbox.models import NOWHERE, Mailbox
from sonnim.channels.kinds.postbox.queries import MAX_MAILBOXES, mailbox_by_id
from sonnim.channels.kinds.postbox.telling import tell_mailbox
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.kernel.secrets import hash_token, new_token

_ADDRESS = re.compile(r"[^@\s<>(),;:\"\\\[\]]{1,64}@[^@\s<>(),;:\"\\\[\]]{1,189}\.[^@\s<>(),;:\"\\\[\].]{2,63}")


def create_mailbox(*, actor: Actor, address: str, choices: Choices, is_default: bool = False) -> Mailbox:
    """Give a shop a mailbox. The first one by which mail really comes and goes is its default.

    Raises:
        Conflict: the shop has this address, or too many.
        Invalid: not an address, or something is missing; see choices.
    """
    address = checked_address(address=address)
    check_texts(choices)
    with log.unit(actor.shop_id) as work:
        others = Mailbox.objects.filter(shop_id=actor.shop_id)
        if others.filter(address=address).exists():
            raise Conflict("The shop has this mailbox already.")
        if others.count() >= MAX_MAILBOXES:
            raise Conflict(f"A shop has at most {MAX_MAILBOXES} mailboxes.")
        mailbox = Mailbox(shop_id=actor.shop_id, address=address)
        _take(mailbox, choices, {})
        mailbox.is_default = is_default or not others.filter(is_default=True).exclude(way_out=NOWHERE).exists()
        mailbox.save()
        _tell_all(work, mailbox)
        audit.record(actor, "mailbox.created", target=f"mailbox:{mailbox.pk}", address=address)
    return mailbox


def change_mailbox(*, actor: Actor, mailbox_id: int, choices: Choices, is_default: bool | None = None) -> Mailbox:
    """Change what is given.

    Raises:
        NotFound.
        Invalid: something is missing, such as the password after another server was named; see choices.
    """
    check_texts(choices)
    with log.unit(actor.shop_id) as work:
        mailbox = mailbox_by_id(actor.shop_id, mailbox_id)
        try:
            known = secrets_of(mailbox)
        except NotFound:  # sealed by another installation
            known = {}
        _take(mailbox, choices, known)
        if is_default is not None:
            if mailbox.is_default and not is_default:
                raise Invalid(fields={"is_default": "make another mailbox the default instead"})
            mailbox.is_default = is_default
        _tell_all(work, mailbox)
        changed = ", ".join(sorted([*choices, *(["is_default"] if is_default is not None else [])]))
        audit.record(actor, "mailbox.changed", target=f"mailbox:{mailbox.pk}", address=mailbox.address, changed=changed)
    return mailbox


def remove_mailbox(*, actor: Actor, mailbox_id: int) -> None:
    """Forget a mailbox and what signs us in; its letters stay where they are. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        mailbox = mailbox_by_id(actor.shop_id, mailbox_id)
        audit.record(actor, "mailbox.removed", target=f"mailbox:{mailbox.pk}", address=mailbox.address)
        mailbox.delete()
        pos = work.claim(actor.shop_id)
        work.publish(actor.shop_id, pos, "mailbox.removed", desk_drop={"mailboxes": [mailbox_id]})
        heir = Mailbox.objects.filter(shop_id=actor.shop_id).order_by("id").first()
        if mailbox.is_default and heir is not None:
            heir.is_default = True
            tell_mailbox(work, heir)
            heir.save(update_fields=["is_default", "v"])


def renew_hook(*, actor: Actor, mailbox_id: int) -> str:
    """The secret part of the address to which a provider brings mail; the former one opens nothing any more.

    Raises:
        NotFound.
    """
    secret = new_token()
    with log.unit(actor.shop_id) as work:
        mailbox = mailbox_by_id(actor.shop_id, mailbox_id)
        mailbox.hook = hash_token(secret)
        tell_mailbox(work, mailbox)
        mailbox.save(update_fields=["hook", "v"])
        audit.record(actor, "mailbox.hook_renewed", target=f"mailbox:{mailbox.pk}", address=mailbox.address)
    return f"{settings.PUBLIC_URL}/hooks/mail/{mailbox_id}/{secret}/{mailbox.provider}"


def checked_address(*, address: str) -> str:
    """An address in lower case. Raises: Invalid."""
    tidy = address.strip().lower()
    if not _ADDRESS.fullmatch(tidy) or not tidy.isprintable():
        raise Invalid(fields={"address": "not an e-mail address"})
    return tidy


def _take(mailbox: Mailbox, choices: Choices, known: dict[str, str]) -> None:
    if "team_id" in choices:
        choices = {**choices, "team_id": _checked_team(mailbox, choices["team_id"])}
    secrets = kept_secrets(mailbox, choices, known)
    before = _connection(mailbox)
    for field, value in choices.items():
        if field != "secrets":
            setattr(mailbox, field, value)
    check_complete(mailbox, secrets)
    if "way_out" in choices:
        _check_house(mailbox)
    if before[0] != _connection(mailbox)[0]:  # another folder: what was read of the former one says nothing
        mailbox.uidvalidity, mailbox.seen_uid, mailbox.backlog, mailbox.fetched = None, 0, 0, 0
    # Of a refused sign-in the reason may lie elsewhere: whoever saves has it tried again.
    if before != _connection(mailbox) or secrets != known or mailbox.state == "refused":
        mailbox.state, mailbox.note, mailbox.checked_at = "new", "", None
    if mailbox.way_in != "imap":  # nobody connects: mail is brought
        mailbox.state = "sample" if mailbox.way_in == NOWHERE else "ok"
    if not mailbox.active:
        mailbox.state = "off"
    mailbox.secrets = sealed(secrets)


def _check_house(mailbox: Mailbox) -> None:
    # Without a server of the house nothing goes out there anyway; sending asks again.
    if mailbox.way_out == "house" and settings.EMAIL_HOST and not may_send_as(mailbox.address):
        raise Invalid("The operator has to allow this address first.", fields={"way_out": "not an allowed sender"})


def _checked_team(mailbox: Mailbox, team_id: int | None) -> int | None:
    """The team; none in the place of the mailbox's own, if it is no more: that is no reason to refuse the rest."""
    if team_id is None or Team.objects.filter(pk=team_id, shop_id=mailbox.shop_id, removed_at=None).exists():
        return team_id
    if team_id != mailbox.team_id:
        raise Invalid(fields={"team_id": "not a team of this shop"})
    return None


def _connection(mailbox: Mailbox) -> tuple[object, ...]:
    place = (mailbox.imap.get("host"), mailbox.imap.get("user"), mailbox.folder)
    return place, mailbox.imap, mailbox.smtp, mailbox.way_in, mailbox.way_out, mailbox.provider, mailbox.active


def _tell_all(work: Unit, mailbox: Mailbox) -> None:
    """Save and tell it; of all of a shop's mailboxes one is the default."""
    if mailbox.is_default:
        for other in Mailbox.objects.filter(~Q(pk=mailbox.pk), shop_id=mailbox.shop_id, is_default=True):
            other.is_default = False
            tell_mailbox(work, other)
            other.save(update_fields=["is_default", "v"])
    tell_mailbox(work, mailbox)
    mailbox.save()
