/** Which rows of the list are selected: one by one, a range with Shift, all that are read, or the whole list. */

import { useMemo, useState } from "react";

export interface Selection {
  ids: ReadonlySet<number>;
  /** The whole list is meant, also what has not been read of it. */
  every: boolean;
  /** What is shown is the whole list, not what a search has left of it. */
  whole: boolean;
  /** Boxes are shown, though nothing may be ticked yet. */
  on: boolean;
  toggle: (id: number, range?: boolean) => void;
  select: (ids: readonly number[]) => void;
  selectEvery: () => void;
  begin: () => void;
  clear: () => void;
}

/** From the row where the selection began to this one. */
export function rangeOf(order: readonly number[], from: number, to: number): number[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

const NONE: ReadonlySet<number> = new Set();
const START = { ids: NONE, every: false, on: false, anchor: 0 };

export function useSelection(order: readonly number[], whole = true): Selection {
  const [{ ids, every, on }, set] = useState(START);
  // What has left the list is not selected any more.
  const known = useMemo(() => new Set(order), [order]);
  const present = useMemo(() => {
    const left = [...ids].filter((id) => known.has(id));
    return left.length === ids.size ? ids : new Set(left);
  }, [ids, known]);
  return {
    ids: present,
    // Whoever narrows the list down means what is left of it.
    every: every && whole,
    whole,
    on: on || present.size > 0,
    toggle: (id, range = false) =>
      set((now) => {
        const next = new Set([...now.ids].filter((each) => known.has(each)));
        if (range) for (const each of rangeOf(order, now.anchor, id)) next.add(each);
        else if (!next.delete(id)) next.add(id);
        return { ids: next, every: false, on: now.on, anchor: id };
      }),
    select: (all) => set((now) => ({ ...now, ids: new Set(all), every: false })),
    selectEvery: () => set((now) => ({ ...now, ids: new Set(order), every: true })),
    begin: () => set((now) => ({ ...now, on: true })),
    clear: () => set(START),
  };
}
