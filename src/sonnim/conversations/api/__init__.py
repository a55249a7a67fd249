"""The HTTP side of conversations. Each module adds its paths to the one router."""

from sonnim.conversations.api import (
    bulk,
    contacts,
    conversations,
    drafts,
    entries,
    files,
    later,
    search,
    tags,
    together,
    views,
    wording,
)
from sonnim.conversations.api.entries import ack_object
from sonnim.conversations.api.router import router

__all__ = [
    "ack_object",
    "bulk",
    "contacts",
    "conversations",
    "drafts",
    "entries",
    "files",
    "later",
    "routers",
    "search",
    "tags",
    "together",
    "views",
    "wording",
]

routers = (router,)
