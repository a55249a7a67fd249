import { byId, type Conversation, type EventFrame } from "@sonnim/protocol";
import { describe, expect, it, vi } from "vitest";
import { belongs, countsOf, listOf, makeListSelector } from "../app/desk/queues";
import { passes } from "../app/desk/filter";
import { emptyState, withConversation, withEvent, withQueuePage, type DeskState } from "../app/desk/state";
import { contact, conversation, entry } from "./samples";

const ME = 7;
const SEER = { agentId: ME, teamIds: [3] };

function event(change: Partial<EventFrame>): EventFrame {
  return { t: "event", pos: 9, prev: 8, type: "x", conversation: 1, at: "", ...change };
}

function stateWith(...conversations: Conversation[]): DeskState {
  const page = { items: conversations, contacts: [], next: null, upto: null };
  return { ...withQueuePage(emptyState(), "all", page), agentId: ME };
}

describe("queues", () => {
  const waiting = conversation(1, { waiting_since: "2026-11-22T03:00:00.000Z" });

  it.each([
    ["waiting", waiting, true],
    ["waiting", conversation(1), false],
    ["waiting", { ...waiting, assignee_id: ME }, true],
    ["waiting", { ...waiting, assignee_id: 8 }, false],
    ["waiting", { ...waiting, team_id: 3 }, true],
    ["waiting", { ...waiting, team_id: 4 }, false],
    ["waiting_all", { ...waiting, assignee_id: 8 }, true],
    ["team", conversation(1, { team_id: 3, assignee_id: 8 }), true],
    ["team", conversation(1), false],
    ["spam", conversation(1, { status: "spam" }), true],
    ["all", conversation(1, { status: "spam" }), false],
    ["unassigned", conversation(1), true],
    ["unassigned", conversation(1, { assignee_id: ME }), false],
    ["mine", conversation(1, { assignee_id: ME }), true],
    ["mine", conversation(1, { assignee_id: ME, status: "snoozed" }), false],
    ["all", conversation(1, { status: "resolved" }), false],
    ["snoozed", conversation(1, { status: "snoozed" }), true],
    ["resolved", conversation(1, { status: "resolved" }), true],
  ] as const)("%s holds what it should (%#)", (queue, each, expected) => {
    expect(belongs(queue, each, SEER)).toBe(expected);
  });

  it("are sorted by rank, and show nothing beyond what has been read", () => {
    const table = byId([conversation(3, { rank: 30 }), conversation(1, { rank: 20 }), conversation(2, { rank: 40 })]);
    expect(listOf(table, (each) => belongs("all", each, SEER), [0, 30], false).map((each) => each.id)).toEqual([1, 3]);
  });

  it("answer the same array while nothing about conversations changes", () => {
    const select = makeListSelector("all");
    const state = stateWith(conversation(1));
    expect(select({ ...state, link: "offline" })).toBe(select(state));
  });

  it("take a live conversation in its place", () => {
    const select = makeListSelector("all");
    const state = stateWith(conversation(5, { rank: 50 }), conversation(6, { rank: 60 }));
    const next = withEvent(state, event({ put: { conversations: { 4: conversation(4, { rank: 55 }) } } }));
    expect(select(next).map((each) => each.id)).toEqual([5, 4, 6]);
  });
});

describe("views", () => {
  const who = contact(101, "Jiwoo");
  it.each([
    [{}, conversation(1), true],
    [{}, conversation(1, { status: "resolved" }), false],
    [{ status: ["resolved"] }, conversation(1, { status: "resolved" }), true],
    [{ assignee: ["me"] }, conversation(1, { assignee_id: ME }), true],
    [{ assignee: ["me", null] }, conversation(1), true],
    [{ assignee: ["me"] }, conversation(1), false],
    [{ team: ["mine"] }, conversation(1, { team_id: 3 }), true],
    [{ team: [null] }, conversation(1, { team_id: 3 }), false],
    [{ tag: [1, 2] }, conversation(1, { tag_ids: [2] }), true],
    [{ tag: [1] }, conversation(1, { tag_ids: [2] }), false],
    [{ waiting_over: 60 }, conversation(1), false],
    [{ waiting_over: 60 }, conversation(1, { waiting_since: "2020-01-01T00:00:00.000Z" }), true],
    [{ text: "JIWOO" }, conversation(1), true],
    [{ text: "nobody" }, conversation(1), false],
  ] as const)("let through what they ask for: %j (%#)", (filter, each, expected) => {
    expect(passes(filter as never, each, who, SEER)).toBe(expected);
  });

  it("list a status after another, and nothing beyond what has been looked through", () => {
    const filter = { status: ["resolved" as const, "open" as const] };
    const page = {
      items: [conversation(2, { rank: 50 }), conversation(1, { rank: 60 }), conversation(4, { status: "resolved", rank: 5 })],
      contacts: [],
      next: "more",
      upto: { status: "resolved" as const, rank: 7 },
    };
    const view = { id: 6, v: 1, agent_id: ME, name: "x", audience: "me" as const, team_id: null, filter, position: 0 };
    const state = { ...withQueuePage(emptyState(), "view-6", page), agentId: ME };
    const tables = { ...state.tables, views: { 6: view } };
    const beyond = conversation(5, { status: "resolved", rank: 9 });
    const next = withEvent({ ...state, tables }, event({ desk: { put: { conversations: { 5: beyond } } } }));
    expect(makeListSelector("view-6")(next).map((each) => each.id)).toEqual([2, 1, 4]);
  });

  it("follow the clock where a view asks who has waited longer than this", () => {
    vi.useFakeTimers();
    vi.setSystemTime("2026-11-22T03:00:00Z");
    const filter = { waiting_over: 300 };
    const items = [conversation(1, { waiting_since: "2026-11-22T02:56:00Z" })];
    const view = { id: 6, v: 1, agent_id: ME, name: "x", audience: "me" as const, team_id: null, filter, position: 0 };
    const read = { ...withQueuePage(emptyState(), "view-6", { items, contacts: [], next: null, upto: null }), agentId: ME };
    const state = { ...read, tables: { ...read.tables, views: { 6: view } } };
    const select = makeListSelector("view-6");
    expect(select(state)).toEqual([]);
    vi.setSystemTime("2026-11-22T03:01:30Z");
    expect(select(state).map((each) => each.id)).toEqual([1]);
    vi.useRealTimers();
  });

  it("stay smooth with ten thousand rows: a change costs a few milliseconds", () => {
    const items = Array.from({ length: 10_000 }, (_, n) => conversation(n + 1, { rank: (n * 7919) % 10_007 }));
    const select = makeListSelector("all");
    let state = stateWith(...items);
    select(state);
    const began = performance.now();
    for (let n = 1; n <= 20; n += 1) {
      const moved = conversation(n, { v: 2, rank: 20_000 + n });
      state = withEvent(state, event({ desk: { put: { conversations: { [n]: moved } } } }));
      expect(select(state)).toHaveLength(10_000);
    }
    expect((performance.now() - began) / 20).toBeLessThan(50);
    expect(select(state).at(-1)?.id).toBe(20);
  });
});

describe("counts", () => {
  it("are sums of what the log carries: mine, my teams', nobody's", () => {
    const count = (id: string, n: number) => ({ [id]: { id, v: 9, n } });
    const counts = {
      ...count("waiting", 20), ...count("waiting:7", 4), ...count("waiting:8", 9), ...count("waiting:nobody", 2),
      ...count("waiting:team:3", 1), ...count("waiting:team:4", 5), ...count("mine:7", 2), ...count("team:3", 6),
    };
    const team = { id: 3, v: 1, name: "Tea", agent_ids: [ME] };
    const state = stateWith();
    const next = withEvent(state, event({ desk: { put: { counts, teams: { 3: team } } } }));
    expect(next.counts).toMatchObject({ waiting: 7, waiting_all: 20, mine: 2, team: 6, spam: 0 });
    expect(countsOf(next.tables, 8).waiting).toBe(11);
  });

  it("of mentions are the conversations that I have not looked at", () => {
    const mention = (id: number, conversation_id: number, seen: boolean, agent_id = ME) =>
      ({ id, v: id, agent_id, conversation_id, seq: id, by_id: 8, at: "2026-11-22T03:00:00.000Z", seen });
    const mentions = { 1: mention(1, 5, false), 2: mention(2, 5, false), 3: mention(3, 6, true), 4: mention(4, 7, false, 8) };
    expect(withEvent(stateWith(), event({ desk: { put: { mentions } } })).counts.mentioned).toBe(1);
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
    const next = withQueuePage(state, "all", { items: [conversation(1, { v: 3 })], contacts: [], next: null, upto: null });
    expect(next.tables.conversations[1]?.status).toBe("resolved");
  });

  it("call the shop what it is called now", () => {
    const before = stateWith();
    const shop = { ...before.shop, name: "Ongi and sons" };
    expect(withEvent(before, event({ desk: { put: { shop: { [before.shop.id]: shop } } } })).shop.name).toBe("Ongi and sons");
    expect(withEvent(before, event({ desk: { put: { shop: { 99: { ...shop, id: 99 } } } } })).shop).toBe(before.shop);
  });

  it("end the typing mark of who has sent", () => {
    const state = { ...stateWith(), typing: { 1: { author: { kind: "contact" as const, id: 101 }, until: 1 } } };
    expect(withEvent(state, event({ put: { entries: { 1: entry(1) } } })).typing).toEqual({});
  });

  it("read a view anew whose filter a colleague has changed", () => {
    const view = (v: number, more: object) => ({ views: { 7: { id: 7, v, name: "Refunds", filter: { tag: [1] }, ...more } } });
    const page = { items: [], contacts: [], next: "on", upto: null };
    const made = withEvent(stateWith(), event({ desk: { put: view(1, {}) } }));
    const read = withQueuePage(made, "view-7", page);
    expect(withEvent(read, event({ desk: { put: view(2, { name: "Money back" }) } })).queues["view-7"]).toBeDefined();
    const changed = withEvent(read, event({ desk: { put: view(3, { filter: { tag: [2] } }) } }));
    expect(changed.queues["view-7"]).toBeUndefined();
    expect(changed.queues.all).toBeDefined();
  });
});
