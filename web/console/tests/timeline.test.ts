import type { Entry, OutboxItem } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { emptyState } from "../app/desk/state";
import { entriesOf, firstUnread, makeTimelineSelector, pendingOf, rowAt, type Row, type Rows } from "../app/desk/timeline";
import { makeFormat } from "../app/format";
import { LOCALES, makeWords } from "../app/i18n";
import { eventText } from "../features/timeline/EventLine";
import { Heights } from "../features/timeline/heights";
import en from "../locales/en.json";
import ko from "../locales/ko.json";
import zh from "../locales/zh.json";
import { contact, conversation, entry } from "./samples";

const pending = (client_id: string, conversation_id = 1): OutboxItem => ({
  client_id,
  conversation: conversation_id,
  kind: "message",
  text: "soon",
  attachments: [],
  created: 1,
  state: "waiting",
});

const rowsOf = (entries: (Entry | undefined)[], items: OutboxItem[] = []): Rows => {
  const waiting = pendingOf(items, entries, 1);
  return { entries, pending: waiting, count: entries.length + waiting.length };
};
const drawn = (rows: Rows): Row[] => Array.from({ length: rows.count }, (_, index) => rowAt(rows, index));

describe("a timeline", () => {
  it("gives every seq its place, whatever order the entries came in", () => {
    const table = { b: entry(2), c: entry(4), a: entry(1), x: entry(1, { conversation_id: 2 }) };
    expect(entriesOf(table, 1, 4).map((each) => each?.seq)).toEqual([1, 2, undefined, 4]);
  });

  it("shows an acknowledged message before its event has told of the seqs up to it", () => {
    expect(entriesOf({ a: entry(1), b: entry(3) }, 1, 1).map((each) => each?.seq)).toEqual([1, 3]);
  });

  it("keeps a place for what is not read yet", () => {
    const [, gap] = drawn(rowsOf([entry(1), undefined, entry(3)]));
    expect(gap).toEqual({ type: "gap", key: "seq-2", seq: 2 });
  });

  it("groups what one person wrote within minutes", () => {
    const agent = { kind: "agent" as const, id: 7 };
    const rows = drawn(rowsOf([entry(1), entry(2), entry(3, { author: agent })]));
    expect(rows.map((row) => row.type === "entry" && [row.first, row.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("does not group a note with an answer of the same agent", () => {
    const author = { kind: "agent" as const, id: 7 };
    const rows = drawn(rowsOf([entry(1, { author }), entry(2, { author, kind: "note" })]));
    expect(rows.filter((row) => row.type === "entry" && row.first)).toHaveLength(2);
  });

  it("names each day where it begins, and not where it may have begun in what is not read", () => {
    const days = drawn(rowsOf([entry(1, { at: "2026-11-20T12:00:00Z" }), entry(2, { at: "2026-11-22T12:00:00Z" }), undefined, entry(4)]));
    expect(days.map((row) => "day" in row && row.day !== null)).toEqual([true, true, false, false]);
  });

  it("shows a message of the outbox once, under the same key, before and after it arrives", () => {
    const before = drawn(rowsOf([], [pending("a"), pending("b", 2)]));
    const after = drawn(rowsOf([entry(1, { client_id: "a" })], [pending("a")]));
    expect(before.map((row) => row.key)).toEqual(["a"]);
    expect(after.filter((row) => row.key === "a")).toHaveLength(1);
    expect(after.at(-1)?.type).toBe("entry");
  });

  it("answers the same rows while only other conversations change", () => {
    const select = makeTimelineSelector(1);
    const state = { ...emptyState(), tables: { ...emptyState().tables, conversations: { 1: conversation(1) }, entries: { 1001: entry(1) } } };
    const other = { ...state, tables: { ...state.tables, entries: { ...state.tables.entries, 5: entry(1, { id: 5, conversation_id: 2 }) } } };
    expect(select(other)).toBe(select(state));
  });

  it("finds the first message that nobody had read", () => {
    const agent = { kind: "agent" as const, id: 7 };
    const entries = [entry(1), entry(2, { author: agent }), entry(3, { hidden: "redacted" }), entry(4), entry(5)];
    expect(firstUnread(entries, 1, 5)).toBe(4);
    expect(firstUnread(entries, 1, 3)).toBeNull();
    expect(firstUnread(entries, 5, 5)).toBeNull();
  });
});

describe("the heights of a timeline", () => {
  it("find the row at any distance, drawn or not", () => {
    const heights = new Heights();
    heights.resize(1000);
    expect(heights.at(640)).toBe(10);
    heights.set(0, 640);
    expect([heights.at(639), heights.at(640), heights.at(1e9)]).toEqual([0, 1, 999]);
    heights.set(0, 64);
    expect(heights.top(1000)).toBe(64_000);
  });

  it("hold when rows come and go", () => {
    const heights = new Heights();
    heights.resize(3);
    [0, 1, 2].forEach((index) => heights.set(index, 10));
    heights.resize(2);
    expect(heights.total).toBe(20);
    heights.resize(600);
    expect(heights.total).toBe(20 + 598 * 64);
  });
});

describe("events in words", () => {
  const catalogues = { en, ko, zh };
  const state = emptyState();
  state.tables = {
    ...state.tables,
    conversations: { 1: conversation(1) },
    contacts: { 101: contact(101, "지우") },
    agents: { 7: { id: 7, name: "Nora" } as never, 8: { id: 8, name: "서연" } as never },
    teams: { 3: { id: 3, v: 1, name: "Repairs", agent_ids: [] } },
  };
  const author = { kind: "agent" as const, id: 7 };
  const kinds = [
    { what: "assigned", agent_id: 8, from_agent_id: null, team_id: null },
    { what: "assigned", agent_id: 7, from_agent_id: null, team_id: null },
    { what: "assigned", agent_id: null, from_agent_id: 7, team_id: null },
    { what: "assigned", agent_id: null, from_agent_id: null, team_id: 3 },
    { what: "resolved" },
    { what: "reopened", by: "agent" },
    { what: "reopened", by: "contact" },
    { what: "snoozed", until: "2026-11-23T00:00:00Z" },
    { what: "unsnoozed", why: "due" },
    { what: "unsnoozed", why: "agent" },
    { what: "unsnoozed", why: "contact" },
    { what: "identified", name: "Jiwoo" },
    { what: "merged" },
    { what: "merged", conversation_id: 5, count: 2 },
    { what: "merged_into", conversation_id: 6 },
    { what: "unmerged", conversation_id: 6 },
    { what: "split_from", conversation_id: 5, count: 1 },
    { what: "split_off", conversation_id: 5, count: 3 },
    { what: "linked", conversation_id: 5 },
    { what: "mailed", state: "sent", address: "kim@ongi.test" },
    { what: "mailed", state: "failed", address: "kim@ongi.test", note: "550 no" },
    { what: "mailed", state: "unsure", address: "kim@ongi.test" },
    { what: "mailed", state: "hint", address: "kim@ongi.test", note: "550 no" },
    { what: "mailed", state: "chat", address: "kim@ongi.test" },
    { what: "asked", to_agent_id: 8 },
    { what: "asked", to_role: "lead" },
    { what: "answered" },
    { what: "question_withdrawn" },
    { what: "question_overdue" },
  ] as const;

  it.each(LOCALES)("have a whole sentence for every kind in %s", (locale) => {
    const words = makeWords(locale, catalogues[locale]);
    const texts = kinds.map((data) => eventText(words, makeFormat(words.tag), state, entry(1, { kind: "event", author, data })));
    for (const text of texts) expect(text).not.toMatch(/[{}]|event\./);
    expect(new Set(texts).size).toBe(kinds.length);
    expect(texts).not.toContain(words.t("event.unknown"));
  });

  it.each(LOCALES)("say who erased what was said in them, in %s", (locale) => {
    const words = makeWords(locale, catalogues[locale]);
    const at = "2026-11-22T03:00:00.000Z";
    const gone = entry(1, { kind: "event", author, data: { what: "answered", hidden_by: 8 }, text: "", hidden: "redacted", edited_at: at });
    const text = eventText(words, makeFormat(words.tag), state, gone);
    expect(text).toContain(words.t("person", { name: "Nora" }));
    expect(text).toContain(words.t("person", { name: "서연" }));
  });
});
