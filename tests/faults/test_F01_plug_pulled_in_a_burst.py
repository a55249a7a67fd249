"""kill -9 in a burst of messages, again and again: no acknowledged message is lost, none is there twice."""

import asyncio
import json
from collections import Counter
from pathlib import Path

from tests.faults.conftest import OpenDesk, scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk, Who

SHOPPERS = 8
KILLS = 3


def test_what_was_acknowledged_before_the_plug_was_pulled_is_there_once_and_in_order(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk()
    each = scaled(150)
    said = asyncio.run(_burst(desk, tmp_path, each))
    acked: dict[str, dict[str, int]] = {}
    for file in tmp_path.glob("*.acks"):
        acked |= {ack["client_id"]: ack for ack in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
    assert len(acked) == SHOPPERS * each

    kept: dict[str, dict[str, int]] = {}
    conversations, _ = desk.conversations(desk.agent())
    assert Counter(found["contact_id"] for found in conversations) == {who.id: 1 for who in said}
    for found in conversations:
        entries = desk.entries(desk.agent(), found["id"])
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
        assert [entry["client_id"] for entry in entries] == said[_owner(said, found["contact_id"])]
        kept |= {entry["client_id"]: entry for entry in entries}
    assert {key: (ack["id"], ack["seq"]) for key, ack in acked.items()} == {
        key: (entry["id"], entry["seq"]) for key, entry in kept.items()
    }


def _owner(said: dict[Who, list[str]], contact: int) -> Who:
    return next(who for who in said if who.id == contact)


async def _burst(desk: Desk, folder: Path, each: int) -> dict[Who, list[str]]:
    """Every shopper writes as fast as the line carries; meanwhile the server is killed and started again."""
    shoppers = [await asyncio.to_thread(desk.visitor) for _ in range(SHOPPERS)]
    said: dict[Who, list[str]] = {}
    async with asyncio.TaskGroup() as work:
        acked = [0] * SHOPPERS

        async def shop(index: int) -> None:
            async with Client(desk, shoppers[index], acks=folder / f"{index}.acks") as client:
                ids = []
                for number in range(each):
                    ids.append(await client.say(f"{number} 번째 말"))
                    await client.until(lambda: len(client.outbox) < 20, "room in the outbox")
                    acked[index] = len(client.acked.acks)
                await client.is_settled()
                said[shoppers[index]] = ids
                acked[index] = each

        for index in range(SHOPPERS):
            work.create_task(shop(index))
        for kill in range(1, KILLS + 1):
            while sum(acked) < SHOPPERS * each * kill / (KILLS + 1):
                await asyncio.sleep(0.005)
            await asyncio.to_thread(desk.server.kill)
            assert sum(acked) < SHOPPERS * each, "the burst was over before the plug was pulled"
            await asyncio.to_thread(desk.server.start)
    return said
