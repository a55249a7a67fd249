"""A mail of ours before it has a form on the wire: plain values, cleaned so that none of them can add a header."""

import re
from dataclasses import dataclass
from email.headerregistry import Address

MAX_NAME = 100
# Mail programs disagree about these in names, quoted or encoded: a name with an @ in it looks like another sender.
_MISREAD = re.compile(r"[\"<>()\[\]\\,:;@]+")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")


@dataclass(frozen=True, slots=True)
class Part:
    """An attached file."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What is to be sent, and to whom. Make the addresses by `mailbox`, the subject by `one_line`.

    Attributes:
        automatic: no person wrote it: it says so, and no machine shall answer it.
        unsubscribe: where one click ends mails of this kind, for those that nobody asked for by writing.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    html: str
    message_id: str
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    files: tuple[Part, ...] = ()
    automatic: bool = False
    unsubscribe: str = ""

    @property
    def recipients(self) -> list[str]:
        """Everybody it goes to, each once, blind copies included."""
        return list(dict.fromkeys(each.addr_spec for each in (*self.to, *self.cc, *self.bcc)))

    @property
    def weight(self) -> int:
        """About how many bytes it has on the wire, where files take a third more."""
        return len(self.text) * 2 + len(self.html) * 2 + sum(len(each.content) * 7 // 5 for each in self.files)

    def headers(self) -> dict[str, str]:
        """What stands in the head beside sender, recipients, subject and date."""
        found = {"Message-ID": self.message_id}
        if self.in_reply_to:
            found["In-Reply-To"] = self.in_reply_to
        if self.references:
            found["References"] = " ".join(self.references)
        if self.automatic:
            found["Auto-Submitted"] = "auto-generated"
        # "All" would have Exchange keep delivery reports from us, too; they are wanted for what a person wrote.
        found["X-Auto-Response-Suppress"] = "All" if self.automatic else "OOF, AutoReply"
        if self.unsubscribe:
            found["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return found


def one_line(text: str, *, limit: int) -> str:
    """A text as a header may carry it: no line ends, no control characters, at most `limit` characters."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(visible.split())[:limit].rstrip()


def mailbox(address: str, *, name: str = "") -> Address:
    """An address with a name that is nothing but a name.

    Raises:
        ValueError: it is no address that a mail can be sent to.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain or one_line(address, limit=320) != address.strip():
        raise ValueError(f"{address[:100]!r} is no address")
    shown = one_line(_MISREAD.sub(" ", name), limit=MAX_NAME)
    try:
        host = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError:
        raise ValueError(f"{address[:100]!r} is no address") from None
    return Address(shown, username=local, domain=host)


def known_ids(text: str) -> list[str]:
    """The Message-IDs in a text that may stand in a header, in order, each once."""
    return list(dict.fromkeys(_MESSAGE_ID.findall(text)))
