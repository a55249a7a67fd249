/** Marking a conversation as spam, and taking that back. */

import type { Conversation } from "@sonnim/protocol";
import { markSpam } from "../../app/desk/actions";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastDone, toastUndo } from "../../ui/toast";

export function useSpam({ id, status }: Conversation): { toggleSpam: () => void } {
  const words = useWords();
  const desk = useDesk();
  const spam = status === "spam";
  return {
    toggleSpam: () =>
      void attempt(words, () => markSpam(desk, id, !spam)).then((done) => {
        if (!done) return;
        if (spam) toastDone(words.t("done.notSpam"));
        else toastUndo(words, words.t("done.spam"), () => void attempt(words, () => markSpam(desk, id, false)));
      }),
  };
}
