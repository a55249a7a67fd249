/** Which key press sends. */

import type { KeyboardEvent } from "react";

type Press = Pick<KeyboardEvent, "key" | "shiftKey" | "altKey"> & {
  nativeEvent: Pick<KeyboardEvent["nativeEvent"], "isComposing" | "keyCode">;
};

/** Enter sends; not with Shift, and not while Korean or Chinese letters are being put together. */
export function sends(event: Press, composing: boolean): boolean {
  const { isComposing, keyCode } = event.nativeEvent;
  // Safari ends the composition before the key press of its Enter; that one has keyCode 229.
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing && !composing && keyCode !== 229;
}
