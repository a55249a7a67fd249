"""Tables of mailboxes and of the letters that went through them."""

from typing import Final

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField

NOWHERE: Final = "nowhere"
"""The way in and out of a mailbox to look at: it fetches nothing, and sends nothing."""


class Mailbox(models.Model):
    """An address of a shop, and the ways in and out. What signs us in is sealed, never in clear.

    `uidvalidity` and `seen_uid` are the high-water mark of the folder: what is above it has not been stored yet.
    `lease_by` is the node that reads it now, until `lease_until`.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=120, blank=True)  # what stands before the address in From
    team = models.ForeignKey("accounts.Team", models.SET_NULL, null=True, related_name="+")
    signatures = models.JSONField(default=dict)  # locale → text below each answer
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    way_in = models.CharField(max_length=10, default="imap")  # imap, provider, pipe, nowhere
    imap = models.JSONField(default=dict)  # host, port, security (tls, starttls, none), user, auth (password, xoauth2)
    folder = models.CharField(max_length=200, default="INBOX")
    way_out = models.CharField(max_length=10, default="smtp")  # smtp, provider, house (of the installation), nowhere
    smtp = models.JSONField(default=dict)  # as imap
    provider = models.CharField(max_length=20, blank=True)  # postmark, mailgun, sendgrid, amazon_ses
    secrets = models.TextField(blank=True)  # sealed JSON: passwords, OAuth tokens, keys of the provider
    hook = models.CharField(max_length=64, blank=True)  # hash of the secret part of the webhook's address
    uidvalidity = models.BigIntegerField(null=True)
    seen_uid = models.BigIntegerField(default=0)
    backlog = models.IntegerField(default=0)  # how many were there at the first connection
    fetched = models.IntegerField(default=0)  # how many of them are stored
    state = models.CharField(max_length=12, default="new")  # new, connecting, ok, failing, refused, off, sample
    note = models.CharField(max_length=500, blank=True)  # the server's own words on failure
    checked_at = InstantField(null=True)
    lease_by = models.CharField(max_length=40, blank=True)
    lease_until = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "address"], name="mailbox_address")]

    def __str__(self) -> str:
        return self.address


class Letter(models.Model):
    """What is kept of a mail beside its entry: what threads are found by, its HTML, what it quoted.

    A mail of ours is `out`; one that no person wrote is `automatic`. `recipient` is the one address of a mail of ours
    by which a delivery report is told apart, `sender` in lower case the one that a mail of theirs claims; it is empty
    where nobody vouches for that, so that neither answers nor later mails take it for a part of the conversation.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="+", db_index=False)
    conversation_id = models.BigIntegerField()
    entry_id = models.BigIntegerField(null=True)
    message_id = models.CharField(max_length=255)
    references = models.TextField(blank=True)  # with blanks between, oldest first
    digest = models.CharField(max_length=32, blank=True, default="", db_default="")  # of what they say; see contents
    subject = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    out = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)
    html = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    parts = models.JSONField(default=dict)  # content-id → attachment id
    provider_id = models.CharField(max_length=255, blank=True)
    at = InstantField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "message_id"], name="letter_message"),
            models.Index(fields=["conversation_id", "-id"], name="letter_conversation"),
            models.Index(fields=["mailbox"], name="letter_mailbox"),  # a mailbox that goes takes its name out of them
            models.Index(fields=["entry_id"], name="letter_entry", condition=Q(entry_id__isnull=False)),
            models.Index(fields=["shop", "sender", "-id"], name="letter_sender"),
            models.Index(fields=["shop", "recipient", "-id"], name="letter_recipient", condition=~Q(recipient="")),
            models.Index(fields=["provider_id"], name="letter_provider", condition=~Q(provider_id="")),
        ]


class BadAddress(models.Model):
    """An address that has said for good that it takes no mail; nothing more is sent there until somebody lifts it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    address = models.CharField(max_length=254)
    status = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "address"], name="bad_address_once")]


class FollowUp(models.Model):
    """What becomes of answers that a shopper of a live channel has not seen: they follow by mail.

    `going` is up to where a mail is being handed over just now: if that ends there, nobody knows whether it went.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation", models.CASCADE, primary_key=True, related_name="+"
    )
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    due_at = InstantField(null=True)  # none: nothing waits
    mailed_seq = models.IntegerField(default=0)
    mailed_at = InstantField(null=True)
    going = models.IntegerField(default=0)
    stopped = models.BooleanField(default=False)  # the shopper wants no more of these mails

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="follow_up_due", condition=Q(due_at__isnull=False))]


class DeskMail(models.Model):
    """Messages that wait for an agent who is not at the desk and wants to hear of them by mail; as FollowUp."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    due_at = InstantField(null=True)
    since_at = InstantField(null=True)
    mailed_seq = models.IntegerField(default=0)
    mailed_at = InstantField(null=True)
    going = models.IntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation"], name="desk_mail_once")]
        indexes = [models.Index(fields=["due_at"], name="desk_mail_due", condition=Q(due_at__isnull=False))]


class ChatMail(models.Model):
    """A chat that an agent mails to its shopper; until `due_at` it may be taken back."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    client_id = models.CharField(max_length=36)
    address = models.CharField(max_length=254)
    words = models.TextField(blank=True)
    up_to = models.IntegerField()
    due_at = InstantField()
    error = models.CharField(max_length=300, blank=True)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "client_id"], name="chat_mail_once")]
        indexes = [models.Index(fields=["due_at"], name="chat_mail_due", condition=Q(error=""))]


class LogMark(models.Model):
    """Up to where a shop's log has been read for all this."""

    shop = models.OneToOneField("accounts.Shop", models.CASCADE, primary_key=True, related_name="+")
    pos = models.BigIntegerField(default=0)
