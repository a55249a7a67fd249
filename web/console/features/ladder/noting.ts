/** What was put into an answer of the ladder's words: once the answer has left, it is offered to the ledger. */

import { createStore, useStore } from "../../app/store";
import type { Wanted } from "./ladder";

export interface Pending {
  conversation: number;
  wanted: Wanted;
  title: Record<string, string>;
  kind: string;
  /** The client's own name for it: noted again after a broken line it is not conceded again. */
  key: string;
}

const begun = new Map<number, Pending>();
const offered = createStore<Readonly<Record<number, Pending>>>({});

/** These words are in the composer now. */
export function willOffer(pending: Pending): void {
  begun.set(pending.conversation, pending);
}

const plain = (text: string) => text.replace(/\s+/gu, "");

/** An answer has left: what of it the ladder gave is offered, if it is still in it. */
export function hasOffered(conversation: number, text: string): void {
  const pending = begun.get(conversation);
  if (!pending) return;
  begun.delete(conversation);
  // Whoever changed the words a little still gave what they say.
  const opening = plain(pending.wanted.sentence).slice(0, 12);
  if (opening && plain(text).includes(opening)) offered.set((now) => ({ ...now, [conversation]: pending }));
}

export function settleOffer(conversation: number): void {
  offered.set((now) => Object.fromEntries(Object.entries(now).filter(([id]) => Number(id) !== conversation)));
}

export function useOffered(conversation: number): Pending | null {
  return useStore(offered, (now) => now[conversation] ?? null);
}
