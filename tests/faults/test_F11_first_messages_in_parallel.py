"""Ten first messages at once make one conversation; one message sent fifty times at once is there once."""

import asyncio
import uuid
from typing import Any

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk


def test_ten_first_messages_from_ten_tabs_make_one_conversation(open_desk: OpenDesk) -> None:
    desk = open_desk()
    acks = asyncio.run(_from_ten_tabs(desk))
    assert len({ack["conversation"] for ack in acks}) == 1
    assert sorted(ack["seq"] for ack in acks) == list(range(1, 11))


async def _from_ten_tabs(desk: Desk) -> list[dict[str, Any]]:
    shopper = await asyncio.to_thread(desk.visitor)
    tabs = [Client(desk, shopper) for _ in range(5)]
    for tab in tabs:
        await tab.__aenter__()
        await tab.is_live()
    over_http = [
        asyncio.to_thread(desk.call, shopper, "POST", "/messages", {"client_id": str(uuid.uuid4()), "text": "처음"})
        for _ in range(5)
    ]
    answers = await asyncio.gather(*over_http, *(tab.say("처음") for tab in tabs))
    for tab in tabs:
        await tab.is_settled()
        await tab.__aexit__(None, None, None)
    return [answer for answer in answers if isinstance(answer, dict)] + [
        ack for tab in tabs for ack in tab.acked.acks.values()
    ]


def test_one_message_sent_fifty_times_at_once_is_stored_once_and_answered_fifty_times(open_desk: OpenDesk) -> None:
    desk = open_desk()
    acks = asyncio.run(_fifty_times(desk))
    assert len(acks) == 50
    assert len({(ack["id"], ack["seq"], ack["conversation"]) for ack in acks}) == 1
    assert [ack["repeat"] for ack in acks].count(False) == 1
    [entry] = desk.entries(desk.agent(), acks[0]["conversation"])
    assert entry["text"] == "한 번"


async def _fifty_times(desk: Desk) -> list[dict[str, Any]]:
    shopper = await asyncio.to_thread(desk.visitor)
    body = {"client_id": str(uuid.uuid4()), "text": "한 번"}
    frame = {"t": "send", **body}
    acks: list[dict[str, Any]] = []
    async with Client(desk, shopper) as tab:
        await tab.is_live()
        tab.acked.add = acks.append  # type: ignore[assignment, method-assign]
        answers, *_ = await asyncio.gather(
            asyncio.gather(*(asyncio.to_thread(desk.call, shopper, "POST", "/messages", body) for _ in range(15))),
            *(tab.transmit(frame) for _ in range(35)),
        )
        await tab.until(lambda: len(acks) == 35, "35 acknowledgements")
    return [*answers, *acks]
