/** Before a draft leaves: where the shop wants to be asked about a remark, it asks, once, and never in the way. */

import { useEffect, useRef, useState } from "react";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { placeOf } from "../useDraft";
import { ask, hasLeft, unask, unasked } from "./kept";
import type { Remark } from "./marks";
import { askCoach, asksBeforeSending, isRefused, type Answer } from "./server";
import type { Coach, Drafting } from "./useCoach";

/** Longer than this nobody waits for the coach. */
export const PATIENCE = 700;

export interface Gate {
  /** Whether the draft is held back for a moment; it leaves with `go` then, or stays. */
  holds: (resolving: boolean, go: () => void) => boolean;
}

export interface Held {
  remarks: readonly Remark[];
  go: () => void;
}

export interface Gatekeeper extends Gate {
  held: Held | null;
  /** The question is answered: it leaves, or one looks at it first. */
  settle: (leaves: boolean) => void;
}

export function useGate(coach: Coach, { conversation: { id, last_seq: after }, draft }: Drafting): Gatekeeper {
  const desk = useDesk();
  const live = useDeskState((state) => state.link === "live");
  const place = placeOf(desk, id);
  const [held, setHeld] = useState<Held | null>(null);
  const checking = useRef(false);
  const open = useRef<Held | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      // Whoever goes elsewhere has not answered: the draft stays, and is asked about when it is sent again.
      if (open.current) unask(place, open.current.remarks);
      open.current = null;
    };
  }, [place]);

  const hold = (next: Held | null) => {
    open.current = next;
    setHeld(next);
  };
  const leave = (go: () => void) => {
    hasLeft(place, draft.latest().text);
    go();
  };
  /** Whether it asks. */
  const asks = ({ remarks }: Answer, go: () => void) => {
    const left = unasked(place, remarks);
    // Where nobody is left to answer, it goes as it does when the coach is late: a shopper waits for it.
    if (!left.length || gone.current) return false;
    ask(place, left);
    hold({ remarks: left, go });
    return true;
  };
  const check = async (text: string, resolving: boolean, go: () => void) => {
    checking.current = true;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await askCoach(desk, id, { text, after, resolving }, patience.signal);
      coach.hear(answer);
      if (asks(answer, go)) return;
    } catch {
      // Too late, or no answer at all: the coach is no reason to keep a shopper waiting.
    } finally {
      clearTimeout(timer);
      checking.current = false;
    }
    leave(go);
  };

  return {
    held,
    settle(leaves) {
      hold(null);
      if (leaves && held) leave(held.go);
    },
    holds(resolving, go) {
      if (checking.current) return true;
      const { kind, text } = draft.latest();
      if (kind === "note") return false;
      const { answer } = coach;
      const known = answer && answer.text === text && answer.after === after && answer.resolving === resolving;
      if (known && asks(answer, go)) return true;
      if (!known && text.trim() && live && !isRefused(desk) && asksBeforeSending(desk)) {
        void check(text, resolving, go);
        return true;
      }
      hasLeft(place, text);
      return false;
    },
  };
}
