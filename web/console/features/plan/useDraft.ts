/** The draft of the plan on the screen. */

import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useStore } from "../../app/store";
import { makeKeeper, type Keeper, type Kept, type Line } from "./keeper";
import type { Draft, DraftState } from "./types";

export type DraftDesk = Kept & Omit<Keeper, "store">;

export function useKeeper(): { keeper: Keeper | null; failed: boolean; reload: () => void } {
  const { base } = useDesk();
  const [keeper, setKeeper] = useState<Keeper | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const path = `${base}/plan/draft`;
    const line: Line = {
      read: () => api.get<Draft>(path),
      write: (v, document) => api.put<DraftState>(path, { v, document }),
    };
    let made: Keeper | null = null;
    let wanted = true;
    const look = () => {
      // Whoever closes the window in the middle of a word keeps it; what others wrote is looked at on the way back.
      const work = document.visibilityState === "visible" ? made?.look() : made?.settled();
      work?.catch(() => undefined); // tried again with the next change
    };
    line.read().then(
      (draft) => {
        if (!wanted) return;
        made = makeKeeper(draft, line);
        setKeeper(made);
        setFailed(false);
      },
      () => wanted && setFailed(true),
    );
    document.addEventListener("visibilitychange", look);
    return () => {
      wanted = false;
      document.removeEventListener("visibilitychange", look);
      // Whoever leaves in the middle of a word keeps it all the same.
      made?.settled().catch(() => undefined);
    };
  }, [base, round]);
  return { keeper, failed, reload: useCallback(() => setRound((now) => now + 1), []) };
}

export function useDraft(keeper: Keeper): DraftDesk {
  const kept = useStore(keeper.store, (state) => state);
  return useMemo(() => ({ ...keeper, ...kept }), [keeper, kept]);
}
