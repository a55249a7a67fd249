/** Whether the row of formats is shown; this browser remembers. */

import { useState } from "react";

const KEY = "sonnim:formats";

export function useToolbar(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(KEY) === "on";
    } catch {
      return false; // storage is blocked
    }
  });
  const set = (next: boolean) => {
    setOn(next);
    try {
      localStorage.setItem(KEY, next ? "on" : "off");
    } catch {
      // Storage is blocked: the choice lasts as long as the conversation is open.
    }
  };
  return [on, set];
}
