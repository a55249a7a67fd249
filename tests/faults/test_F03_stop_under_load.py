"""SIGTERM under load: every client is told, the process ends within ten seconds, and nothing is lost."""

import asyncio
import time

from tests.faults.conftest import OpenDesk, scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk

SHOPPERS = 6


def test_a_stop_under_load_drains_tells_everybody_and_loses_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk()
    clients, took, code = asyncio.run(_stopped(desk, scaled(120)))
    assert took < 10
    assert code == 0
    for client in clients:
        drain = [frame for frame in client.log if frame["t"] == "drain"]
        assert len(drain) == 1
        assert drain[0]["retry_after"] > 0
        assert 1012 in client.closes
    agent, *shoppers = clients
    for shopper in shoppers:
        [conversation] = {ack["conversation"] for ack in shopper.acked.acks.values()}
        texts = [entry["text"] for entry in agent.view.timeline(conversation)]
        assert texts == [str(number) for number in range(scaled(120))]
        assert texts == [entry["text"] for entry in desk.entries(desk.agent(), conversation)]


async def _stopped(desk: Desk, each: int) -> tuple[list[Client], float, int]:
    shoppers = [await asyncio.to_thread(desk.visitor) for _ in range(SHOPPERS)]
    clients = [Client(desk, who) for who in (desk.agent(), *shoppers)]
    async with asyncio.TaskGroup() as work:
        for client in clients:
            await client.__aenter__()
            await client.is_live()

        async def write(client: Client) -> None:
            for number in range(each):
                await client.say(str(number))
                await client.until(lambda: len(client.outbox) < 10, "room in the outbox")
            await client.is_settled()

        for client in clients[1:]:
            work.create_task(write(client))
        first = clients[1]
        await first.until(lambda: len(first.acked.acks) > each / 4, "load")
        began = time.monotonic()
        code = await asyncio.to_thread(desk.server.stop)
        took = time.monotonic() - began
        await asyncio.to_thread(desk.server.start)
    last = max(ack["id"] for client in clients for ack in client.acked.acks.values())
    await clients[0].until(lambda: str(last) in clients[0].view.of("entries"), "the last message at the desk")
    for client in clients:
        await client.__aexit__(None, None, None)
    return clients, took, code
