import { byId, type Conversation, type EventFrame } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { belongs, listOf, makeQueueSelector } from "../app/desk/queues";
import { emptyState, withConversation, withEvent, withQueuePage, type DeskState } from "../app/desk/state";
import { contact, conversation, entry } from "./samples";

const ME = 7;

function event(change: Partial<EventFrame>): EventFrame {
  return { t: "event", pos: 9, prev: 8, type: "x", conversation: 1, at: "", ...change };
}

function stateWith(...conversations: Conversation[]): DeskState {
  const page = { items: conversations, contacts: [], next: null, pos: 1 };
  return { ...withQueuePage(emptyState(), "all", page), agentId: ME };
}

describe("queues", () => {
  const waiting = conversation(1, { waiting_since: "2026-11-22T03:00:00.000Z" });

  it.each([
    ["waiting", waiting, true],
    ["waiting", conversation(1), false],
    ["unassigned", conversation(1), true],
    ["unassigned", conversation(1, { assignee_id: ME }), false],
    ["mine", conversation(1, { assignee_id: ME }), true],
    ["mine", conversation(1, { assignee_id: ME, status: "snoozed" }), false],
    ["all", conversation(1, { status: "resolved" }), false],
    ["snoozed", conversation(1, { status: "snoozed" }), true],
    ["resolved", conversation(1, { status: "resolved" }), true],
  ] as const)("%s holds what it should (%#)", (queue, each, expected) => {
    expect(belongs(queue, each, ME)).toBe(expected);
  });

  it("are sorted by rank, and show nothing beyond what has been read", () => {
    const table = byId([conversation(3, { rank: 30 }), conversation(1, { rank: 20 }), conversation(2, { rank: 40 })]);
    expect(listOf(table, "all", ME, 30).map((each) => each.id)).toEqual([1, 3]);
  });

  it("answer the same array while nothing about conversations changes", () => {
    const select = makeQueueSelector("all");
    const state = stateWith(conversation(1));
    expect(select({ ...state, link: "offline" })).toBe(select(state));
  });

  it("take a live conversation in its place", () => {
    const select = makeQueueSelector("all");
    const state = stateWith(conversation(5, { rank: 50 }), conversation(6, { rank: 60 }));
    const next = withEvent(state, event({ put: { conversations: { 4: conversation(4, { rank: 55 }) } } }));
    expect(select(next).map((each) => each.id)).toEqual([5, 4, 6]);
  });
});

describe("counts", () => {
  it("come from the log where it carries them", () => {
    const counts = { waiting: { id: "waiting", v: 9, n: 4 }, "mine:7": { id: "mine:7", v: 9, n: 2 }, "mine:8": { id: "mine:8", v: 9, n: 5 } };
    const next = withEvent(stateWith(), event({ desk: { put: { counts } } }));
    expect(next.counts).toMatchObject({ waiting: 4, mine: 2 });
  });

  it("follow a conversation that is known", () => {
    const state = { ...stateWith(conversation(1)), counts: { waiting: 0, unassigned: 1, mine: 0, all: 1, snoozed: 0, resolved: 3 } };
    const taken = conversation(1, { v: 2, assignee_id: ME });
    const next = withEvent(state, event({ put: { conversations: { 1: taken } } }));
    expect(next.counts).toMatchObject({ unassigned: 0, mine: 1, all: 1, resolved: 3 });
  });
});

describe("events", () => {
  it("keep entries of opened conversations and let the others go", () => {
    const opened = withConversation(stateWith(), {
      conversation: conversation(1),
      contact: contact(101, "Jiwoo"),
      entries: [entry(1)],
      entries_before: null,
      draft: null,
      epoch: "e",
      pos: 1,
    });
    const elsewhere = entry(1, { id: 5, conversation_id: 2 });
    const next = withEvent(opened, event({ put: { entries: { 1002: entry(2), 5: elsewhere } } }));
    expect(Object.keys(next.tables.entries)).toEqual(["1001", "1002"]);
  });

  it("never let an older page overwrite what the log has told", () => {
    const state = stateWith(conversation(1, { v: 9, status: "resolved" }));
    const next = withQueuePage(state, "all", { items: [conversation(1, { v: 3 })], contacts: [], next: null, pos: 1 });
    expect(next.tables.conversations[1]?.status).toBe("resolved");
  });

  it("end the typing mark of who has sent", () => {
    const state = { ...stateWith(), typing: { 1: { author: { kind: "contact" as const, id: 101 }, until: 1 } } };
    expect(withEvent(state, event({ put: { entries: { 1: entry(1) } } })).typing).toEqual({});
  });
});
