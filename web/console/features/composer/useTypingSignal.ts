/** Tells the shopper's side that somebody is typing: at most every three seconds, and when it ends. */

import { useCallback, useEffect, useMemo, useRef } from "react";
import { useDesk } from "../../app/desk/context";

const EVERY = 3_000;
const ENDS_AFTER = 5_000;

export function useTypingSignal(conversation: number, visible: boolean): { key: (on: boolean) => void; stop: () => void } {
  const desk = useDesk();
  const last = useRef(0);
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = useCallback(() => {
    clearTimeout(end.current);
    if (last.current) desk.typing(conversation, false);
    last.current = 0;
  }, [desk, conversation]);
  const key = useCallback(
    (on: boolean) => {
      if (!on || !visible) return stop();
      clearTimeout(end.current);
      end.current = setTimeout(stop, ENDS_AFTER);
      if (Date.now() - last.current < EVERY) return;
      last.current = Date.now();
      desk.typing(conversation, true);
    },
    [desk, conversation, visible, stop],
  );
  useEffect(() => stop, [stop]);
  return useMemo(() => ({ key, stop }), [key, stop]);
}
