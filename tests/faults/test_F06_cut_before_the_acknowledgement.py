"""The line is cut after the commit and before the acknowledgement: the resend is answered with the same id."""

import asyncio
from typing import Any

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk


def test_a_message_whose_acknowledgement_was_lost_is_stored_once_whichever_way_it_is_sent_again(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk()
    stored, again, over_http = asyncio.run(_cut(desk))
    assert again["repeat"] is True
    assert over_http["repeat"] is True
    same = ("id", "conversation", "seq", "at")
    assert [again[key] for key in same] == [over_http[key] for key in same]
    assert (again["id"], again["seq"], again["at"]) == (stored["id"], stored["seq"], stored["at"])
    timeline = desk.entries(desk.agent(), again["conversation"])
    assert [entry["text"] for entry in timeline] == ["손님 말씀", "다음 말씀"]


async def _cut(desk: Desk) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    shopper = await asyncio.to_thread(desk.visitor)
    async with Client(desk, desk.agent()) as agent, Client(desk, shopper) as client:
        await agent.is_live()
        await client.is_live()
        assert client._line is not None
        client._line.transport.pause_reading()  # the acknowledgement stays on the way
        client_id = await client.say("손님 말씀")
        # That the desk sees it proves that it is committed.
        await agent.until(lambda: bool(agent.view.of("entries")), "the message at the desk")
        assert not client.acked.acks
        client.cut()
        await client.is_settled()
        body = {"client_id": client_id, "text": "손님 말씀"}
        over_http = await asyncio.to_thread(desk.call, shopper, "POST", "/messages", body)
        await client.say("다음 말씀")
        await client.is_settled()
        [stored] = [entry for entry in agent.view.of("entries").values() if entry["client_id"] == client_id]
        return stored, client.acked.acks[client_id], over_http
