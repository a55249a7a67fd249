/** The shop's macros, and running one on conversations: what came of it is told, and can be undone. */

import { useCallback, useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { useWords, type Words } from "../../app/i18n";
import { attempt, toastDone, toastUndo } from "../../ui/toast";
import { fillText } from "../composer/fill";
import { fitting } from "../composer/scripts";
import { readScripts } from "../composer/useScripts";

export interface Macro {
  id: number;
  name: string;
}
interface Ran {
  changed: number;
  refused: object[];
  bulk_ids: number[];
  canned_id: number | null;
}
export interface Running {
  ids: readonly number[];
  /** Puts the macro's script into the composer; none where there is no composer. */
  onSay?: ((text: string) => void) | undefined;
  onDone?: (() => void) | undefined;
}

const FRESH_MS = 60_000;
const known = new Map<string, { at: number; macros: Promise<Macro[]> }>();

/** Read once in a while: nobody is told of a macro that was worded otherwise. */
function macrosOf(base: string): Promise<Macro[]> {
  const kept = known.get(base);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.macros;
  const macros = api.get<{ items: Macro[] }>(`${base}/macros`).then(({ items }) => items);
  known.set(base, { at: Date.now(), macros });
  macros.catch(() => known.delete(base));
  return macros;
}

/** All macros, once they are wanted and have been read; whatever offers them goes without until then. */
export function useMacros(wanted: boolean, again: unknown): readonly Macro[] {
  const desk = useDesk();
  const [macros, setMacros] = useState<readonly Macro[]>([]);
  useEffect(() => {
    let here = wanted;
    if (wanted) {
      macrosOf(desk.base).then(
        (found) => here && setMacros(found),
        () => undefined,
      );
    }
    return () => void (here = false);
  }, [desk.base, wanted, again]);
  return macros;
}

export function useRunMacro({ ids, onSay, onDone }: Running): (macro: Macro) => void {
  const words = useWords();
  const desk = useDesk();
  const said = useScriptText(ids);
  return useCallback(
    (macro: Macro) =>
      void attempt(words, async () => {
        const ran = await api.post<Ran>(`${desk.base}/macros/${macro.id}/run`, { ids });
        tell(desk, words, macro, ran);
        if (ran.canned_id !== null && onSay) {
          await readScripts(desk);
          const text = said(ran.canned_id);
          if (text) onSay(text);
        }
        onDone?.();
      }),
    [words, desk, ids, onSay, onDone, said],
  );
}

function tell(desk: Desk, words: Words, { name }: Macro, { refused, bulk_ids }: Ran): void {
  const message = refused.length ? words.t("macro.refused", { name, n: refused.length }) : words.t("macro.done", { name });
  if (!bulk_ids.length) {
    toastDone(message);
    return;
  }
  // The last step is taken back first.
  const undo = async () => {
    for (const id of [...bulk_ids].reverse()) await api.post(`${desk.base}/conversations/bulk/${id}/undo`);
  };
  toastUndo(words, message, () => void attempt(words, undo));
}

/** A script in the words of this conversation, with the names in it. */
function useScriptText(ids: readonly number[]): (canned: number) => string {
  const desk = useDesk();
  const shop = useDeskState((state) => state.shop);
  return useCallback(
    (id) => {
      const { tables, agentId } = desk.store.get();
      const [canned, conversation] = [tables.canned_responses[id], tables.conversations[ids[0] ?? 0]];
      if (!canned || !conversation) return "";
      const [choice] = fitting([canned], "", [conversation.locale as typeof shop.locale, shop.locale]);
      const contact = tables.contacts[conversation.contact_id];
      const agent = tables.agents[agentId]?.name ?? "";
      return choice ? fillText(canned.texts[choice.locale]?.[choice.at]?.text ?? "", { contact, agent, shop: shop.name, conversation: conversation.id }) : "";
    },
    [desk, shop, ids],
  );
}
