"""The machine's clock jumps two hours ahead and one hour back: order is by sequence, and nobody is signed out."""

import asyncio
import os
import signal
from pathlib import Path

import httpx

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk
from tests.protocol.view import read_snapshot, visible_to_agent, visible_to_visitor

CLOCK = Path(__file__).parent / "moving_clock"
PASSWORD = "celadon bows meet twice"


def test_order_sessions_and_views_survive_a_clock_that_jumps(open_desk: OpenDesk) -> None:
    desk = open_desk(PYTHONPATH=str(CLOCK))
    with httpx.Client(base_url=desk.server.url, timeout=30, trust_env=False) as browser:
        sign_in(browser, f"owner@{desk.call(desk.agent(), 'GET', '/snapshot')['shop']['name']}.test")
        asyncio.run(_through_jumps(desk, browser))


def sign_in(browser: httpx.Client, email: str) -> None:
    browser.get("/console/")
    answer = browser.post(
        "/_allauth/browser/v1/auth/login",
        json={"email": email, "password": PASSWORD},
        headers={"X-CSRFToken": browser.cookies["csrftoken"]},
    )
    assert answer.status_code == 200, answer.text


async def _through_jumps(desk: Desk, browser: httpx.Client) -> None:
    shopper = await asyncio.to_thread(desk.visitor)
    async with Client(desk, shopper) as visitor, Client(desk, desk.agent()) as agent:
        await visitor.is_live()
        await agent.is_live()
        await visitor.say("now")
        await visitor.is_settled()
        [first] = visitor.acked.acks.values()
        conversation = first["conversation"]
        for number, said in ((signal.SIGUSR1, "two hours later"), (signal.SIGUSR2, "an hour ago")):
            os.kill(desk.server.pid, number)
            await visitor.say(f"{said}, the shopper")
            await visitor.is_settled()
            await agent.say(f"{said}, the agent", conversation=conversation)
            await agent.is_settled()
            assert (await asyncio.to_thread(browser.get, "/api/v1/me")).status_code == 200
            for client in (visitor, agent):
                client.cut()
                await client.until(lambda client=client: not client.live, "the cut")  # type: ignore[misc]
                await client.is_live()
                assert "error" not in {frame["t"] for frame in client.log}

        timeline = [entry for entry in desk.entries(desk.agent(), conversation) if entry["kind"] == "message"]
        assert [entry["text"] for entry in timeline] == [
            "now",
            "two hours later, the shopper",
            "two hours later, the agent",
            "an hour ago, the shopper",
            "an hour ago, the agent",
        ]
        times = [entry["at"] for entry in timeline]
        assert times[1] > times[0] > times[3], "the clock did not move, so this test showed nothing"
        fresh = await asyncio.to_thread(read_snapshot, desk, agent.who)
        await agent.is_at(fresh.pos)
        assert visible_to_agent(agent.view, agent.who) == visible_to_agent(fresh, agent.who)
        fresh = await asyncio.to_thread(read_snapshot, desk, shopper)
        await visitor.is_at(fresh.pos)
        assert visible_to_visitor(visitor.view) == visible_to_visitor(fresh)
