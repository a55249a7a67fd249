"""Run on a site: reads messages from the first to the last, and says which queries are in one of them."""

import sys

import msgspec

from sonnim.bench.search_texts import message
from sonnim.kernel.tokens import fold


def scanned(queries: list[str], *, begin: int, end: int) -> list[str]:
    """Those of the queries that somebody finds who reads messages `begin` to `end` (without it)."""
    wanted = {query: fold(query) for query in queries}
    for number in range(begin, end):
        if not wanted:
            break
        text = fold(message(number))
        for query in [query for query, folded in wanted.items() if folded in text]:
            del wanted[query]
    return [query for query in queries if query not in wanted]


if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.read())
    found = scanned(asked["queries"], begin=asked["begin"], end=asked["end"])
    sys.stdout.buffer.write(msgspec.json.encode(found))
