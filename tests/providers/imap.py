"""The small IMAP server, with all its mishaps, for tests."""

from sonnim.bench.imap_server import ImapServer

__all__ = ["ImapServer"]
