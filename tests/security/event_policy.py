"""Who may learn of which event. Written by hand, on purpose: the second opinion on what the server publishes.

A type that is published anywhere in src without a row here fails the tests, and so does a row without a publisher.
"""

NAMED = "the agent whom it is about"
SHOPPER = "the shopper of the conversation"
COLLEAGUE = "a colleague"
FOREIGN_AGENT = "an agent of another shop"
OTHER_SHOPPER = "another shopper"
FORMER = "the visitor who turned out to be the shopper"
REMOVED = "an agent who was removed"
SUBSCRIBERS = (NAMED, COLLEAGUE, FOREIGN_AGENT, SHOPPER, OTHER_SHOPPER, FORMER, REMOVED)

DESK = frozenset({NAMED, COLLEAGUE})
DESK_AND_SHOPPER = DESK | {SHOPPER}
PERSONAL = frozenset({NAMED})

EVENTS: dict[str, frozenset[str]] = {
    "agent.added": DESK,
    "agent.removed": DESK,
    "agent.role_changed": DESK,
    "agent.updated": DESK,
    "contact.merged": DESK | {FORMER},
    "contact.updated": DESK,
    "conversation.assigned": DESK_AND_SHOPPER,
    "conversation.identified": DESK_AND_SHOPPER,
    "conversation.moved": DESK | {FORMER},
    "conversation.opened": DESK_AND_SHOPPER,
    "conversation.reopened": DESK_AND_SHOPPER,
    "conversation.resolved": DESK_AND_SHOPPER,
    "conversation.seen": DESK_AND_SHOPPER,
    "conversation.snoozed": DESK,
    "conversation.unsnoozed": DESK,
    "draft.saved": PERSONAL,
    "message.created": DESK_AND_SHOPPER,
    "note.created": DESK,
    "session.ended": PERSONAL,
    "shop.updated": DESK,
    "team.deleted": DESK,
    "team.updated": DESK,
}
