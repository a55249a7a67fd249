"""Mails as people's programs and servers write them, for samples."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from sonnim.accounts.models import Agent, Shop
from sonnim.channels.kinds.postbox import markup
from sonnim.channels.kinds.postbox.composing import moment_in
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.channels.kinds.postbox.words import words
from sonnim.channels.samples import Arrival
from sonnim.conversations import rich
from sonnim.conversations.models import Entry
from sonnim.kernel import clock

_REPORT = """\
From: Mail Delivery System <mailer-daemon@{domain}>
To: {address}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{key}@{domain}>
Date: {date}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

--parts
Content-Type: text/plain; charset=utf-8

The mail to <{recipient}> could not be delivered: {words}

--parts
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; {words}

--parts
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--parts--
"""


def mail_of(arrival: Arrival, source: Mailbox) -> bytes:
    """A mail with what it answers below, as HTML, too."""
    before = _answered(arrival)
    quote = _quote(arrival, before) if before is not None else None
    domain = arrival.address.rpartition("@")[2]
    mail = EmailMessage()
    mail["From"] = Address(arrival.name, addr_spec=arrival.address)
    mail["To"] = source.address
    subject = str(arrival.content["subject"])
    mail["Subject"] = f"Re: {subject}" if before is not None else subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{clock.now_ms():x}.{arrival.conversation_id or 0}@{domain}>"
    if before is not None:
        mail["In-Reply-To"] = before.message_id
        mail["References"] = " ".join([*before.references.split(), before.message_id])
    mail.set_content(markup.as_text(arrival.text, quote=quote))
    mail.add_alternative(_html(arrival, quote), subtype="html")
    for name, content in arrival.files:
        mail.add_attachment(content, "image", "jpeg", filename=name)
    return mail.as_bytes()


def _html(arrival: Arrival, quote: markup.Quote | None) -> str:
    given = str(arrival.content.get("html", ""))
    if not given:
        return markup.as_html(rich.from_plain(arrival.text), locale=arrival.locale, quote=quote)
    said = "".join(f"<p>{escape(part)}</p>" for part in arrival.text.split("\n\n"))
    return f'<html lang="{arrival.locale}"><body>{given.replace("{text}", said)}</body></html>'


def _answered(arrival: Arrival) -> Letter | None:
    """The last mail of ours in the conversation."""
    if arrival.conversation_id is None:
        return None
    return Letter.objects.filter(conversation_id=arrival.conversation_id, out=True).order_by("-id").first()


def _quote(arrival: Arrival, before: Letter) -> markup.Quote:
    entry = Entry.objects.get(pk=before.entry_id or 0)
    zone = ZoneInfo(Shop.objects.get(pk=arrival.shop_id).timezone)
    moment = moment_in(entry.at.astimezone(zone), locale=arrival.locale)
    name = Agent.objects.get(pk=entry.author_id or 0).name
    return markup.Quote(words("wrote", locale=arrival.locale, moment=moment, name=name), entry.text)


def report(source: Mailbox, number: int, recipient: str, message_id: str, said: str) -> bytes:
    """What a mail server says of an answer that it gives back."""
    named = {"address": source.address, "domain": source.address.rpartition("@")[2], "recipient": recipient}
    date = format_datetime(clock.now())
    text = _REPORT.format(**named, key=f"report-{number}", date=date, message_id=message_id, words=said)
    return text.replace("\n", "\r\n").encode()
