"""Whole conversations through the widget's own protocol and an agent's: every turn arrives, in order, once."""

import asyncio
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk

OURS = Path(__file__).parent / "conversations.json"
REPOSITORY = Path(__file__).resolve().parents[2]
FOREIGN = Path(os.environ.get("SONNIM_REPLAY_DIR") or REPOSITORY.parent / "shared" / "data" / "chat")
SHOPPER = {"shopper", "customer"}
AT_ONCE = 8
LIMIT = int(os.environ.get("SONNIM_REPLAY_LIMIT") or scaled(60))


@dataclass(frozen=True)
class Dialogue:
    """Turns as (is it the shopper, text)."""

    name: str
    turns: tuple[tuple[bool, str], ...]


def ours() -> list[Dialogue]:
    found = json.loads(OURS.read_text(encoding="utf-8"))
    return [
        Dialogue(f"{index}-{each['locale']}", tuple((who in SHOPPER, text) for who, text in each["turns"]))
        for index, each in enumerate(found)
    ]


def foreign(file: Path) -> list[Dialogue]:
    """Dialogues of a file of lines `{turns: [{sender, text | src}]}`; turns without text say nothing."""
    dialogues = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            turns = [
                (turn["sender"] in SHOPPER, turn.get("text", turn.get("src", ""))) for turn in json.loads(line)["turns"]
            ]
            dialogues.append(Dialogue(f"{file.stem}-{number}", tuple(turn for turn in turns if turn[1].strip())))
    return [dialogue for dialogue in dialogues if any(is_shopper for is_shopper, _ in dialogue.turns)]


async def replay(desk: Desk, dialogues: list[Dialogue]) -> int:
    """Each shopper says their turns, the agent theirs; then what was said is what stands everywhere. Answers turns."""
    waiting = asyncio.Queue[Dialogue]()
    for dialogue in dialogues:
        waiting.put_nowait(dialogue)
    async with Client(desk, desk.agent()) as agent:
        await agent.is_live()
        counts = await asyncio.gather(*(_one_after_another(desk, agent, waiting) for _ in range(AT_ONCE)))
        assert not agent.gaps
    return sum(counts)


async def _one_after_another(desk: Desk, agent: Client, waiting: "asyncio.Queue[Dialogue]") -> int:
    turns = 0
    while not waiting.empty():
        turns += await _one(desk, agent, waiting.get_nowait())
    return turns


async def _one(desk: Desk, agent: Client, dialogue: Dialogue) -> int:
    # The first word is the shopper's: where a recording begins with the desk, its words come after the first question.
    first = next(index for index, (is_shopper, _) in enumerate(dialogue.turns) if is_shopper)
    turns = [dialogue.turns[first], *dialogue.turns[:first], *dialogue.turns[first + 1 :]]
    conversation: int | None = None
    async with Client(desk, await asyncio.to_thread(desk.visitor)) as shopper:
        await shopper.is_live()
        for is_shopper, text in turns:
            client = shopper if is_shopper else agent
            client_id = await client.say(text, **({} if is_shopper else {"conversation": conversation}))
            await client.until(lambda client=client, client_id=client_id: client_id in client.acked.acks, dialogue.name)  # type: ignore[misc]
            conversation = int(client.acked.acks[client_id]["conversation"])
        assert conversation is not None
        # What came back to either side may still be on its way.
        for client in (shopper, agent):
            await _has(client, conversation, turns)
        assert not shopper.gaps
    stored = await asyncio.to_thread(desk.entries, desk.agent(), conversation)
    assert _messages(stored) == turns
    return len(turns)


async def _has(client: Client, conversation: int, turns: list[tuple[bool, str]]) -> None:
    await client.until(lambda: len(_messages(client.view.timeline(conversation))) >= len(turns), "the whole dialogue")
    assert _messages(client.view.timeline(conversation)) == turns


def _messages(timeline: list[dict[str, Any]]) -> list[tuple[bool, str]]:
    return [(entry["author"]["kind"] == "contact", entry["text"]) for entry in timeline if entry["kind"] == "message"]


def test_our_conversations_arrive_whole_in_order_and_once(desk: Desk) -> None:
    dialogues = ours()
    assert asyncio.run(replay(desk, dialogues)) == sum(len(dialogue.turns) for dialogue in dialogues)


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="there are no recorded chats beside this repository")
def test_recorded_chats_arrive_whole_in_order_and_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(FOREIGN.glob("*.jsonl"))
    assert files, f"no recordings in {FOREIGN}"
    for file in files:
        dialogues = foreign(file)[:LIMIT]
        said = sum(len(dialogue.turns) for dialogue in dialogues)
        assert asyncio.run(replay(desk, dialogues)) == said
        with capsys.disabled():
            print(f"\n{file.name}: {len(dialogues)} dialogues, {said} turns", end="")  # noqa: T201
