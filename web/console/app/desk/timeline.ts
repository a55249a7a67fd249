/** A conversation's timeline as it is drawn: a row for every seq, known yet or not, then what is still in the outbox. */

import type { Entry, OutboxItem } from "@sonnim/protocol";
import { memoize } from "../store";
import type { DeskState, Table } from "./state";

/** `day`: the row begins a day, and is drawn below its name. */
export type Row =
  | { type: "gap"; key: string; seq: number }
  | { type: "event"; key: string; entry: Entry; day: string | null }
  | { type: "entry"; key: string; entry: Entry; first: boolean; last: boolean; day: string | null }
  | { type: "pending"; key: string; item: OutboxItem };

export interface Rows {
  /** By place; a seq that is not read yet leaves a hole. */
  readonly entries: readonly (Entry | undefined)[];
  readonly pending: readonly OutboxItem[];
  readonly count: number;
}

const GROUP_WITHIN = 5 * 60_000;

/** A seq's place is one less; what is known beyond `lastSeq` (an acknowledgement that overtook its event) follows. */
export function entriesOf(entries: Table<Entry>, conversation: number, lastSeq: number): (Entry | undefined)[] {
  const placed = new Array<Entry | undefined>(lastSeq).fill(undefined);
  const beyond: Entry[] = [];
  for (const entry of Object.values(entries)) {
    if (entry.conversation_id !== conversation) continue;
    if (entry.seq <= lastSeq) placed[entry.seq - 1] = entry;
    else beyond.push(entry);
  }
  return [...placed, ...beyond.sort((a, b) => a.seq - b.seq)];
}

export function pendingOf(outbox: readonly OutboxItem[], entries: readonly (Entry | undefined)[], conversation: number): OutboxItem[] {
  const mine = outbox.filter((item) => item.conversation === conversation);
  return mine.filter((item) => !entries.some((entry) => entry?.client_id === item.client_id));
}

export function rowAt({ entries, pending }: Rows, index: number): Row {
  if (index >= entries.length) {
    const item = pending[index - entries.length]!;
    return { type: "pending", key: item.client_id, item };
  }
  const entry = entries[index];
  if (!entry) return { type: "gap", key: `seq-${index + 1}`, seq: index + 1 };
  const key = entry.client_id ?? `entry-${entry.id}`;
  const before = entries[index - 1];
  const after = entries[index + 1];
  const day = index === 0 || (before && dayOf(before) !== dayOf(entry)) ? entry.at : null;
  if (entry.kind === "event") return { type: "event", key, entry, day };
  return { type: "entry", key, entry, first: day !== null || !together(before, entry), last: !together(entry, after), day };
}

function dayOf(entry: Entry): string {
  return new Date(entry.at).toDateString();
}

function together(a: Entry | undefined, b: Entry | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.kind === b.kind &&
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    Date.parse(b.at) - Date.parse(a.at) < GROUP_WITHIN &&
    dayOf(a) === dayOf(b)
  );
}

/** The shopper's first message among those after one seq and up to another. */
export function firstUnread(entries: readonly (Entry | undefined)[], after: number, upto: number): number | null {
  for (let index = after; index < Math.min(upto, entries.length); index++) {
    const entry = entries[index];
    if (entry?.author.kind === "contact" && entry.kind === "message" && !entry.hidden) return entry.seq;
  }
  return null;
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Answers the same object while nothing of this conversation has changed, whatever happens in others. */
export function makeTimelineSelector(conversation: number): (state: DeskState) => Rows {
  let rows: Rows = { entries: [], pending: [], count: 0 };
  const draw = memoize((table: Table<Entry>, outbox: readonly OutboxItem[], lastSeq: number): Rows => {
    const found = entriesOf(table, conversation, lastSeq);
    const entries = same(found, rows.entries) ? rows.entries : found;
    const waiting = pendingOf(outbox, entries, conversation);
    const pending = same(waiting, rows.pending) ? rows.pending : waiting;
    if (entries !== rows.entries || pending !== rows.pending) rows = { entries, pending, count: entries.length + pending.length };
    return rows;
  });
  return (state) => draw(state.tables.entries, state.outbox, state.tables.conversations[conversation]?.last_seq ?? 0);
}
