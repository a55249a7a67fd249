/** Where an outbox keeps its messages: one key each, so that two tabs never overwrite each other's. */

import type { OutboxItem } from "./outbox";

export interface OutboxStorage {
  load(): OutboxItem[];
  /** Throws when it cannot keep the item. */
  put(item: OutboxItem): void;
  remove(clientId: string): void;
  /** Calls back when another tab has changed something; the answer stops it. */
  subscribe(changed: () => void): () => void;
}

export function memoryStorage(items = new Map<string, OutboxItem>()): OutboxStorage {
  return {
    load: () => [...items.values()],
    put: (item) => void items.set(item.client_id, item),
    remove: (id) => void items.delete(id),
    subscribe: () => () => undefined,
  };
}

/** What of a browser's storage is used here; a page may lend its own to a frame that has none. */
export type Shelf = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** Keeps items on the shelf under `<prefix>:<client_id>`; in memory where there is none. */
export function localOutboxStorage(prefix: string, store: Shelf | null = openLocalStorage()): OutboxStorage {
  if (!store) return memoryStorage();
  const start = `${prefix}:`;
  return {
    load() {
      const items: OutboxItem[] = [];
      for (let i = 0; i < store.length; i++) {
        const key = store.key(i) ?? "";
        const item = key.startsWith(start) ? parse(store.getItem(key)) : null;
        if (item) items.push(item);
      }
      return items;
    },
    put: (item) => store.setItem(start + item.client_id, JSON.stringify(item)),
    remove: (id) => store.removeItem(start + id),
    subscribe(changed) {
      const hear = (event: StorageEvent) => {
        if (event.storageArea === store && (event.key === null || event.key.startsWith(start))) changed();
      };
      window.addEventListener("storage", hear);
      return () => window.removeEventListener("storage", hear);
    },
  };
}

/** This page's own storage, or null where the browser forbids it. */
export function openLocalStorage(): Storage | null {
  try {
    const store = window.localStorage;
    store.setItem("sonnim:probe", "1");
    store.removeItem("sonnim:probe");
    return store;
  } catch {
    // Private windows and blocked third-party storage throw on the first touch.
    return null;
  }
}

function parse(text: string | null): OutboxItem | null {
  try {
    const item = JSON.parse(text ?? "") as Partial<OutboxItem>;
    return item.client_id && typeof item.text === "string" ? (item as OutboxItem) : null;
  } catch {
    return null;
  }
}
