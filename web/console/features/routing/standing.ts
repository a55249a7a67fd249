/** Where an agent stands: what they have chosen, and whether their line is open. */

import type { Agent, Presence, Seat } from "@sonnim/protocol";
import type { Words } from "../../app/i18n";

export type Reason = Seat["reason"];
/** What one may say oneself. */
export const REASONS = ["lunch", "break", "call", "meeting", "training"] as const;

export interface Standing {
  presence: Presence;
  reason: Reason;
  note: string;
  since: string | null;
}

/** `line` is what the live side says; for oneself it is always open. */
export function standingOf(agent: Pick<Agent, "availability">, seat: Seat | undefined, line: Presence = "offline"): Standing {
  if (agent.availability === "online") return { presence: line, reason: "", note: "", since: null };
  const presence = line === "offline" || seat?.absence === "offline" ? "offline" : "away";
  return { presence, reason: seat?.reason ?? "", note: seat?.note ?? "", since: seat?.since ?? null };
}

/** The same in words: "Away · lunch". */
export function stateText({ t, lookup }: Pick<Words, "t" | "lookup">, { presence, reason, note }: Standing): string {
  const state = t(`presence.${presence}`);
  const why = note || (reason ? lookup(`away.${reason}`, "away.other") : "");
  return why ? `${state} · ${why}` : state;
}
