/** What was settled about a conversation's draft: what was dismissed, and what was asked about before sending. */

import { createStore, useStore } from "../../../app/store";
import type { Remark } from "./marks";

interface Settled {
  dismissed: ReadonlySet<string>;
  asked: ReadonlySet<string>;
  /** What has left: the next draft is another one, unless it is this one, taken back. */
  left: string | null;
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING: Settled = { dismissed: NONE, asked: NONE, left: null };
const settled = createStore<Readonly<Record<string, Settled>>>({});

/** A remark on these words, wherever in the draft they stand. */
const matterOf = ({ rule, piece }: Pick<Remark, "rule" | "piece">) => `${rule}\n${piece}`;

function change(place: string, how: (now: Settled) => Settled): void {
  settled.set((all) => ({ ...all, [place]: how(all[place] ?? NOTHING) }));
}

export function useDismissed(place: string): ReadonlySet<string> {
  return useStore(settled, (all) => all[place]?.dismissed ?? NONE);
}

export function without(remarks: readonly Remark[], dismissed: ReadonlySet<string>): readonly Remark[] {
  return dismissed.size ? remarks.filter((each) => !dismissed.has(matterOf(each))) : remarks;
}

export function dismiss(place: string, remark: Remark): void {
  change(place, (now) => ({ ...now, dismissed: new Set([...now.dismissed, matterOf(remark)]) }));
}

/** Of these remarks, those that are to be asked about before the draft leaves; each is asked about once. */
export function unasked(place: string, remarks: readonly Remark[]): Remark[] {
  const { asked, dismissed } = settled.get()[place] ?? NOTHING;
  return without(remarks, dismissed).filter((each) => each.strict && !asked.has(matterOf(each)));
}

export function ask(place: string, remarks: readonly Remark[]): void {
  change(place, (now) => ({ ...now, asked: new Set([...now.asked, ...remarks.map(matterOf)]) }));
}

/** The question went away without an answer: it is asked again. */
export function unask(place: string, remarks: readonly Remark[]): void {
  const again = new Set(remarks.map(matterOf));
  change(place, (now) => ({ ...now, asked: new Set([...now.asked].filter((each) => !again.has(each))) }));
}

/** The draft has left. What was settled about it is kept until another one begins. */
export function hasLeft(place: string, text: string): void {
  change(place, (now) => ({ ...now, left: text }));
}

/** This is being written now. */
export function isWritten(place: string, text: string): void {
  const left = settled.get()[place]?.left ?? null;
  if (left === null || !text.trim()) return;
  const takenBack = left.trim() !== "" && text.includes(left.trim());
  change(place, (now) => (takenBack ? { ...now, left: null } : NOTHING));
}
