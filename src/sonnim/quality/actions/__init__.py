"""The writers of scores, scorecards, reviews and disputes."""

from sonnim.quality.actions.carding import save_scorecard
from sonnim.quality.actions.disputing import answer_dispute, dispute_score
from sonnim.quality.actions.foreseeing import forget_predictions
from sonnim.quality.actions.rescoring import rescore, score_next
from sonnim.quality.actions.reviewing import draw_samples, put_review, spot_check, take_off_list
from sonnim.quality.actions.scoring import (
    keep_results,
    score_conversations,
    tell_of_history,
)

__all__ = [
    "answer_dispute",
    "dispute_score",
    "draw_samples",
    "forget_predictions",
    "keep_results",
    "put_review",
    "rescore",
    "save_scorecard",
    "score_conversations",
    "score_next",
    "spot_check",
    "take_off_list",
    "tell_of_history",
]
