/** The shop's mailboxes: read when they are first looked at, kept live by the log from then on. */

import { byId, type Mailbox } from "@sonnim/protocol";
import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { withChange } from "../../../app/desk/state";
import type { Items } from "../../../app/types";

export interface Mailboxes {
  /** The default one first; null while they are being read. */
  list: readonly Mailbox[] | null;
  failed: boolean;
  retry: () => void;
}

export function useMailboxes(): Mailboxes {
  const desk = useDesk();
  const table = useDeskState((state) => state.tables.mailboxes);
  const ready = useDeskState((state) => state.ready);
  const known = useDeskState((state) => state.mailboxesRead);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!ready || known || failed) return;
    let wanted = true;
    api.get<Items<Mailbox>>(`${desk.base}/mailboxes`).then(
      ({ items }) => wanted && desk.store.set((state) => ({ ...withChange(state, { put: { mailboxes: byId(items) } }), mailboxesRead: true })),
      () => wanted && setFailed(true),
    );
    return () => void (wanted = false);
  }, [desk, ready, known, failed]);
  const list = useMemo(
    () =>
      known
        ? Object.values(table).sort((a, b) => Number(b.is_default) - Number(a.is_default) || a.address.localeCompare(b.address))
        : null,
    [known, table],
  );
  return { list, failed, retry: useCallback(() => setFailed(false), []) };
}
