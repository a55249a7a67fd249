/** Keeps a view in step with time: who has waited long enough comes into "waiting longer than" without any event. */

import { byId, type View } from "@sonnim/protocol";
import { useEffect } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { follows } from "../../app/desk/queues";
import { withChange } from "../../app/desk/state";
import type { QueuePage } from "../../app/types";

const STEP = 10;
const NEVER = 1e9;
const EACH = 60_000;
const MOST = 5;

/** Draws the list again every ten seconds, and asks each minute for those that this window has not heard of. */
export function useClock(view: View | undefined): void {
  const desk = useDesk();
  const moves = follows(view?.filter);
  const id = view?.id;
  useNow(moves ? STEP : NEVER);
  useEffect(() => {
    if (!moves || id === undefined) return undefined;
    const timer = setInterval(() => {
      // Without an answer the list stays as it is; the next minute asks again.
      if (document.visibilityState === "visible") topUp(desk, id).catch(() => undefined);
    }, EACH);
    return () => clearInterval(timer);
  }, [desk, moves, id]);
}

/** Adds the view's conversations to what is known, without moving how far the list was read. */
async function topUp(desk: Desk, view: number): Promise<void> {
  let cursor: string | null = "";
  for (let page = 0; page < MOST && cursor !== null; page++) {
    const from: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const found: QueuePage = await api.get<QueuePage>(`${desk.base}/conversations?view=${view}&limit=100${from}`);
    const put = { conversations: byId(found.items), contacts: byId(found.contacts) };
    desk.store.set((state) => withChange(state, { put }));
    cursor = found.next;
  }
}
