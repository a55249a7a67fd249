"""Who may write through the installation's own mail server: it would send in anybody's name, so its operator says."""

from django.conf import settings


def may_send_as(address: str) -> bool:
    """Whether a mailbox with this address may go out through the installation's own server.

    The address from which the installation itself writes may, and what SONNIM_MAIL_SENDERS names: addresses, and
    domains with all of theirs.
    """
    bare = address.strip().lower()
    own = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].strip("> ").lower()
    return bare == own or not {bare, bare.rpartition("@")[2]}.isdisjoint(settings.MAIL_SENDERS)
