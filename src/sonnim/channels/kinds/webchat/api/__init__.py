"""The HTTP side of the chat: for the shopper's widget, and for those at the desk who shape it."""

from sonnim.channels.kinds.webchat.api import closing, look, visitor

routers = (visitor.router, closing.router, look.router)
