"""How agents work through their queues, for the happenings of the realtime matrix."""

from typing import TYPE_CHECKING

from sonnim.kernel import clock

if TYPE_CHECKING:
    from tests.security.happenings import Happenings


def work_through(who: "Happenings", here: str, conversation: int) -> None:
    """Tags, spam, many at once, views: one event of each type, at least."""
    does = who._do
    tag = does("POST", "/tags", name=f"refund {clock.now_ms()}", expect=201)["id"]
    does("POST", f"{here}/tags", add=[tag])
    does("PATCH", f"/tags/{tag}", color="#112233")
    does("POST", f"{here}/spam")
    does("POST", f"{here}/not-spam")
    bulk = does("POST", "/conversations/bulk", what="tag", ids=[conversation], remove=[tag])["id"]
    does("POST", f"/conversations/bulk/{bulk}/undo")
    own = does("POST", "/views", name="Mine", filter={"assignee": ["me"]}, expect=201)["id"]
    does("PATCH", f"/views/{own}", audience="shop")
    does("PATCH", f"/views/{own}", audience="me")
    does("DELETE", f"/views/{own}", expect=204)


def hear_the_coach(who: "Happenings", here: str) -> None:
    """The shop changes a rule; three marks of another are waved away, so that it falls quiet, and is heard again."""
    does = who._do
    does("PUT", "/coach/rules/greet-back", strict=True)
    for piece in ("Yes.", "No.", "Well."):
        does("POST", f"{here}/coach/dismissals", rule="curt", piece=piece, reason="on_purpose", expect=201)
    does("DELETE", "/coach/quiet/curt", expect=204)


def weigh_scores(who: "Happenings") -> None:
    """The shop scores by a scorecard of its own."""
    card = who._do("GET", "/quality/scorecard")
    who._do("PUT", "/quality/scorecard", **{name: card[name] for name in ("version", "criteria", "per_week")})
