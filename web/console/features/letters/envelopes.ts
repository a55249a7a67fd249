/** From whom and to whom each mail of a timeline went: read for those that are drawn, many in one request. */

import type { Entry, Envelope } from "@sonnim/protocol";
import { useEffect } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { createStore, useStore } from "../../app/store";
import type { Items } from "../../app/types";

interface Kept {
  /** What is sent is written down when it leaves, so that it is read again then. */
  state: string;
  envelope: Envelope | null;
}

const KEPT_AT_MOST = 3_000;
const AGAIN = 3_000;
const known = createStore<Readonly<Record<number, Kept>>>({});
const wanted = new Map<string, Entry[]>();

const stateOf = (entry: Entry) => entry.delivery?.state ?? "";

/** Null until it is known, and for what has none. */
export function useEnvelope(entry: Entry): Envelope | null {
  const { base } = useDesk();
  const kept = useStore(known, (all) => all[entry.id]);
  const state = stateOf(entry);
  const fresh = kept?.state === state;
  useEffect(() => {
    if (!fresh && entry.kind === "message") ask(base, entry);
  }, [base, entry, fresh]);
  return kept?.envelope ?? null;
}

export async function readEnvelopes(base: string, conversation: number, from: number, to: number): Promise<Envelope[]> {
  const path = `${base}/conversations/${conversation}/envelopes?from_seq=${from}&to_seq=${to}`;
  return (await api.get<Items<Envelope>>(path)).items;
}

function ask(base: string, entry: Entry): void {
  const place = `${base}:${entry.conversation_id}`;
  const entries = wanted.get(place);
  if (entries) {
    entries.push(entry);
    return;
  }
  wanted.set(place, [entry]);
  setTimeout(() => void read(base, place), 0);
}

async function read(base: string, place: string): Promise<void> {
  const entries = wanted.get(place) ?? [];
  wanted.delete(place);
  const seqs = entries.map((each) => each.seq);
  try {
    const items = await readEnvelopes(base, entries[0]!.conversation_id, Math.min(...seqs), Math.max(...seqs));
    const found = new Map(items.map((each) => [each.entry_id, each]));
    const news = Object.fromEntries(entries.map((each) => [each.id, { state: stateOf(each), envelope: found.get(each.id) ?? null }]));
    known.set((all) => (Object.keys(all).length > KEPT_AT_MOST ? news : { ...all, ...news }));
  } catch {
    // The mail itself is there; its head follows when the line is back.
    setTimeout(() => entries.forEach((each) => ask(base, each)), AGAIN);
  }
}
