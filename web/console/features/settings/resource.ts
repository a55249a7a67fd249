/** A list of the settings that is read when it is looked at. */

import { useCallback, useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";

export interface Resource<T> {
  data: T | null;
  failed: boolean;
  reload: () => void;
  set: (change: (now: T) => T) => void;
}

export function useResource<T>(path: string): Resource<T> {
  const { base } = useDesk();
  const [data, setData] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    api.get<T>(`${base}${path}`).then(
      (answer) => {
        if (!wanted) return;
        setData(answer);
        setFailed(false);
      },
      () => wanted && setFailed(true),
    );
    return () => void (wanted = false);
  }, [base, path, round]);
  const reload = useCallback(() => setRound((now) => now + 1), []);
  const set = useCallback((change: (now: T) => T) => setData((now) => (now === null ? now : change(now))), []);
  return { data, failed, reload, set };
}
