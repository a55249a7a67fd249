/** The newest mail of the shopper's side in a conversation: whom an answer goes to. */

import type { Entry, Envelope } from "@sonnim/protocol";
import { useMemo } from "react";
import type { DeskState, Table } from "../../app/desk/state";
import { useDeskState } from "../../app/desk/context";
import { memoize } from "../../app/store";
import { useEnvelope } from "./envelopes";

const NOTHING = { id: 0, kind: "event" } as Entry;

export function useLastLetter(conversation: number): Envelope | null {
  const select = useMemo(() => {
    const find = memoize((entries: Table<Entry>) => {
      let last: Entry | undefined;
      for (const each of Object.values(entries)) {
        const theirs = each.conversation_id === conversation && each.kind === "message" && each.author.kind === "contact";
        if (theirs && !each.hidden && each.seq > (last?.seq ?? 0)) last = each;
      }
      return last;
    });
    return (state: DeskState) => find(state.tables.entries);
  }, [conversation]);
  return useEnvelope(useDeskState(select) ?? NOTHING);
}
