"""Writes of routing."""

from sonnim.routing.actions.assigning import give_out
from sonnim.routing.actions.offering import (
    accept_offer,
    decline_offer,
    end_offers,
    forget_old_offers,
    offer_conversation,
)
from sonnim.routing.actions.releasing import take_back
from sonnim.routing.actions.seats import bring_back, change_seat, note_lines, send_away, set_my_state
from sonnim.routing.actions.settings import change_rules

__all__ = [
    "accept_offer",
    "bring_back",
    "change_rules",
    "change_seat",
    "decline_offer",
    "end_offers",
    "forget_old_offers",
    "give_out",
    "note_lines",
    "offer_conversation",
    "send_away",
    "set_my_state",
    "take_back",
]
