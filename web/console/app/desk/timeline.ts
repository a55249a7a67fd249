/** A conversation's timeline as it is drawn: days, senders in groups, what is still in the outbox. */

import type { Entry, OutboxItem } from "@sonnim/protocol";
import { memoize } from "../store";
import type { DeskState, Table } from "./state";

export type Line =
  | { type: "day"; key: string; at: string }
  | { type: "event"; key: string; entry: Entry }
  | { type: "entry"; key: string; entry: Entry; first: boolean; last: boolean }
  | { type: "pending"; key: string; item: OutboxItem };

const GROUP_WITHIN = 5 * 60_000;

export function entriesOf(entries: Table<Entry>, conversation: number): Entry[] {
  return Object.values(entries)
    .filter((entry) => entry.conversation_id === conversation)
    .sort((a, b) => a.seq - b.seq);
}

export function linesOf(entries: Entry[], outbox: readonly OutboxItem[], conversation: number): Line[] {
  const lines: Line[] = [];
  let day = "";
  entries.forEach((entry, i) => {
    const today = new Date(entry.at).toDateString();
    const newDay = today !== day;
    if (newDay) lines.push({ type: "day", key: `day-${entry.id}`, at: entry.at });
    day = today;
    const key = entry.client_id ?? `entry-${entry.id}`;
    if (entry.kind === "event") return lines.push({ type: "event", key, entry });
    const next = entries[i + 1];
    const first = newDay || !together(entries[i - 1], entry);
    const last = !together(entry, next) || new Date(next?.at ?? 0).toDateString() !== day;
    return lines.push({ type: "entry", key, entry, first, last });
  });
  const arrived = new Set(entries.map((entry) => entry.client_id));
  for (const item of outbox) {
    if (item.conversation === conversation && !arrived.has(item.client_id)) {
      lines.push({ type: "pending", key: item.client_id, item });
    }
  }
  return lines;
}

function together(a: Entry | undefined, b: Entry | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.kind === b.kind &&
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    Date.parse(b.at) - Date.parse(a.at) < GROUP_WITHIN
  );
}

export function makeTimelineSelector(conversation: number): (state: DeskState) => Line[] {
  const pick = memoize(entriesOf);
  const draw = memoize(linesOf);
  return (state) => draw(pick(state.tables.entries, conversation), state.outbox, conversation);
}
