/** From where on the desk had not read when this was opened, or while the agent looked away. */

import type { Entry } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { useDesk } from "../../app/desk/context";
import { firstUnread } from "../../app/desk/timeline";

export function useUnread(conversation: number, entries: readonly (Entry | undefined)[]): number | null {
  const desk = useDesk();
  const [span, setSpan] = useState(() => {
    const { desk_seen_seq = 0, last_seq = 0 } = desk.store.get().tables.conversations[conversation] ?? {};
    return { after: desk_seen_seq, upto: last_seq };
  });
  useEffect(() => {
    const last = () => desk.store.get().tables.conversations[conversation]?.last_seq ?? 0;
    const looksAway = () => setSpan({ after: last(), upto: Infinity });
    // What comes while somebody looks is read as it comes.
    const looks = () => setSpan((was) => (was.upto === Infinity ? { ...was, upto: last() } : was));
    window.addEventListener("blur", looksAway);
    window.addEventListener("focus", looks);
    return () => {
      window.removeEventListener("blur", looksAway);
      window.removeEventListener("focus", looks);
    };
  }, [desk, conversation]);
  return firstUnread(entries, span.after, span.upto);
}
