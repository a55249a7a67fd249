/** What a shopper may expect: when the shop is closed, who comes before, how long an answer takes. */

import type { Words } from "../locale";
import { conversationOf, entriesOf, isOpen, waitingSince } from "../state";
import { useScene } from "./context";

const MOST = 50;
const RECENT = 10 * 60_000;

function within(t: Words, seconds: number): string {
  if (seconds <= 60) return t("wait.minute");
  return seconds <= 3600 ? t("wait.minutes", { n: Math.ceil(seconds / 60) }) : t("wait.long");
}

/** Under the greeting, before anything is written. */
export function Expectation() {
  const { state, t } = useScene();
  const open = isOpen(state);
  if (open === null) return null;
  const wait = state.now?.wait_s;
  const closed = state.shop.closed[t.locale] || t("closed");
  if (!open) return <p class="expect" data-testid="closed">{closed}</p>;
  return wait == null ? null : <p class="expect" data-testid="expected">{within(t, wait)}</p>;
}

/** Below a message that has no answer yet: the place in the queue. Nobody in mid-conversation is told to queue. */
export function Place() {
  const { state, t } = useScene();
  const since = waitingSince(state);
  if (since === null || !state.now || !isOpen(state) || !conversationOf(state)) return null;
  if (entriesOf(state).some((entry) => entry.author.kind === "agent" && since - Date.parse(entry.at) < RECENT)) return null;
  const { ahead, wait_s: wait } = state.now;
  const place = ahead === 0 ? t("wait.next") : ahead >= MOST ? t("wait.many", { n: MOST }) : t("wait.ahead", { n: ahead });
  return (
    <p class="event" role="status" data-testid="place">
      {place}
      {wait != null && ` ${within(t, wait)}`}
    </p>
  );
}
