/** A store of a few lines: immutable state, subscribers, and a hook that selects. */

import { useCallback, useSyncExternalStore } from "react";

export interface Store<S> {
  get: () => S;
  set: (change: (state: S) => S) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createStore<S>(initial: S): Store<S> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Renders again when what is selected is another object; the selector must not build new objects itself. */
export function useStore<S, T>(store: Store<S>, select: (state: S) => T): T {
  const read = useCallback(() => select(store.get()), [store, select]);
  return useSyncExternalStore(store.subscribe, read, read);
}

/** Remembers the last answer for the same arguments: keeps derived lists the same object. */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; answer: R } | null = null;
  return (...args) => {
    if (!last || args.some((arg, i) => arg !== last?.args[i])) last = { args, answer: compute(...args) };
    return last.answer;
  };
}
