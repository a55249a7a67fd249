"""How a change of scores is told: that there is one, and whose, but no figure, since all the desk hears of it."""

from collections.abc import Iterable

from typing_extensions import TypedDict

from sonnim.eventlog.log import Unit


class QualityMark(TypedDict):
    """Something about the scores of these agents is otherwise since `v`; of everybody's where none is named."""

    id: int
    v: int
    agent_ids: list[int]


def announce(work: Unit, shop_id: int, agent_ids: Iterable[int] = ()) -> None:
    """Have open pages look again; in a unit of the shop, from an action."""
    pos = work.claim(shop_id)
    mark = QualityMark(id=shop_id, v=pos, agent_ids=sorted(set(agent_ids)))
    work.publish(shop_id, pos, "quality.changed", desk_put={"quality": [mark]})
