"""Search in what was said. Writers keep the index in step in their own transaction, by three functions.

`index_entries` lets new entries be found. Whoever changes a wording calls `forget_entry` before the row changes and
`index_entry` after it; whoever erases one calls the first alone.
"""

from sonnim.conversations.search.upkeep import COLUMNS, forget_entry, index_entries, index_entry, titled

__all__ = ["COLUMNS", "forget_entry", "index_entries", "index_entry", "titled"]
