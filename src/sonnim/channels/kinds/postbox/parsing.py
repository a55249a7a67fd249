"""From what came in to a letter: unpacked from its provider's wrapping, and read in a process that can be killed."""

from sonnim.channels.adapter import Arrived, Quarantine
from sonnim.channels.kinds.postbox.hooks import wrapping
from sonnim.channels.kinds.postbox.hooks.posted import Posted
from sonnim.letters.bounded import READER
from sonnim.letters.letter import Letter
from sonnim.letters.limits import Unreadable


def mail_of(arrived: Arrived) -> bytes:
    """The mail itself, as its sender's server gave it.

    Raises:
        Quarantine: there is none in what came.
    """
    if "not_whole" in arrived.meta:
        raise Quarantine(arrived.meta["not_whole"])
    if "provider" in arrived.meta:
        return wrapping.mail_of(Posted(arrived.meta["provider"], arrived.meta["content_type"], arrived.raw))
    return arrived.raw


def letter_of(arrived: Arrived) -> Letter:
    """What the mail says.

    Raises:
        Quarantine: it cannot be read, within the time and the memory that a mail may take.
    """
    try:
        return READER.read(mail_of(arrived))
    except Unreadable as error:
        raise Quarantine(str(error)) from error
