/** Tells the shopper's side, or colleagues alone, that somebody is typing: at most every three seconds, and when it ends. */

import { useCallback, useEffect, useMemo, useRef } from "react";
import { useDesk } from "../../app/desk/context";

const EVERY = 3_000;
const ENDS_AFTER = 5_000;

export function useTypingSignal(conversation: number, visible: boolean): { key: (on: boolean) => void; stop: () => void } {
  const desk = useDesk();
  const last = useRef(0);
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  // A new function when it is no longer for the same eyes, so that the effect below ends what was begun.
  const stop = useCallback(() => {
    clearTimeout(end.current);
    if (last.current) desk.typing(conversation, false, !visible);
    last.current = 0;
  }, [desk, conversation, visible]);
  const key = useCallback(
    (on: boolean) => {
      if (!on) return stop();
      clearTimeout(end.current);
      end.current = setTimeout(stop, ENDS_AFTER);
      if (Date.now() - last.current < EVERY) return;
      last.current = Date.now();
      desk.typing(conversation, true, !visible);
    },
    [desk, conversation, visible, stop],
  );
  useEffect(() => stop, [stop]);
  return useMemo(() => ({ key, stop }), [key, stop]);
}
