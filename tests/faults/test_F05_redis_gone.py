"""Redis is killed, comes back empty, is flushed: sends succeed all the while, and two nodes are live again at once."""

import asyncio
import time
from collections.abc import Iterator

import pytest
import redis

from tests.conftest import StartServer
from tests.faults.conftest import scaled
from tests.protocol.client import Client
from tests.protocol.desk import LIFTED, Desk
from tests.providers.postgres import create_database, drop_database
from tests.providers.redis import Redis

AWAY_S = scaled(4)


@pytest.fixture(scope="module")
def nodes(start_server: StartServer, postgres_url: str) -> Iterator[tuple[Desk, Desk, Redis]]:
    """Two processes of one installation, seen as one shop each, and the Redis that joins them."""
    database = create_database(postgres_url)
    with Redis() as line:
        env = {**LIFTED, "SONNIM_DATABASE_URL": database, "SONNIM_REDIS_URL": line.url}
        env["SONNIM_SECRET_KEY"] = "one key for the nodes of one installation"
        first = Desk.open(start_server(demo=False, **env))
        second = first.on(start_server(demo=False, **env))
        yield first, second, line
        for desk in (first, second):
            desk.close()
            desk.server.stop()
    drop_database(database)


async def _seconds_until_typing_crosses(shopper: Client, agent: Client, conversation: int) -> float:
    """Typing goes from node to node by Redis alone, so its arrival tells that the nodes hear each other."""
    began = time.monotonic()
    await agent.transmit({"t": "watch", "conversations": [conversation]})
    seen = len(agent.log)
    while not any(frame["t"] == "typing" for frame in agent.log[seen:]):
        assert time.monotonic() - began < 30, "the nodes do not hear each other"
        await shopper.transmit({"t": "typing", "on": True})
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _said_and_seen(shopper: Client, agent: Client, text: str) -> tuple[float, float]:
    """Seconds until a message is acknowledged, and until it is on the screen of an agent of the other node."""
    began = time.monotonic()
    client_id = await shopper.say(text)
    await shopper.is_settled()
    acked = time.monotonic() - began
    await agent.until(
        lambda: any(entry["client_id"] == client_id for entry in agent.view.of("entries").values()), "the message"
    )
    return acked, time.monotonic() - began


async def _through_an_outage(first: Desk, second: Desk, line: Redis) -> dict[str, float]:
    measured: dict[str, float] = {}
    newcomer = await asyncio.to_thread(first.visitor)
    async with Client(first, newcomer) as shopper, Client(second, second.agent()) as agent:
        await shopper.is_live()
        await agent.is_live()
        _, measured["before"] = await _said_and_seen(shopper, agent, "before")
        [conversation] = {ack["conversation"] for ack in shopper.acked.acks.values()}
        await _seconds_until_typing_crosses(shopper, agent, conversation)

        line.kill()
        until = time.monotonic() + AWAY_S
        worst = later = 0.0
        while time.monotonic() < until:
            acked, seen = await _said_and_seen(shopper, agent, "meanwhile")
            worst, later = max(worst, acked), max(later, seen)
        measured |= {"acked_without": worst, "seen_without": later}
        began = time.monotonic()
        late = await asyncio.to_thread(first.visitor)
        await asyncio.to_thread(first.call, late, "POST", "/messages", _body("over HTTP, without Redis"))
        measured["http_without"] = time.monotonic() - began

        line.start()
        measured["joined_after"] = await _seconds_until_typing_crosses(shopper, agent, conversation)
        _, measured["after"] = await _said_and_seen(shopper, agent, "after")
        with redis.Redis.from_url(line.url) as console:
            console.flushall()
        _, measured["flushed"] = await _said_and_seen(shopper, agent, "flushed")
        measured["joined_after_flush"] = await _seconds_until_typing_crosses(shopper, agent, conversation)
        texts = [entry["text"] for entry in agent.view.timeline(conversation)]
        assert texts == [entry["text"] for entry in first.entries(first.agent(), conversation)]
        assert len(texts) == len(shopper.acked.acks)
        assert not shopper.gaps + agent.gaps
    return measured


def _body(text: str) -> dict[str, str]:
    return {"client_id": "00000000-0000-4000-8000-000000000001", "text": text}


def test_an_outage_of_redis_loses_nothing_and_is_over_two_seconds_after_its_return(
    nodes: tuple[Desk, Desk, Redis],
) -> None:
    measured = asyncio.run(_through_an_outage(*nodes))
    assert measured["acked_without"] < 2, measured
    assert measured["seen_without"] < 3, measured
    assert measured["http_without"] < 5, measured
    assert measured["joined_after"] < 2, measured
    assert max(measured["before"], measured["after"], measured["flushed"]) < 2, measured
    assert measured["joined_after_flush"] < 2, measured


def test_an_agent_signs_in_and_works_while_redis_is_away(nodes: tuple[Desk, Desk, Redis]) -> None:
    first, _, line = nodes
    line.kill()
    try:
        shopper = first.visitor()
        ack = first.call(shopper, "POST", "/messages", _body("hello"))
        first.call(first.agent(), "POST", f"/conversations/{ack['conversation']}/resolve")
        refused = first.http.post("/api/v1/widget/session", json={"key": first.key, "token": "v_guessed"})
        assert refused.status_code in {200, 401}
    finally:
        line.start()
