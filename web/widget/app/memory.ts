/** What this browser keeps for the shopper: token, unsent text, name. Falls back to the page's life where storage is shut. */

import { openLocalStorage } from "@sonnim/protocol";
import type { Shelf } from "@sonnim/protocol";
import type { Parent } from "./parent";

export interface Memory {
  readonly shelf: Shelf | null;
  get(name: string): string | null;
  set(name: string, value: string | null): void;
}

export function openMemory(key: string, shelf: Shelf | null = openLocalStorage()): Memory {
  const kept = new Map<string, string>();
  const full = (name: string) => `sonnim:${key}:${name}`;
  return {
    shelf,
    get: (name) => shelf?.getItem(full(name)) ?? kept.get(name) ?? null,
    set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
      try {
        if (value === null) shelf?.removeItem(full(name));
        else shelf?.setItem(full(name), value);
      } catch {
        // Full: `kept` has it until the page goes.
      }
    },
  };
}

/**
 * The store page's storage, for a browser that lets no frame of another site keep anything.
 *
 * @param kept what the page had of ours when it opened the frame.
 */
export function borrowShelf(kept: [string, string][], parent: Parent): Shelf {
  const items = new Map(kept);
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem(name, value) {
      items.set(name, value);
      parent.say("keep", { name, value });
    },
    removeItem(name) {
      if (items.delete(name)) parent.say("keep", { name });
    },
  };
}
