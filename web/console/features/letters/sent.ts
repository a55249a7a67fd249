/** A mail as it was sent, read once when somebody wants to see it. */

import type { Entry, SentLetter } from "@sonnim/protocol";
import { useCallback, useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";

const KEPT_AT_MOST = 30;
const kept = new Map<string, Promise<SentLetter>>();

export const letterUrl = (base: string, { conversation_id, seq }: Pick<Entry, "conversation_id" | "seq">) =>
  `${base}/conversations/${conversation_id}/entries/${seq}/letter`;

export function readLetter(base: string, entry: Entry): Promise<SentLetter> {
  const url = letterUrl(base, entry);
  const found = kept.get(url) ?? api.get<SentLetter>(url);
  kept.set(url, found);
  found.catch(() => kept.delete(url));
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT_AT_MOST && oldest !== undefined) kept.delete(oldest);
  return found;
}

export function useLetter(entry: Entry, wanted: boolean): { letter: SentLetter | "failed" | null; again: () => void } {
  const { base } = useDesk();
  const [letter, setLetter] = useState<SentLetter | "failed" | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    readLetter(base, entry).then(
      (found) => !gone && setLetter(found),
      () => !gone && setLetter("failed"),
    );
    return () => {
      gone = true;
    };
    // What was sent does not change with the entry's state.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [base, entry.id, wanted, tries]);
  const again = useCallback(() => {
    setLetter(null);
    setTries((now) => now + 1);
  }, []);
  return { letter, again };
}
