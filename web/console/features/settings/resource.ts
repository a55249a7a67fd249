/** A list of the settings that is read when it is looked at. */

import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../app/api";
import type { EventFrame } from "@sonnim/protocol";
import { useDesk, useDeskState } from "../../app/desk/context";

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

/** Hands on what happens at the desk while a list is looked at; `again` when the line was away, and something was perhaps missed. */
export function useFollowing(hear: (event: EventFrame) => void, again: () => void): void {
  const { listen } = useDesk();
  const live = useDeskState((state) => state.link === "live");
  const known = useRef<"live" | "away" | null>(null);
  const heard = useRef({ hear, again });
  useEffect(() => void (heard.current = { hear, again }));
  useEffect(() => listen((event) => heard.current.hear(event)), [listen]);
  useEffect(() => {
    if (live && known.current === "away") heard.current.again();
    if (live || known.current) known.current = live ? "live" : "away";
  }, [live]);
}
