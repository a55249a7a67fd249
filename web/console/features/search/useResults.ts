/** Results as one types: each letter asks anew after a moment, and what was asked before is given up. */

import { useDebouncedValue } from "@mantine/hooks";
import type { ContactHit, MessageHit, SearchAnswer } from "@sonnim/protocol";
import { useCallback, useEffect, useState } from "react";
import { api, serverNow } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { addressOf, requestOf, type Question } from "./question";

/** Faster than this nobody types on purpose. */
const PAUSE_MS = 120;
/** Pages without a result that are turned at once when a filter lets little through. */
const EMPTY_PAGES = 5;

export interface Results {
  messages: MessageHit[];
  hits: ContactHit[];
  next: string | null;
  /** Until when everything has been looked through, when there is more. */
  upto: string | null;
}

interface State {
  /** Of the question that is on the screen now; null while the first answer is on its way. */
  results: Results | null;
  failed: boolean;
  busy: boolean;
  more: () => void;
  retry: () => void;
}

const byId = <T extends { id: number }>(items: T[]) => Object.fromEntries(items.map((each) => [each.id, each]));

export function useResults(question: Question): State {
  const { base, store } = useDesk();
  const [asked] = useDebouncedValue(question, PAUSE_MS);
  const [shown, setShown] = useState<{ of: string; results: Results } | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const address = addressOf(asked);

  const read = useCallback(
    async (cursor: string | null, signal?: AbortSignal): Promise<Results> => {
      const found: Results = { messages: [], hits: [], next: cursor, upto: null };
      for (let page = 0; page < EMPTY_PAGES && !found.messages.length && !found.hits.length; page++) {
        const from = found.next ? `&cursor=${encodeURIComponent(found.next)}` : "";
        const answer = await api.get<SearchAnswer>(`${base}${requestOf(asked, serverNow())}${from}`, signal);
        const { conversations, contacts } = answer;
        store.set((state) => withChange(state, { put: { conversations: byId(conversations), contacts: byId(contacts) } }));
        Object.assign(found, { messages: answer.messages, hits: answer.hits, next: answer.next, upto: answer.upto });
        if (!found.next) break;
      }
      return found;
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the address says all that is asked
    [address, base, store],
  );

  useEffect(() => {
    if (!asked.q.trim()) return undefined;
    const stop = new AbortController();
    read(null, stop.signal).then(
      (results) => {
        setShown({ of: address, results });
        setFailed(false);
      },
      () => stop.signal.aborted || setFailed(true),
    );
    return () => stop.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `read` changes with the address
  }, [read, round]);

  const more = () => {
    const next = shown?.results.next;
    if (!next || busy) return;
    setBusy(true);
    read(next)
      .then((page) => setShown((now) => (now?.of === address ? { of: address, results: joined(now.results, page) } : now)))
      .catch(() => setFailed(true))
      .finally(() => setBusy(false));
  };
  // What was found before stays until the next answer is there: nothing jumps while one types.
  const results = asked.q.trim() && question.q.trim() ? (shown?.results ?? null) : null;
  return { results, failed, busy: busy || (shown !== null && shown.of !== addressOf(question)), more, retry: () => setRound((now) => now + 1) };
}

/** Of a conversation that an earlier page has named, a later one names an older message: once is enough. */
export function joined(before: Results, page: Results): Results {
  const counted = new Set(before.messages.filter((each) => each.count !== null).map((each) => each.conversation_id));
  const fresh = page.messages.filter((each) => each.count === null || !counted.has(each.conversation_id));
  return { ...page, messages: [...before.messages, ...fresh], hits: [...before.hits, ...page.hits] };
}
