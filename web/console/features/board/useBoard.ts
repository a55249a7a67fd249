/** The board's numbers: read again every few seconds, and soon after a count has changed. */

import type { Board, Contact } from "@sonnim/protocol";
import { useEffect, useRef, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";

const EVERY = 5_000;
const SOON = 700;

export interface Shown {
  board: Board;
  contacts: Map<number, Contact>;
}

export function useBoard(): { shown: Shown | null; failed: boolean; reload: () => void } {
  const { base } = useDesk();
  const [shown, setShown] = useState<Shown | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const waiting = useDeskState((state) => state.tables.counts.waiting?.v ?? 0);
  const read = useRef((): void => undefined);
  useEffect(() => {
    let wanted = true;
    let busy = false;
    read.current = () => {
      if (busy || document.visibilityState === "hidden") return;
      busy = true;
      api
        .get<Board>(`${base}/board`)
        .then(
          (board) => {
            if (!wanted) return;
            setShown({ board, contacts: new Map(board.contacts.map((each) => [each.id, each])) });
            setFailed(false);
          },
          () => wanted && setFailed(true),
        )
        .finally(() => (busy = false));
    };
    read.current();
    const timer = setInterval(() => read.current(), EVERY);
    const back = () => read.current();
    document.addEventListener("visibilitychange", back);
    return () => {
      wanted = false;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", back);
    };
  }, [base, round]);
  useEffect(() => {
    const timer = setTimeout(() => read.current(), SOON);
    return () => clearTimeout(timer);
  }, [waiting]);
  return { shown, failed, reload: () => setRound((now) => now + 1) };
}
