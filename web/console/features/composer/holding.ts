/** Whether this browser holds every message for ten seconds before it is sent, rather than taking it back. */

import { createStore, useStore } from "../../app/store";

const KEY = "sonnim:hold-messages";

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false; // storage is blocked
  }
}

const holding = createStore(remembered());

export const holds = (): boolean => holding.get();
export const useHolds = (): boolean => useStore(holding, (on) => on);

export function setHolds(on: boolean): void {
  holding.set(() => on);
  try {
    if (on) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
