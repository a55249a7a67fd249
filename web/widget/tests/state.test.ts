import type { Entry, OutboxItem } from "@sonnim/protocol";
import { byId } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { answering, conversationOf, initialState, rowsOf, unreadOf } from "../app/state";
import type { ChatState, Row } from "../app/state";
import { agent, config } from "./desk";

const noon = Date.UTC(2026, 10, 22, 3);

function entry(seq: number, by: "contact" | "agent", minutes: number, part: Partial<Entry> = {}): Entry {
  const author = { kind: by, id: by === "agent" ? 1 : 8 };
  const at = new Date(noon + minutes * 60_000).toISOString();
  const rest = { client_id: by === "contact" ? `c${seq}` : null, text: `m${seq}`, attachments: [], data: {}, v: 0, edited_at: null, hidden: null, delivery: null };
  return { conversation_id: 5, seq, id: 100 + seq, kind: "message", author, at, ...rest, ...part };
}

function state(entries: Entry[], part: Partial<ChatState> = {}, seen = { desk: 0, contact: 0 }): ChatState {
  const conversation = {
    id: 5,
    v: 1,
    status: "open",
    last_seq: entries.length,
    desk_seen_seq: seen.desk,
    contact_seen_seq: seen.contact,
    assignee_id: null,
    created_at: "",
  };
  const collections = { agents: byId([agent]), conversations: byId([conversation]), entries: byId(entries) };
  return { ...initialState(config, "en"), collections, ...part };
}

function waiting(id: string, created: number, part: Partial<OutboxItem> = {}): OutboxItem {
  const rest = { conversation: null, kind: "message" as const, attachments: [], state: "waiting" as const };
  return { client_id: id, text: id, created, ...rest, ...part };
}

const messages = (rows: Row[]) => rows.filter((row) => row.is === "message");

describe("the rows of the log", () => {
  it("tick a message as sent, and as seen once the desk has read that far", () => {
    const rows = messages(rowsOf(state([entry(1, "contact", 0), entry(2, "contact", 1)], {}, { desk: 1, contact: 0 })));
    expect(rows.map((row) => row.tick)).toEqual(["seen", "sent"]);
  });

  it("tick what waits as sending, and what is refused as failed", () => {
    const failed = waiting("b", noon + 2, { state: "failed", code: "blocked" });
    const rows = messages(rowsOf(state([], { pending: [waiting("a", noon + 1), failed] })));
    expect(rows.map((row) => [row.tick, row.code])).toEqual([
      ["sending", null],
      ["failed", "blocked"],
    ]);
  });

  it("show a message once while both its outbox item and its entry are there", () => {
    const both = state([entry(1, "contact", 0)], { pending: [waiting("c1", noon)] });
    expect(messages(rowsOf(both)).map((row) => row.tick)).toEqual(["sent"]);
  });

  it("keep a message's key from sending to sent, so that it is not drawn anew", () => {
    const before = messages(rowsOf(state([], { pending: [waiting("c1", noon)] })))[0]!.key;
    expect(messages(rowsOf(state([entry(1, "contact", 0)])))[0]!.key).toBe(before);
  });

  it("group one author's messages until another speaks or time passes", () => {
    const talk = [entry(1, "agent", 0), entry(2, "agent", 1), entry(3, "contact", 2), entry(4, "contact", 60)];
    const shape = messages(rowsOf(state(talk))).map((row) => [row.first, row.last]);
    expect(shape).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("order by the conversation's numbers, not by clocks", () => {
    const rows = messages(rowsOf(state([entry(7, "agent", -90), entry(3, "contact", 0)])));
    expect(rows.map((row) => row.text)).toEqual(["m3", "m7"]);
  });

  it("put the greeting between what was said before it and after it", () => {
    const greeting = { hello: "Hello", more: "", variant: "0.0", at: noon + 30 * 60_000 };
    const rows = rowsOf(state([entry(1, "agent", 0), entry(2, "contact", 40)], { greeting }));
    expect(rows.map((row) => row.is)).toEqual(["day", "message", "greeting", "message"]);
  });

  it("draw a line where the day changes", () => {
    const rows = rowsOf(state([entry(1, "agent", 0), entry(2, "agent", 60 * 24)]));
    expect(rows.map((row) => row.is)).toEqual(["day", "message", "day", "message"]);
  });

  it("tell of settled and reopened, and of no other event", () => {
    const event = (seq: number, what: string) =>
      entry(seq, "agent", seq, { kind: "event", data: { what } as Entry["data"] });
    const rows = rowsOf(state([event(1, "resolved"), event(2, "assigned"), event(3, "reopened")]));
    expect(rows.flatMap((row) => (row.is === "event" ? row.what : []))).toEqual(["resolved", "reopened"]);
  });
});

describe("what is read off the state", () => {
  it("counts only what an agent wrote after the last look", () => {
    const talk = [entry(1, "agent", 0), entry(2, "contact", 1), entry(3, "agent", 2), entry(4, "agent", 3)];
    expect(unreadOf(state(talk, {}, { desk: 0, contact: 1 }))).toBe(2);
    expect(unreadOf(state(talk, { seen: 104 }))).toBe(0);
  });

  it("names who answers: the assignee before whoever is merely first in line", () => {
    const wei = { ...agent, id: 2, name: "Wei" };
    const some = state([]);
    some.collections = { ...some.collections, agents: byId([agent, wei]) };
    expect(answering({ ...some, lineup: [1, 2], presence: { 2: "online" } })?.name).toBe("Wei");
    expect(answering({ ...some, lineup: [2, 1], presence: null })?.name).toBe("Wei");
    const taken = { ...some.collections, conversations: { 5: { ...some.collections.conversations![5], assignee_id: 1 } } };
    expect(answering({ ...some, collections: taken, presence: { 2: "online" } })?.name).toBe("Mina");
  });
});

describe("a talk that the desk has taken apart or put together", () => {
  const two = (entries: Entry[], part: { old?: object; fresh?: object } = {}): ChatState => {
    const base = state(entries);
    const old = Object.values(base.collections.conversations!)[0]!;
    const fresh = { ...old, id: 9, ...part.fresh };
    return { ...base, collections: { ...base.collections, conversations: byId([{ ...old, ...part.old }, fresh] as { id: number }[]) } };
  };
  const elsewhere = { conversation_id: 9 };

  it("is shown in the order in which it was said, whichever conversation it stands in", () => {
    const said = [entry(3, "agent", 3), entry(2, "agent", 2, { ...elsewhere, seq: 1 }), entry(1, "contact", 0)];
    expect(messages(rowsOf(two(said))).map((row) => row.text)).toEqual(["m1", "m2", "m3"]);
  });

  it("goes on where somebody spoke last, and in what is open before what is settled", () => {
    const said = [entry(1, "contact", 0), entry(2, "agent", 1, { ...elsewhere, seq: 1 }), entry(3, "agent", 2)];
    expect(conversationOf(two(said.slice(0, 2)))?.id).toBe(9);
    expect(conversationOf(two(said))?.id).toBe(5);
    expect(conversationOf(two(said, { old: { status: "resolved" } }))?.id).toBe(9);
  });

  it("ticks each message by how far the desk has read where it stands", () => {
    const said = [entry(1, "contact", 0), entry(2, "contact", 1, { ...elsewhere, seq: 1 })];
    const rows = messages(rowsOf(two(said, { fresh: { desk_seen_seq: 1 } })));
    expect(rows.map((row) => row.tick)).toEqual(["sent", "seen"]);
  });

  it("counts what is unread in all of it", () => {
    const said = [entry(1, "agent", 0), entry(2, "agent", 1, { ...elsewhere, seq: 1 })];
    expect(unreadOf(two(said))).toBe(2);
    expect(unreadOf(two(said, { fresh: { contact_seen_seq: 1 } }))).toBe(1);
  });

  it("takes what stands in a merged conversation for read once there is something newer", () => {
    const merged = entry(1, "contact", 0, { conversation_id: 12 });
    const ticks = (said: Entry[]) => messages(rowsOf(state(said))).map((row) => row.tick);
    expect(ticks([merged, entry(2, "agent", 1)])).toEqual(["seen", null]);
    expect(ticks([entry(2, "agent", 1), entry(3, "contact", 2, { conversation_id: 12 })])).toEqual([null, "sent"]);
  });
});
