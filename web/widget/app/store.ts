/** The smallest observable state that Preact can hang on. */

import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  readonly state: T;
  set(change: Partial<T>): void;
  subscribe(hear: () => void): () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let state = initial;
  const ears = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      for (const hear of ears) hear();
    },
    subscribe(hear) {
      ears.add(hear);
      return () => void ears.delete(hear);
    },
  };
}

export function useStore<T extends object>(store: Store<T>): T {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    const hear = () => setState(store.state);
    hear(); // what changed between the first drawing and now
    return store.subscribe(hear);
  }, [store]);
  return state;
}
