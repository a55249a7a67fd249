/** What shoppers have read of the scripts: asked of the desk, and told to it once an answer has left. */

import { useEffect } from "react";
import { api, serverNow } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { createStore, useStore } from "../../app/store";
import { stillSays, type Said } from "./scripts";

interface Words {
  canned: number;
  variant: number;
  /** As it was put into the answer. */
  text: string;
}

interface Talk {
  id: number | null;
  contact_id: number;
}

const NOTHING: readonly Said[] = [];
const known = createStore<Readonly<Record<string, readonly Said[]>>>({});
/** By talk, what was put into an answer that has not left yet. */
const begun = new Map<string, Words[]>();

const readerOf = (desk: Desk, contact: number) => `${desk.base}:${contact}`;
const talkOf = (desk: Desk, { id, contact_id }: Talk) => `${desk.base}:${id ?? `new ${contact_id}`}`;

/** What a contact has read, or null until that is known; asked for anew each time that it is wanted. */
export function useSaid(contact: number, wanted: boolean): readonly Said[] | null {
  const desk = useDesk();
  const reader = readerOf(desk, contact);
  useEffect(() => {
    if (!wanted || !contact) return;
    api.get<{ items: Said[] }>(`${desk.base}/contacts/${contact}/said`).then(
      ({ items }) => known.set((now) => ({ ...now, [reader]: items })),
      // Offline: a sentence that was read already is better than none.
      () => known.set((now) => ({ [reader]: NOTHING, ...now })),
    );
  }, [desk, contact, reader, wanted]);
  return useStore(known, (now) => now[reader] ?? (contact ? null : NOTHING));
}

export function willSay(desk: Desk, talk: Talk, words: Words): void {
  const place = talkOf(desk, talk);
  begun.set(place, [...(begun.get(place) ?? []), words]);
}

/** The answer has left: of what was put into it, that which it still says was read. */
export function hasSaid(desk: Desk, talk: Talk, text: string, conversation = talk.id): void {
  const place = talkOf(desk, talk);
  const words = (begun.get(place) ?? []).filter((each) => stillSays(text, each.text));
  begun.delete(place);
  const at = new Date(serverNow()).toISOString();
  for (const { canned, variant } of words) {
    const body = { variant_id: variant, conversation_id: conversation, contact_id: talk.contact_id || null };
    api.post(`${desk.base}/canned-responses/${canned}/used`, body).catch(() => undefined); // a count may miss one
    const reader = readerOf(desk, talk.contact_id);
    const read = { variant_id: variant, conversation_id: conversation, at };
    known.set((now) => ({ ...now, [reader]: [read, ...(now[reader] ?? NOTHING).filter((each) => each.variant_id !== variant)] }));
  }
}
