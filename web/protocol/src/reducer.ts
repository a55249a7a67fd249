/** Put and drop: events carry whole objects, so one reducer serves every collection. */

import type { Change, EventFrame } from "./types";

export type Collection = Readonly<Record<string, object>>;
export type Collections = Readonly<Record<string, Collection>>;

function version(object: object): number {
  const v = (object as { v?: unknown }).v;
  return typeof v === "number" ? v : 0;
}

/** Puts objects that are not older than what is there, drops ids; answers the same state when nothing changed. */
export function applyChange<S extends Collections>(state: S, { put = {}, drop = {} }: Change): S {
  const next: Record<string, Record<string, object>> = {};
  const writable = (name: string) => (next[name] ??= { ...state[name] });
  for (const [name, objects] of Object.entries(put)) {
    for (const [id, object] of Object.entries(objects)) {
      const mine = (next[name] ?? state[name])?.[id];
      if (!mine || version(mine) <= version(object)) writable(name)[id] = object;
    }
  }
  for (const [name, ids] of Object.entries(drop)) {
    for (const id of ids) if ((next[name] ?? state[name])?.[id]) delete writable(name)[id];
  }
  return Object.keys(next).length ? { ...state, ...next } : state;
}

/** Applies both parts of an event: what everyone may see, then what only the desk may. */
export function applyEvent<S extends Collections>(state: S, event: Pick<EventFrame, "put" | "drop" | "desk">): S {
  const shared = applyChange(state, event);
  return event.desk ? applyChange(shared, event.desk) : shared;
}

/** Keys a list for `put`: `byId(contacts)` or `byId(drafts, (d) => d.conversation_id)`. */
export function byId<T extends object>(
  items: readonly T[],
  key: (item: T) => number | string = (item) => (item as { id?: number }).id ?? "",
): Record<string, T> {
  return Object.fromEntries(items.map((item) => [key(item), item]));
}
