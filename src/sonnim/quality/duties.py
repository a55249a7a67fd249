"""What the quality score has to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.quality.actions.rescoring import score_next
from sonnim.quality.actions.reviewing import draw_samples
from sonnim.quality.actions.scoring import score_conversations, tell_of_history
from sonnim.quality.errands import RESCORE, SCORE


def _settled(payload: dict[str, Any]) -> None:
    score_conversations(**payload)


def _anew(payload: dict[str, Any]) -> None:
    score_next(**payload)


def _given_up(payload: dict[str, Any], _reason: str) -> None:
    tell_of_history(shop_id=payload["shop_id"])


OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {SCORE: _settled, RESCORE: _anew}
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {RESCORE: _given_up}
PATIENCE = {RESCORE: 6}  # some minutes: whoever has asked for it looks at how far it is
CLOCK: dict[Callable[[], object], float] = {draw_samples: 3600}
