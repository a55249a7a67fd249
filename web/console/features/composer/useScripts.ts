/** The shop's scripts: read when they are first asked for, kept live by the log from then on. */

import { byId, plainOf, type Canned, type Conversation, type Locale, type RichDocument } from "@sonnim/protocol";
import { useCallback, useEffect, useMemo } from "react";
import { api, serverNow } from "../../app/api";
import { useContact, useConversation, useDesk, useDeskState } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { withChange } from "../../app/desk/state";
import { fromPlain } from "./content";
import { fill, fillText } from "./fill";
import { useSaid, willSay } from "./said";
import { byStage, dayIn, fitting, inForce, lastStage, momentOf, type Choice } from "./scripts";

/** What a ready answer has to know of a talk; one that is yet to begin has no number. */
export type About = Pick<Conversation, "contact_id" | "locale"> & { id: number | null };

const asked = new WeakMap<object, string>();

/** Reads all of them, also for their counts, which nobody is told of. */
export async function readScripts(desk: Desk): Promise<void> {
  const { items } = await api.get<{ items: Canned[] }>(`${desk.base}/canned-responses`);
  desk.store.set((state) => ({ ...withChange(state, { put: { canned_responses: byId(items) } }), cannedRead: true }));
}

/** All that this shop has, or null while they are being read. */
export function useCannedResponses(wanted = true): readonly Canned[] | null {
  const desk = useDesk();
  const table = useDeskState((state) => state.tables.canned_responses);
  const epoch = useDeskState((state) => (state.ready ? "ready" : ""));
  const known = useDeskState((state) => state.cannedRead);
  useEffect(() => {
    if (!wanted || !epoch || known || asked.get(desk) === "asking") return;
    asked.set(desk, "asking");
    readScripts(desk)
      .catch(() => undefined) // asked for again with the next "/"
      .finally(() => asked.delete(desk));
  }, [desk, wanted, epoch, known]);
  return useMemo(() => (known ? Object.values(table) : null), [known, table]);
}

/** In the conversation's language if they have it, then the shop's; not those of other teams or another season. */
export function useScriptChoices(about: About, query: string | null): Choice[] | null {
  const all = useCannedResponses(query !== null);
  const said = useSaid(about.contact_id, query !== null);
  const conversation = useConversation(about.id);
  const locale = useDeskState((state) => state.shop.locale);
  const zone = useDeskState((state) => state.shop.timezone);
  const teams = useDeskState((state) => state.tables.teams);
  const me = useDeskState((state) => state.agentId);
  return useMemo(() => {
    if (query === null || !all || !said) return null;
    const today = dayIn(zone, serverNow());
    const mine = all.filter(
      // What the chat says by itself was read before anybody answers.
      (each) => !each.automatic && inForce(each, today) && (!each.team_id || !teams[each.team_id] || teams[each.team_id]!.agent_ids.includes(me)),
    );
    const found = fitting(mine, query, [about.locale, locale as Locale], said);
    return query ? found : byStage(found, momentOf(conversation ?? null, lastStage(all, said, about.id)));
  }, [all, said, query, conversation, about.id, about.locale, locale, zone, teams, me]);
}

export interface Filling {
  /** As it would be read. */
  text: (choice: Choice, at: number) => string;
  /** To be put into the answer; what is sent of it will be counted. */
  document: (choice: Choice, at: number) => RichDocument;
}

/** Fills scripts for this conversation. */
export function useFilling(about: About): Filling {
  const desk = useDesk();
  const contact = useContact(about.contact_id);
  const shop = useDeskState((state) => state.shop.name);
  const agent = useDeskState((state) => state.tables.agents[state.agentId]?.name ?? "");
  const values = useMemo(() => ({ contact, agent, shop, conversation: about.id }), [contact, agent, shop, about.id]);
  const text = useCallback(
    ({ canned, locale }: Choice, at: number) => fillText(canned.texts[locale]?.[at]?.text ?? "", values),
    [values],
  );
  const document = useCallback(
    ({ canned, locale }: Choice, at: number) => {
      const variant = canned.texts[locale]?.[at];
      const filled = fill(variant?.rich ?? fromPlain(variant?.text ?? ""), values);
      if (variant) willSay(desk, about, { canned: canned.id, variant: variant.id, text: plainOf(filled) });
      return filled;
    },
    [desk, about, values],
  );
  return useMemo(() => ({ text, document }), [text, document]);
}
