/** The list behind the bell: pages from the server, fresh while something unseen is not in it. */

import type { Notice } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import type { Desk } from "../../app/desk/desk";

export interface ListedNotice extends Notice {
  contact_id: number;
  contact_name: string;
  text: string;
}

interface Page {
  items: ListedNotice[];
  next: number | null;
}

interface ListState {
  status: "loading" | "ready" | "error";
  items: ListedNotice[];
  next: number | null;
}

export function useNotices(): ListState & { more: () => void; again: () => void } {
  const { base } = useDesk();
  const newest = useDeskState((state) => Math.max(0, ...Object.keys(state.tables.notifications).map(Number)));
  const [list, setList] = useState<ListState>({ status: "loading", items: [], next: null });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    readPage(base, null).then(
      (page) => wanted && setList({ status: "ready", ...page }),
      () => wanted && setList((was) => ({ ...was, status: was.items.length ? "ready" : "error" })),
    );
    return () => void (wanted = false);
  }, [base, newest, tries]);
  const more = () => {
    readPage(base, list.next).then(
      ({ items, next }) => setList((was) => ({ ...was, items: [...was.items, ...items], next })),
      () => undefined, // the button is still there
    );
  };
  return { ...list, more, again: () => setTries((n) => n + 1) };
}

function readPage(base: string, before: number | null): Promise<Page> {
  return api.get<Page>(`${base}/notifications?limit=30${before ? `&cursor=${before}` : ""}`);
}

type Which = { ids: number[] } | { conversation_id: number } | { all: true };

/** Shown as seen at once; the event says the same a moment later, or the next snapshot says otherwise. */
export async function markSeen(desk: Desk, which: Which): Promise<void> {
  const unseen = Object.values(desk.store.get().tables.notifications);
  const gone = unseen.filter((each) =>
    "all" in which ? true : "ids" in which ? which.ids.includes(each.id) : each.conversation_id === which.conversation_id,
  );
  if (!gone.length) return;
  desk.store.set((state) => withChange(state, { drop: { notifications: gone.map((each) => each.id) } }));
  await api.post(`${desk.base}/notifications/seen`, which);
}
