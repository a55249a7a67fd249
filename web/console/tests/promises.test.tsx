import type { Entry, PromiseMade } from "@sonnim/protocol";
import { describe, expect, test } from "vitest";
import { emptyState, type DeskState } from "../app/desk/state";
import { makeFormat } from "../app/format";
import { eventText } from "../features/timeline/EventLine";
import { everybodys, isLate, makeOpenIn, mine } from "../features/promises/promises";
import { byWhen } from "../features/promises/when";
import { entry, words } from "./samples";

const NOW = Date.parse("2026-11-24T01:30:00.000Z");

function promise(id: number, more: Partial<PromiseMade> = {}): PromiseMade {
  return {
    id,
    v: 1,
    conversation_id: 1,
    agent_id: 3,
    made_by_id: 3,
    act: "call",
    note: "",
    said_in_id: null,
    said_seq: null,
    made_at: "2026-11-24T01:00:00.000Z",
    due_at: "2026-11-24T02:00:00.000Z",
    warn_at: "2026-11-24T01:42:00.000Z",
    stage: null,
    kept_at: null,
    dropped_at: null,
    closed_by_id: null,
    reason: "",
    ...more,
  };
}

function desk(...promises: PromiseMade[]): DeskState {
  const state = emptyState();
  const table = Object.fromEntries(promises.map((each) => [each.id, each]));
  return { ...state, agentId: 3, tables: { ...state.tables, promises: table } };
}

describe("promises", () => {
  const later = promise(1, { due_at: "2026-11-24T05:00:00.000Z" });
  const sooner = promise(2);
  const kept = promise(3, { kept_at: "2026-11-24T01:10:00.000Z" });
  const theirs = promise(4, { agent_id: 5, conversation_id: 2, due_at: "2026-11-24T01:00:00.000Z" });
  const state = desk(later, sooner, kept, theirs);

  test("come in the order in which they are due, without those that are settled", () => {
    expect(everybodys(state).map(({ id }) => id)).toEqual([4, 2, 1]);
    expect(mine(state).map(({ id }) => id)).toEqual([2, 1]);
    expect(makeOpenIn(2)(state).map(({ id }) => id)).toEqual([4]);
    expect(mine(state)).toBe(mine(state));
  });

  test("are late by the clock, and when the server says so", () => {
    expect([sooner, theirs].map((each) => isLate(each, NOW))).toEqual([false, true]);
    expect(isLate(promise(5, { stage: "escalated", due_at: "2026-11-25T00:00:00.000Z" }), NOW)).toBe(true);
  });

  test("say by when in few words, on the shop's clock", () => {
    const say = (iso: string) => byWhen("en-GB", "Asia/Seoul", Date.parse(iso), NOW);
    expect(say("2026-11-24T09:00:00.000Z")).toBe("18:00");
    expect(say("2026-11-25T03:00:00.000Z")).toMatch(/^Wed,? 12:00$/);
    expect(say("2026-12-24T03:00:00.000Z")).toBeNull();
  });

  test.each(["made", "changed", "kept", "dropped", "reopened", "warned", "overdue", "escalated", "stepped"] as const)("stand in the timeline: %s", (done) => {
    const line: Entry = entry(7, { kind: "event", author: { kind: "agent", id: 3 }, data: { what: "promise", done, act: "call", due_at: "2026-11-24T09:00:00.000Z" } });
    expect(eventText(words, makeFormat("en-GB"), state, line)).toContain("call back");
    expect(eventText(words, makeFormat("en-GB"), state, { ...line, text: "Kim is away" })).toContain("call back");
    expect(eventText(words, makeFormat("en-GB"), state, { ...line, text: "Kim is away" })).toContain("“Kim is away”");
  });
});
