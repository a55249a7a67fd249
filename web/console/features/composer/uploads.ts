/** Files on their way up, whichever conversation is on the screen; what arrives while nobody looks is kept with the draft. */

import type { Attachment } from "@sonnim/protocol";
import { upload } from "../../app/api";
import { saveDraft } from "../../app/desk/actions";
import type { Desk } from "../../app/desk/desk";
import { createStore } from "../../app/store";
import { forgetHere, keepHere, keptHere } from "./keptHere";
import { contentOf, placeOf } from "./useDraft";

export interface Upload {
  key: number;
  name: string;
  share: number;
}

/** By place: a conversation of an agent. */
export const running = createStore<Readonly<Record<string, readonly Upload[]>>>({});
export const NONE: readonly Upload[] = [];

const takers = new Map<string, (attachment: Attachment) => void>();
const cancels = new Map<number, AbortController>();
/** Attachment → its upload's key: small files overtake large ones, their places in the message are as they were put in. */
const keys = new Map<number, number>();
let nextKey = 1;

/** The attachments with one more, in the order in which they were put in. */
export function placed(now: readonly Attachment[], item: Attachment): readonly Attachment[] {
  const key = keys.get(item.id) ?? 0;
  const at = now.findIndex(({ id }) => (keys.get(id) ?? 0) > key);
  return at < 0 ? [...now, item] : now.toSpliced(at, 0, item);
}

function change(place: string, how: (now: readonly Upload[]) => readonly Upload[]): void {
  running.set((all) => ({ ...all, [place]: how(all[place] ?? NONE) }));
}

/** Hands what arrives to an open composer; answers how to stop. */
export function take(place: string, taker: (attachment: Attachment) => void): () => void {
  takers.set(place, taker);
  return () => {
    if (takers.get(place) === taker) takers.delete(place);
  };
}

export function cancel(key: number): void {
  cancels.get(key)?.abort();
}

/** Sends one file up; throws why it could not, unless it was cancelled. */
export async function begin(desk: Desk, conversation: number, file: File): Promise<void> {
  const place = placeOf(desk, conversation);
  const key = nextKey++;
  const control = new AbortController();
  cancels.set(key, control);
  change(place, (now) => [...now, { key, name: file.name, share: 0 }]);
  const progress = (share: number) => change(place, (now) => now.map((each) => (each.key === key ? { ...each, share } : each)));
  try {
    const attachment = await upload<Attachment>(`${desk.base}/attachments`, file, progress, control.signal);
    keys.set(attachment.id, key);
    const taker = takers.get(place);
    if (taker) taker(attachment);
    else await keepWithDraft(desk, conversation, attachment);
  } catch (error) {
    if (!control.signal.aborted) throw error;
  } finally {
    cancels.delete(key);
    change(place, (now) => now.filter((each) => each.key !== key));
  }
}

async function keepWithDraft(desk: Desk, conversation: number, attachment: Attachment): Promise<void> {
  const place = placeOf(desk, conversation);
  const draft = keptHere(place) ?? contentOf(desk.store.get().tables.drafts[conversation]);
  const next = { ...draft, attachments: placed(draft.attachments, attachment) };
  keepHere(place, next);
  try {
    await saveDraft(desk, conversation, next);
    // Whoever opened it meanwhile goes on from what is kept here, and saves it.
    if (!takers.has(place)) forgetHere(place);
  } catch {
    // Kept here: the composer saves it when it is opened again.
  }
}
