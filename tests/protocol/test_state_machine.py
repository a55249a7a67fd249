"""Random days at the desk: whatever people and lines do, every client ends with what a fresh snapshot says."""

import asyncio
import uuid
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.faults.conftest import scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk
from tests.protocol.view import Snapshot, View, read_snapshot, visible_to_agent, visible_to_visitor

T = TypeVar("T")
SHOPPERS, AGENTS = 3, 2
TEXTS = st.sampled_from(["안녕하세요", "退货可以吗？", "hello", "🫖‍👍🏽", "‮abc‬", "\u200b.", "한 줄\n두 줄"])
shoppers = st.integers(0, SHOPPERS - 1)
agents = st.integers(0, AGENTS - 1)
anybody = st.integers(0, SHOPPERS + AGENTS - 1)


class Day(RuleBasedStateMachine):
    """Three shoppers and two agents. `desk` is set by the test.

    Every rule may be tried at any time, and does nothing where it has nothing to act on: what may be chosen must not
    depend on how fast the server was.
    """

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clients: list[Client] = []
        self.said: dict[int, list[str]] = {}
        self.notes: list[str] = []
        self.epochs_ago: dict[int, tuple[str | None, int | None]] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    @initialize()
    def open(self) -> None:
        people = [self.desk.visitor() for _ in range(SHOPPERS)]
        people += [self.desk.agent("agent"), self.desk.agent("lead")]
        self.clients = [Client(self.desk, who, retry_s=0.01) for who in people]
        self.said = {index: [] for index in range(len(people))}
        for client in self.clients:
            self.run(client.__aenter__())
            self.run(client.is_live())

    def teardown(self) -> None:
        try:
            if self.clients:
                self.run(self.compare())
        finally:
            for client in self.clients:
                self.run(client.__aexit__(None, None, None))
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    @property
    def conversations(self) -> set[int]:
        return {ack["conversation"] for client in self.clients[:SHOPPERS] for ack in client.acked.acks.values()}

    def conversation(self, shopper: int) -> int:
        return int(next(iter(self.clients[shopper].acked.acks.values()))["conversation"])

    def agent(self, index: int) -> Client:
        return self.clients[SHOPPERS + index]

    @rule(who=shoppers, text=TEXTS)
    def shopper_writes(self, who: int, text: str) -> None:
        self.said[who].append(self.run(self.clients[who].say(text)))

    @rule(who=shoppers, count=st.integers(2, 12))
    def shopper_writes_without_waiting(self, who: int, count: int) -> None:
        for number in range(count):
            self.said[who].append(self.run(self.clients[who].say(f"{number}")))

    @rule(who=anybody)
    def line_breaks(self, who: int) -> None:
        self.clients[who].cut()

    @rule(who=shoppers, text=TEXTS)
    def line_breaks_behind_a_message(self, who: int, text: str) -> None:
        self.said[who].append(self.run(self.clients[who].say(text)))
        self.clients[who].cut()

    @rule(who=anybody)
    def everything_unacknowledged_is_sent_again(self, who: int) -> None:
        """Only on a line that has resumed: what overtakes `resume` is refused, and its order is nobody's promise."""
        for frame in list(self.clients[who].outbox.values()):
            if self.clients[who].live:
                self.run(self.clients[who].transmit(frame))

    @rule(who=shoppers)
    def something_acknowledged_is_sent_again(self, who: int) -> None:
        client = self.clients[who]
        for client_id in list(client.acked.acks)[-2:]:
            text = next(entry["text"] for entry in self.entries(who) if entry["client_id"] == client_id)
            self.run(client.transmit({"t": "send", "client_id": client_id, "text": text}))

    def entries(self, who: int) -> list[dict[str, Any]]:
        return self.desk.entries(self.desk.agent(), self.conversation(who))

    @rule(who=anybody)
    def position_is_remembered(self, who: int) -> None:
        self.epochs_ago[who] = (self.clients[who].epoch, self.clients[who].pos)

    @rule(who=anybody)
    def an_old_position_is_resumed_from(self, who: int) -> None:
        client = self.clients[who]
        if who in self.epochs_ago:
            self.run(client.transmit(client.who.resume(*self.epochs_ago[who])))

    @rule(who=anybody)
    def a_client_forgets_everything(self, who: int) -> None:
        """A reload: only what waits to be sent is kept."""
        client = self.clients[who]
        client.cut()
        client.epoch = client.pos = None
        client.view = View()

    @rule(who=shoppers, by=agents, text=TEXTS, note=st.booleans())
    def agent_writes(self, who: int, by: int, text: str, note: bool) -> None:
        if self.clients[who].acked.acks:
            kind = "note" if note else "message"
            sent = self.run(self.agent(by).say(text, conversation=self.conversation(who), kind=kind))
            self.said[SHOPPERS + by].append(sent)
            if note:
                self.notes.append(sent)

    @rule(who=shoppers, by=agents, action=st.sampled_from(["assign", "resolve", "reopen", "snooze", "seen", "draft"]))
    def agent_acts(self, who: int, by: int, action: str) -> None:
        if not self.clients[who].acked.acks:
            return
        agent = self.agent(by).who
        bodies: dict[str, dict[str, Any]] = {
            "assign": {"agent_id": agent.id},
            "snooze": {"until": (datetime.now(UTC) + timedelta(hours=1)).isoformat()},
            "seen": {"seq": 1},
            "draft": {"text": uuid.uuid4().hex[:5]},
        }
        method = "PUT" if action == "draft" else "POST"
        path = f"/api/v1/shops/{self.desk.shop}/conversations/{self.conversation(who)}/{action}"
        answer = self.desk.http.request(method, path, json=bodies.get(action), headers=agent.headers)
        # A settled conversation cannot be snoozed: that is the only thing here that may be refused.
        assert answer.status_code == 200 or (action == "snooze" and answer.status_code == 409), answer.text

    @rule(who=shoppers)
    def shopper_reads(self, who: int) -> None:
        client = self.clients[who]
        seqs = [entry["seq"] for entry in client.view.of("entries").values()]
        if seqs:
            self.run(client.transmit({"t": "seen", "seq": max(seqs)}))

    @rule(seconds=st.sampled_from([0.0, 0.02]))
    def time_passes(self, seconds: float) -> None:
        self.run(asyncio.sleep(seconds))

    @invariant()
    def no_client_has_a_message_twice_or_out_of_order(self) -> None:
        for client in self.clients:
            for conversation in client.view.of("conversations").values():
                timeline = client.view.timeline(conversation["id"])
                seqs = [entry["seq"] for entry in timeline]
                assert len(seqs) == len(set(seqs))
                sent = [entry["client_id"] for entry in timeline if entry["client_id"]]
                assert len(sent) == len(set(sent))

    async def fresh(self, client: Client) -> Snapshot:
        """What the desk says at the very position where this client is: it may still be telling of what was done."""
        while True:
            fresh = await asyncio.to_thread(read_snapshot, self.desk, client.who)
            again = await asyncio.to_thread(read_snapshot, self.desk, client.who)
            await client.is_at(fresh.pos)
            if fresh.pos == again.pos == client.pos:
                return fresh

    async def compare(self) -> None:
        for client in self.clients:
            await client.is_live()
            await client.is_settled()
        for index, client in enumerate(self.clients):
            assert set(self.said[index]) == set(client.acked.acks), client.refused
            fresh = await self.fresh(client)
            if index < SHOPPERS:
                assert visible_to_visitor(client.view) == visible_to_visitor(fresh)
                kept = [
                    entry["client_id"] for entry in fresh.of("entries").values() if entry["author"]["kind"] == "contact"
                ]
                assert kept == self.said[index]
                assert not set(self.notes) & {entry["client_id"] for entry in client.view.of("entries").values()}
            else:
                mine = self.conversations
                assert visible_to_agent(client.view, client.who, conversations=mine) == visible_to_agent(
                    fresh, client.who, conversations=mine
                )
                for conversation in mine:
                    timeline = client.view.timeline(conversation)
                    assert [entry["seq"] for entry in timeline] == list(range(1, len(timeline) + 1))


def test_every_client_ends_with_what_a_fresh_snapshot_says(desk: Desk) -> None:
    Day.desk = desk
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=scaled(12),
            stateful_step_count=30,
            deadline=None,
            # A day that fails once may pass again: making it shorter would take minutes and prove nothing.
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
