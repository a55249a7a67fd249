"""From tokens to what the index holds: numbers, which tell nobody what was written, and which no query can escape."""

import zlib
from collections.abc import Iterable
from functools import lru_cache

SIZE_BITS = 14
SIZE = 1 << SIZE_BITS
"""Ids of a block. A block is looked up in 20 µs; of a frequent word, a whole block's rows are read."""
# PostgreSQL reads its index in the order of the keys only if the block leads; a block below 2^31 fits.
_BLOCK_SHIFT = 32


def block_of(identity: int) -> int:
    """The block that an id lies in."""
    return identity >> SIZE_BITS


@lru_cache(maxsize=1 << 16)
def key(shop_id: int, token: str) -> int:
    """A token's number in a shop, of 32 bits. Two tokens may share one: whoever searches looks at the text again."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass"), shop_id & 0xFFFFFFFF)


@lru_cache(maxsize=1 << 16)
def name(shop_id: int, token: str) -> str:
    """The same for SQLite, whose full-text index holds words."""
    return f"{key(shop_id, token):08x}"


def sqlite_document(shop_id: int, tokens: Iterable[str]) -> str:
    """A text as SQLite's index takes it."""
    return " ".join([name(shop_id, token) for token in tokens])


def pg_document(shop_id: int, identity: int, tokens: Iterable[str]) -> str:
    """A text as PostgreSQL's index takes it, as a literal."""
    block = block_of(identity) << _BLOCK_SHIFT
    return "{" + ",".join([str(block | key(shop_id, token)) for token in tokens]) + "}"
