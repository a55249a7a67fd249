"""The browsers of a contact that was merged into another are sent away, to come back under the other's name."""

import asyncio
from typing import Any

from sonnim.eventlog.log import LoggedEvent
from sonnim.realtime.connection import RESTART, Connection
from sonnim.realtime.stream import MERGED, Stream

SHOP, STRANGER, OTHER = 1, 5, 6


def test_only_the_lines_of_the_merged_contact_are_closed_and_may_resume() -> None:
    async def scene() -> tuple[int | None, int | None]:
        async def transmit(message: dict[str, Any]) -> None:
            return

        stream = Stream(SHOP)
        stream.begin("epoch", 0)
        lines = []
        for contact in (STRANGER, OTHER):
            line = Connection(transmit)
            line.shop_id, line.contact_id = SHOP, contact
            stream.add(line)
            line.held, line.last = None, 0
            lines.append(line)
        stream.ingest([LoggedEvent(SHOP, 1, MERGED, None, STRANGER, None, 0, '{"type":"contact.merged"}', "")])
        await asyncio.sleep(0)
        return lines[0].close_code, lines[1].close_code

    assert asyncio.run(scene()) == (RESTART, None)
