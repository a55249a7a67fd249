/** What became of the conversations in which a script was used, and in which languages it can be said. Pure. */

import type { Canned, Locale, ScriptStage, ScriptVariant } from "@sonnim/protocol";
import { LOCALES } from "../../../app/i18n";
import { STAGES } from "../../composer/scripts";

export type Outcome = Pick<ScriptVariant, "used" | "answered" | "resolved" | "solved" | "unsolved">;
const NOTHING: Outcome = { used: 0, answered: 0, resolved: 0, solved: 0, unsolved: 0 };

export const variantsOf = ({ texts }: Canned): readonly ScriptVariant[] => Object.values(texts).flat();

/** Of all its variants together. */
export function outcomeOf(script: Canned): Outcome {
  return variantsOf(script).reduce<Outcome>(
    (sum, each) => ({
      used: sum.used + each.used,
      answered: sum.answered + each.answered,
      resolved: sum.resolved + each.resolved,
      solved: sum.solved + each.solved,
      unsolved: sum.unsolved + each.unsolved,
    }),
    NOTHING,
  );
}

/** A share in whole per cent; null where too little is known to say. */
export function share(part: number, whole: number): number | null {
  return whole ? Math.round((part / whole) * 100) : null;
}

export const missingIn = (script: Canned): Locale[] => LOCALES.filter((each) => !script.texts[each]?.length);

/** Whether a period is to come, is now, or is over. */
export function season({ active_from: first, active_until: last }: Pick<Canned, "active_from" | "active_until">, today: string): "ahead" | "now" | "over" {
  if (first && today < first) return "ahead";
  return last && last < today ? "over" : "now";
}

const placeOf = ({ stage }: Canned) => (stage ? STAGES.indexOf(stage) : STAGES.length);

/** Those of a stage (null: of any) that say or are called what is looked for; in the order of a conversation, then by name. */
export function listed(all: readonly Canned[], stage: ScriptStage | null, query: string): Canned[] {
  const word = query.trim().toLowerCase();
  const said = (each: Canned) => `${each.shortcut} ${each.title} ${variantsOf(each).map((one) => one.text).join(" ")}`.toLowerCase();
  return all
    .filter((each) => (stage === null || each.stage === stage) && said(each).includes(word))
    .sort((a, b) => placeOf(a) - placeOf(b) || a.title.localeCompare(b.title));
}
