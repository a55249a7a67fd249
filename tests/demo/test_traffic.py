"""Simulated shoppers speak the visitors' own protocol, and survive what happens to a server."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

import httpx
import pytest

from sonnim.demo import traffic
from sonnim.demo.people import Dialogue
from sonnim.demo.traffic import Pace, Person, Tally, run_traffic, widget_key
from sonnim.demo.visitor import Refused, Visitor
from tests.conftest import StartServer
from tests.providers.sonnim import LiveServer

MAKE_TOKEN = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
django.setup()
from sonnim.accounts.actions import create_token
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent
agent = Agent.objects.get(user__email="nora@ongi.example")
print(agent.shop_id, create_token(actor=Actor(agent), name="test").secret)
"""
DIALOGUE = Dialogue(
    locale="en",
    page="/store/shipping/",
    title="Shipping & returns",
    opening=["Do you ship to the moon?"],
    replies=["And to the far side?"],
    nudge="Hello?",
    farewell="Thanks, I'll pack.",
)


@pytest.fixture(scope="module")
def server(start_server_from_nothing: StartServer) -> LiveServer:
    return start_server_from_nothing(demo=True)


@pytest.fixture(scope="module")
def desk(server: LiveServer) -> Iterator[httpx.Client]:
    """Nora's desk, by API token."""
    shop_id, secret = server.python("-c", MAKE_TOKEN).split()
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=f"{server.url}/api/v1/shops/{shop_id}", headers=headers, timeout=30) as client:
        yield client


def talk_that_began_with(desk: httpx.Client, text: str) -> tuple[int, list[dict[str, Any]]] | None:
    """A conversation's id and messages, by its first words."""
    for row in desk.get("/conversations", params={"queue": "all", "limit": 100}).json()["items"]:
        entries = desk.get(f"/conversations/{row['id']}").json()["entries"]
        messages = [entry for entry in entries if entry["kind"] == "message"]
        if messages and messages[0]["text"] == text:
            return row["id"], messages
    return None


def spoken(desk: httpx.Client, first: str) -> list[str]:
    found = talk_that_began_with(desk, first)
    return [message["text"] for message in found[1]] if found else []


async def until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.1)


def answer(desk: httpx.Client, text: str, *, number: int) -> None:
    found = talk_that_began_with(desk, DIALOGUE.opening[0])
    assert found
    body = {"client_id": f"00000000-0000-4000-8000-{number:012}", "kind": "message", "text": text, "attachments": []}
    desk.post(f"/conversations/{found[0]}/messages", json=body).raise_for_status()


def test_a_shopper_answers_each_answer_and_says_goodbye(
    server: LiveServer, desk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "READING_S", (0.0, 0.0))
    monkeypatch.setattr(traffic, "TYPING_S", (0.1, 0.2))
    tally = Tally()

    async def meet() -> None:
        person = Person(
            url=server.url, key=widget_key(server.url), dialogue=DIALOGUE, pace=Pace(per_minute=6000), tally=tally
        )
        visit = asyncio.create_task(person.visit())
        await until(lambda: spoken(desk, DIALOGUE.opening[0]) == DIALOGUE.opening)
        await asyncio.to_thread(answer, desk, "Only on weekdays.", number=1)
        await until(lambda: DIALOGUE.replies[0] in spoken(desk, DIALOGUE.opening[0]))
        await asyncio.to_thread(answer, desk, "With a lamp.", number=2)
        await asyncio.wait_for(visit, 20)

    asyncio.run(meet())
    assert spoken(desk, DIALOGUE.opening[0]) == [
        "Do you ship to the moon?",
        "Only on weekdays.",
        "And to the far side?",
        "With a lamp.",
        "Thanks, I'll pack.",
    ]
    assert (tally.came, tally.here, tally.written, tally.answered) == (1, 0, 3, 2)


def test_a_message_written_while_the_server_is_dead_arrives_once(server: LiveServer, desk: httpx.Client) -> None:
    async def write() -> None:
        visitor = Visitor(
            url=server.url,
            key=widget_key(server.url),
            locale="ko",
            page="/store/",
            title="온기",
            on_answer=lambda: None,
        )
        await visitor.begin()
        line = asyncio.create_task(visitor.run())
        await visitor.say("계신가요?")
        await asyncio.to_thread(server.kill)
        unsent = asyncio.create_task(visitor.say("불이 꺼졌네요"))
        await asyncio.sleep(0.5)
        assert not unsent.done()
        await asyncio.to_thread(server.start)
        await asyncio.wait_for(unsent, 30)
        await asyncio.wait_for(visitor.say("다시 켜졌어요"), 30)
        line.cancel()

    asyncio.run(write())
    assert spoken(desk, "계신가요?") == ["계신가요?", "불이 꺼졌네요", "다시 켜졌어요"]


def test_ctrl_c_sends_everybody_home_at_once(server: LiveServer) -> None:
    command = [sys.executable, "-m", "sonnim.cli", "demo", "traffic", "--url", server.url, "--rate", "600"]
    # Who starts tests in the background has them deaf to this signal, and their children with them.
    hearing = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=server.env, preexec_fn=hearing
    )
    assert running.stdout is not None
    for line in running.stdout:
        if "0 came" in line:
            break
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "The shoppers have gone home" in rest
    assert "Traceback" not in rest


def test_without_a_demo_store_the_shoppers_say_so(start_server: StartServer) -> None:
    empty = start_server()
    with pytest.raises(Refused, match="sonnim demo create"):
        asyncio.run(_brief(empty.url))


def test_without_a_server_the_command_ends_with_one_sentence(server: LiveServer) -> None:
    command = [sys.executable, "-m", "sonnim.cli", "demo", "traffic", "--url", "http://127.0.0.1:9", "--minutes", "1"]
    done = subprocess.run(command, capture_output=True, text=True, env=server.env, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "sonnim up" in done.stderr


def test_the_pace_holds_for_all_shoppers_together() -> None:
    async def five() -> float:
        pace, began = Pace(per_minute=600), time.monotonic()
        waits: list[Awaitable[None]] = [pace.wait() for _ in range(6)]
        await asyncio.gather(*waits)
        return time.monotonic() - began

    assert 5 * 0.1 * 0.7 <= asyncio.run(five()) < 2


async def _brief(url: str) -> Tally:
    return await run_traffic(url=url, shoppers=1, per_minute=60, seconds=5, report=lambda tally: None)
