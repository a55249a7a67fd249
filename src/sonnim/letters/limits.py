"""What a mail may measure before it is parsed: each figure has stopped a parser somewhere."""

MAX_BYTES = 30 * 1024 * 1024
MAX_HEADERS_BYTES = 256 * 1024
MAX_HEADER_BYTES = 16 * 1024
MAX_HEADER_LINES = 500
MAX_ADDRESSES = 200
MAX_DEPTH = 20
MAX_PARTS = 200
MAX_TEXT = 400_000  # characters of a body that are read for a reply; the whole stays in the raw mail


class Unreadable(Exception):
    """The mail is not parsed; the message says why, in words for the person who finds it in quarantine."""
