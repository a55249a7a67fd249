/** The plan in force, read again as soon as another version is. */

import { useCallback, useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import type { Plan } from "./types";

/** The number of the version in force as far as it is known; 0 for none. */
export function useMark(shop: number): number {
  return useDeskState((state) => state.tables.plans[shop]?.n ?? 0);
}

export function usePlan(): { plan: Plan | null; failed: boolean; reload: () => void } {
  const { base, store } = useDesk();
  const shop = useDeskState((state) => state.shop.id);
  const n = useMark(shop);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const known = plan?.mark.n ?? -1;
  useEffect(() => {
    if (known >= n && known >= 0 && round === 0) return;
    let wanted = true;
    api.get<Plan>(`${base}/plan`).then(
      (read) => {
        if (!wanted) return;
        setPlan(read);
        setFailed(false);
        setRound(0);
        if (read.mark.n) store.set((state) => withChange(state, { put: { plans: { [read.mark.id]: read.mark } } }));
      },
      () => wanted && setFailed(true),
    );
    return () => void (wanted = false);
  }, [base, store, n, known, round]);
  return { plan, failed, reload: useCallback(() => setRound((now) => now + 1), []) };
}
