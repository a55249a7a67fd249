/** What the message that I just sent promises, and which older promise it may have kept. */

import type { Conversation, FoundPromise, PromiseMade } from "@sonnim/protocol";
import { useEffect, useMemo, useRef, useState } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import type { DeskState } from "../../app/desk/state";
import { findIn, makeOpenIn } from "./promises";

export interface Offer {
  seq: number;
  found: FoundPromise;
}

/** The newest message of mine in a conversation after a place. */
function newestOfMine(state: DeskState, conversation: number, after: number): number {
  let newest = 0;
  for (const entry of Object.values(state.tables.entries)) {
    const mine = entry.author.kind === "agent" && entry.author.id === state.agentId && entry.kind === "message";
    if (mine && entry.conversation_id === conversation && entry.seq > Math.max(after, newest)) newest = entry.seq;
  }
  return newest;
}

export function useOffer(conversation: Conversation): {
  offer: Offer | null;
  /** Promised before my newest message: it may be done with that. */
  perhapsDone: PromiseMade | null;
  settle: () => void;
  notYet: (promise: PromiseMade) => void;
} {
  const { id, last_seq, last_by, last_agent_id } = conversation;
  const desk = useDesk();
  const looked = useRef(last_seq);
  const [offers, setOffers] = useState<Offer[]>([]);
  const [said, setSaid] = useState(0);
  const [later, setLater] = useState<readonly number[]>([]);
  const open = useDeskState(useMemo(() => makeOpenIn(id), [id]));
  const me = useDeskState((state) => state.agentId);
  const gone = useDeskState((state) => {
    const first = offers[0];
    return first !== undefined && Object.values(state.tables.entries).some((each) => each.conversation_id === id && each.seq === first.seq && each.hidden !== null);
  });
  useEffect(() => {
    if (last_by !== "agent" || last_agent_id !== me) return;
    const seq = newestOfMine(desk.store.get(), id, looked.current);
    if (!seq) return;
    looked.current = seq;
    setSaid(seq);
    setOffers([]);
    findIn(desk, id, seq).then(
      (found) => looked.current === seq && setOffers(found.map((each) => ({ seq, found: each }))),
      () => undefined, // nothing is lost: it can be kept in mind by hand
    );
  }, [desk, id, last_seq, last_by, last_agent_id, me]);
  const perhapsDone = open.find((each) => said > 0 && each.made_at <= madeBefore(desk.store.get(), id, said) && each.said_seq !== said && !later.includes(each.id));
  return {
    offer: gone ? null : (offers[0] ?? null),
    perhapsDone: perhapsDone ?? null,
    settle: () => setOffers((now) => now.slice(1)),
    notYet: (promise) => setLater((now) => [...now, promise.id]),
  };
}

function madeBefore(state: DeskState, conversation: number, seq: number): string {
  const entry = Object.values(state.tables.entries).find((each) => each.conversation_id === conversation && each.seq === seq);
  return entry?.at ?? "";
}
