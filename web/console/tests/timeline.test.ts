import type { OutboxItem } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { emptyState } from "../app/desk/state";
import { entriesOf, linesOf } from "../app/desk/timeline";
import { makeFormat } from "../app/format";
import { LOCALES, makeWords } from "../app/i18n";
import { eventText } from "../features/timeline/EventLine";
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

describe("a timeline", () => {
  it("is ordered by seq, whatever order the entries came in", () => {
    const table = { b: entry(2), c: entry(3), a: entry(1), x: entry(1, { conversation_id: 2 }) };
    expect(entriesOf(table, 1).map((each) => each.seq)).toEqual([1, 2, 3]);
  });

  it("groups what one person wrote within minutes", () => {
    const agent = { kind: "agent" as const, id: 7 };
    const lines = linesOf([entry(1), entry(2), entry(3, { author: agent })], [], 1).filter((line) => line.type === "entry");
    expect(lines.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it("does not group a note with an answer of the same agent", () => {
    const author = { kind: "agent" as const, id: 7 };
    const lines = linesOf([entry(1, { author }), entry(2, { author, kind: "note" })], [], 1);
    expect(lines.filter((line) => line.type === "entry" && line.first)).toHaveLength(2);
  });

  it("puts a line before each day", () => {
    const lines = linesOf([entry(1, { at: "2026-11-20T12:00:00Z" }), entry(2, { at: "2026-11-22T12:00:00Z" })], [], 1);
    expect(lines.map((line) => line.type)).toEqual(["day", "entry", "day", "entry"]);
  });

  it("shows a message of the outbox once, under the same key, before and after it arrives", () => {
    const before = linesOf([], [pending("a"), pending("b", 2)], 1);
    const after = linesOf([entry(1, { client_id: "a" })], [pending("a")], 1);
    expect(before.map((line) => line.key)).toEqual(["a"]);
    expect(after.filter((line) => line.key === "a")).toHaveLength(1);
    expect(after.at(-1)?.type).toBe("entry");
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
  ] as const;

  it.each(LOCALES)("have a whole sentence for every kind in %s", (locale) => {
    const words = makeWords(locale, catalogues[locale]);
    const texts = kinds.map((data) => eventText(words, makeFormat(words.tag), state, entry(1, { kind: "event", author, data })));
    for (const text of texts) expect(text).not.toMatch(/[{}]|event\./);
    expect(new Set(texts).size).toBe(kinds.length);
    expect(texts).not.toContain(words.t("event.unknown"));
  });
});
