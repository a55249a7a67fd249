/** What is done to a line after it was written; the answer is shown at once, the log says the same. */

import type { Entry, RichDocument } from "@sonnim/protocol";
import { api } from "../api";
import type { Desk } from "./desk";
import { withChange } from "./state";

export interface Revision {
  n: number;
  text: string;
  data: Record<string, unknown>;
  by_id: number;
  at: string;
}

const pathOf = (desk: Desk, entry: Entry) => `${desk.base}/conversations/${entry.conversation_id}/entries/${entry.seq}`;

function show(desk: Desk, entry: Entry): void {
  desk.store.set((state) => withChange(state, { put: { entries: { [entry.id]: entry } } }));
}

export async function editEntry(desk: Desk, entry: Entry, { text, rich }: { text: string; rich: RichDocument | null }): Promise<void> {
  const answer = await api.patch<{ entry: Entry }>(pathOf(desk, entry), rich ? { text, data: { rich } } : { text });
  show(desk, answer.entry);
}

export async function redactEntry(desk: Desk, entry: Entry, reason: string): Promise<void> {
  const answer = await api.post<{ entry: Entry }>(`${pathOf(desk, entry)}/redact`, { reason });
  show(desk, answer.entry);
}

export async function revisionsOf(desk: Desk, entry: Entry): Promise<Revision[]> {
  return (await api.get<{ items: Revision[] }>(`${pathOf(desk, entry)}/revisions`)).items;
}

/** The first line at or after a moment, with those around it; the last one when nothing came after. */
export async function findMoment(desk: Desk, conversation: number, at: string): Promise<number | null> {
  const path = `${desk.base}/conversations/${conversation}/entries?at=${encodeURIComponent(at)}&limit=50`;
  const { items, seq } = await api.get<{ items: Entry[]; seq: number | null }>(path);
  const entries = Object.fromEntries(items.map((entry) => [entry.id, entry]));
  desk.store.set((state) => withChange(state, { put: { entries } }));
  return seq;
}
