"""The HTTP side of e-mail: for those who read and write it, and for those who set it up."""

from sonnim.channels.kinds.postbox.api import chats, letters, mailboxes, setting_up, signatures

routers = (chats.router, letters.router, mailboxes.router, setting_up.router, signatures.router)
