/** Pages of contacts, live: what the desk knows of a contact goes before what the page said. */

import type { Contact } from "@sonnim/protocol";
import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import type { Items } from "../../app/types";

interface Contacts {
  items: Contact[] | null;
  next: string | null;
  failed: boolean;
  busy: boolean;
  more: () => void;
  reload: () => void;
}

interface Found {
  query: string;
  own: Contact[];
  next: string | null;
}

export function useContacts(begins: string): Contacts {
  const { base, store } = useDesk();
  const table = useDeskState((state) => state.tables.contacts);
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);

  const read = useCallback(
    async (cursor: string | null, signal?: AbortSignal) => {
      const query = `limit=50&q=${encodeURIComponent(begins)}${cursor ? `&cursor=${cursor}` : ""}`;
      const page = await api.get<Items<Contact>>(`${base}/contacts?${query}`, signal);
      store.set((state) => withChange(state, { put: { contacts: Object.fromEntries(page.items.map((each) => [each.id, each])) } }));
      return { own: page.items, next: page.next ? String(page.next) : null };
    },
    [base, begins, store],
  );

  useEffect(() => {
    const stop = new AbortController();
    read(null, stop.signal).then(
      (page) => {
        setFound({ query: begins, ...page });
        setFailed(false);
      },
      () => stop.signal.aborted || setFailed(true),
    );
    return () => stop.abort();
  }, [read, begins, round]);

  const more = () => {
    if (!found?.next || busy) return;
    setBusy(true);
    read(found.next)
      .then((page) => setFound((now) => (now?.query === begins ? { ...now, own: [...now.own, ...page.own], next: page.next } : now)))
      .catch(() => setFailed(true))
      .finally(() => setBusy(false));
  };
  const items = useMemo(() => found?.own.map((each) => table[each.id] ?? each) ?? null, [found, table]);
  // Somebody was merged into another, or all was read anew: the list is read again, too.
  const lost = found?.own.some((each) => !table[each.id]) ?? false;
  useEffect(() => {
    if (!lost) return;
    const stop = new AbortController();
    read(null, stop.signal).then(
      (page) => setFound({ query: begins, ...page }),
      () => stop.signal.aborted || setFailed(true),
    );
    return () => stop.abort();
  }, [lost, read, begins]);
  return { items, next: found?.next ?? null, failed, busy, more, reload: () => setRound((now) => now + 1) };
}
