"""The one mail that says that a form has arrived. It repeats nothing of it: anybody may type anybody's address."""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from sonnim.accounts.imprint import imprint
from sonnim.accounts.mail import can_send
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.webform import words
from sonnim.kernel.text import pick_locale
from sonnim.letters.addresses import is_robot

OUTBOX_KIND = "form.confirmation"
EVERY_S = 3600
# Nobody who filled in a form reads what is sent to these, and some of them answer.
_ROLES = re.compile(r"(abuse|listserv|majordomo)([+.-].*)?")
_WITHOUT_DOTS = ("gmail.com", "googlemail.com")


def may_confirm(address: str) -> bool:
    """Whether there is a mail server, and a person at the other end as far as the address tells."""
    local, _, domain = address.partition("@")
    own = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()
    return bool(domain) and can_send() and address != own and not (is_robot(address) or _ROLES.fullmatch(local))


def box_of(address: str) -> str:
    """The box in which mail to an address ends: what stands behind a plus is its owner's own, and Google's boxes know
    no dots. Whoever types an address in a hundred ways still fills one box with no more than one mail.
    """
    local, _, domain = address.partition("@")
    local = local.partition("+")[0] or local
    if domain in _WITHOUT_DOTS:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def deliver_confirmation(payload: dict[str, Any]) -> None:
    """The outbox's handler. Raises what the mail server raises, so that the outbox tries again."""
    shop = Shop.objects.filter(pk=payload["shop_id"]).first()
    if shop is not None:
        told = imprint(shop.business, pick_locale(payload["locale"]))
        confirmation(shop_name=shop.name, to=payload["to"], locale=payload["locale"], told=told).send()


def confirmation(*, shop_name: str, to: str, locale: str, told: str = "") -> EmailMessage:
    """The mail itself.

    Args:
        told: who answers for the shop; empty when it has not said.
    """
    said = words.of(locale)
    shop = " ".join(shop_name.split())
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    body = "\n".join(said["mail_body"]).format(shop=shop)
    if told:
        body += f"\n\n-- \n{told}"
    return EmailMessage(
        said["mail_subject"].format(shop=shop), body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers
    )
