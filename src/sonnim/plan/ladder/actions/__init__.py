"""The writers of the ledger, and of requests to whoever decides."""

from sonnim.plan.ladder.actions.asking import answer_approval, ask_approval
from sonnim.plan.ladder.actions.conceding import concede, take_back
from sonnim.plan.ladder.actions.exporting import export_ledger

__all__ = ["answer_approval", "ask_approval", "concede", "export_ledger", "take_back"]
