/** Where a new letter is written, whatever is on the screen; loaded when somebody wants to write one. */

import { lazy, Suspense, useEffect } from "react";
import { useCommand } from "../../app/commands";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useStore } from "../../app/store";
import { askedLetter, closeLetter, writeLetter } from "./asked";

const NewLetter = lazy(() => import("./NewLetter"));

/** Whether the desk may begin letters at all. */
export function useMayWriteLetters(): boolean {
  const letters = useDeskState((state) => state.channels.some((channel) => channel.letters));
  return useMay("conversation.reply") && letters;
}

export function Letters() {
  const { base } = useDesk();
  const asked = useStore(askedLetter, (each) => each);
  // Who signs in next on this browser, and another shop's desk, have not asked for it.
  useEffect(() => closeLetter, [base]);
  useCommand("newLetter", () => writeLetter(), useMayWriteLetters() && !asked);
  return <Suspense>{asked && <NewLetter asked={asked} onClose={closeLetter} />}</Suspense>;
}
