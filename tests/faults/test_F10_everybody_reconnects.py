"""Everybody reconnects at once, as after a broken switch: each is live again soon, with all it missed."""

import asyncio
import time
from statistics import quantiles

from tests.faults.conftest import OpenDesk, scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk, Who

CLIENTS = scaled(300)


def test_everybody_is_live_again_within_ten_seconds_and_has_what_was_said_meanwhile(open_desk: OpenDesk) -> None:
    desk = open_desk()
    waits, missing = asyncio.run(_all_at_once(desk))
    assert len(waits) == CLIENTS
    assert quantiles(waits, n=100)[-1] < 10
    assert not missing


async def _all_at_once(desk: Desk) -> tuple[list[float], list[Who]]:
    shoppers = [await asyncio.to_thread(desk.visitor) for _ in range(CLIENTS)]
    clients = [Client(desk, who, retry_s=0.02) for who in shoppers]
    for client in clients:
        await client.__aenter__()
    for client in clients:
        await client.is_live()
        await client.say("안녕하세요")
    for client in clients:
        await client.is_settled()
    async with Client(desk, desk.agent()) as agent:
        await agent.is_live()
        for client in clients:
            client.hold = True
            client.cut()
        conversations = {ack["conversation"] for client in clients for ack in client.acked.acks.values()}
        for conversation in conversations:
            await agent.say("무엇을 도와드릴까요?", conversation=conversation)
        await agent.is_settled()

        began = time.monotonic()
        for client in clients:
            client.hold = False
        waits = await asyncio.gather(*(_seconds(client, began) for client in clients))
    missing = [client.who for client in clients if len(client.view.of("entries")) != 2 or client.gaps]
    for client in clients:
        await client.__aexit__(None, None, None)
    return list(waits), missing


async def _seconds(client: Client, began: float) -> float:
    await client.is_live()
    return time.monotonic() - began
