/** Empties the composer of words that came back to it although the server has them. */

import { useEffect } from "react";
import { useDesk } from "../../app/desk/context";
import { trimmed } from "./content";
import { settle } from "./unanswered";
import type { DraftHandle } from "./useDraft";
import { bodyOf } from "./useSending";

export function useArrival(conversation: number, draft: Pick<DraftHandle, "latest" | "clear">): void {
  const desk = useDesk();
  // With each drawing, too: after a line that was down there is a new state and no event.
  useEffect(() => {
    const look = () => {
      if (settle(desk, conversation, bodyOf(trimmed(draft.latest())))) draft.clear();
    };
    look();
    return desk.listen(look);
  });
}
