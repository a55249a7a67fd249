/** The addresses that the desk writes from, read when the first letter is written. */

import type { Sender } from "@sonnim/protocol";
import { useEffect } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { createStore, useStore } from "../../app/store";
import type { Items } from "../../app/types";

const FRESH = 60_000;
const NONE: readonly Sender[] = [];
const known = createStore<Readonly<Record<string, readonly Sender[]>>>({});
const readAt = new Map<string, number>();

/** Null until they are known. */
export function useSenders(): readonly Sender[] | null {
  const { base } = useDesk();
  const senders = useStore(known, (all) => all[base] ?? null);
  useEffect(() => {
    if (Date.now() - (readAt.get(base) ?? 0) < FRESH) return;
    readAt.set(base, Date.now());
    api.get<Items<Sender>>(`${base}/senders`).then(
      ({ items }) => known.set((all) => ({ ...all, [base]: items.length ? items : NONE })),
      () => readAt.delete(base), // asked for again with the next letter
    );
  }, [base]);
  return senders;
}

/** The one that a letter goes out from when nobody chooses. */
export function usualOf(senders: readonly Sender[], source: number | null | undefined): Sender | undefined {
  return senders.find((each) => each.id === source) ?? senders.find((each) => each.is_default) ?? senders[0];
}
