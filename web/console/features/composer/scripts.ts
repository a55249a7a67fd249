/** Which scripts fit a moment of a conversation, and which of their variants comes next. Pure. */

import type { Canned, Conversation, Locale, ScriptStage, ScriptVariant } from "@sonnim/protocol";

/** In the order of a conversation. */
export const STAGES = ["welcome", "understanding", "advice", "negotiation", "payment", "after_sales", "farewell"] as const satisfies readonly ScriptStage[];

/** That a shopper has read a variant, and when. */
export interface Said {
  variant_id: number;
  conversation_id: number | null;
  at: string;
}

/** A script as it would be said here. */
export interface Choice {
  canned: Canned;
  locale: Locale;
  /** Which variant comes first: one that this shopper has not read. */
  at: number;
}

const MOST_FOUND = 8;
const MOST_OF_A_STAGE = 6;

/** The day by a zone's calendar, as `2026-12-24`. */
export function dayIn(zone: string, moment: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);
}

export function inForce({ active_from: first, active_until: last }: Pick<Canned, "active_from" | "active_until">, today: string): boolean {
  return (!first || first <= today) && (!last || today <= last);
}

/** The first variant that was not read yet; when all were, the one that was read longest ago. */
export function unread(variants: readonly ScriptVariant[], said: readonly Said[]): number {
  const when = new Map(said.map((each) => [each.variant_id, each.at]));
  const times = variants.map((each) => when.get(each.id) ?? "");
  return times.indexOf(times.reduce((one, other) => (other < one ? other : one), times[0] ?? ""));
}

/** Those that fit what was typed after `/`: by shortcut first, then by title, then by what they say. */
export function fitting(all: readonly Canned[], query: string, locales: readonly Locale[], said: readonly Said[] = []): Choice[] {
  const wanted = query.toLowerCase();
  const found = all.flatMap((canned) => {
    const locale = locales.find((each) => canned.texts[each]) ?? (Object.keys(canned.texts)[0] as Locale | undefined);
    const variants = locale && canned.texts[locale];
    if (!locale || !variants?.length) return [];
    const where = [canned.shortcut, canned.title.toLowerCase(), variants.map((each) => each.text).join("\n").toLowerCase()];
    const first = canned.shortcut.startsWith(wanted) ? 0 : where.findIndex((each) => each.includes(wanted)) + 1;
    const fits = first || canned.shortcut.startsWith(wanted);
    return fits ? [{ canned, locale, at: unread(variants, said), first }] : [];
  });
  found.sort((a, b) => a.first - b.first || b.canned.used - a.canned.used || a.canned.title.localeCompare(b.canned.title));
  return query ? found.slice(0, MOST_FOUND) : found;
}

const GOODBYE = /감사|고맙|고마워|수고하세요|안녕히|谢谢|多谢|感谢|再见|拜拜|\b(?:thanks|thank you|cheers|bye|goodbye)\b/i;
const ASKS = /[?？]|나요|까요|吗|呢\s*$/;

/** The stage at which a conversation is: greet first, part when it is settled or thanked for, else go one step on. */
export function momentOf(
  conversation: Pick<Conversation, "status" | "last_agent_id" | "last_by" | "last_text"> | null,
  last: ScriptStage | null,
): ScriptStage {
  if (!conversation) return "welcome";
  const { status, last_agent_id: answered, last_by: by, last_text: text } = conversation;
  if (status === "resolved" || (answered !== null && by === "contact" && GOODBYE.test(text) && !ASKS.test(text))) return "farewell";
  if (answered === null) return "welcome";
  const place = STAGES.findIndex((each) => each === last);
  if (place < 0) return "understanding";
  // What was paid for or made good comes to its end.
  return last === "payment" || last === "after_sales" ? "farewell" : (STAGES[place + 1] ?? "farewell");
}

/** The stage of what was said last in a conversation. */
export function lastStage(all: readonly Canned[], said: readonly Said[], conversation: number | null): ScriptStage | null {
  const here = said.filter((each) => each.conversation_id === conversation).sort((a, b) => b.at.localeCompare(a.at));
  for (const { variant_id: id } of here) {
    const found = all.find((canned) => canned.stage && Object.values(canned.texts).some((variants) => variants.some((each) => each.id === id)));
    if (found) return found.stage;
  }
  return null;
}

/** By stage: the one that fits now, then the others as a conversation goes, then those of no stage. */
export function byStage(choices: readonly Choice[], moment: ScriptStage): Choice[] {
  const order: ScriptStage[] = [moment, ...STAGES.filter((each) => each !== moment), ""];
  // The often used first, then as they were written: the first hello before what follows it.
  const known = [...choices].sort((a, b) => b.canned.used - a.canned.used || a.canned.id - b.canned.id);
  return order.flatMap((stage) => known.filter(({ canned }) => canned.stage === stage).slice(0, MOST_OF_A_STAGE));
}

/** Whether a message still says what a script had put into it: one of its sentences stands there as it was. */
export function stillSays(text: string, script: string): boolean {
  const parts = script.split(/\n|(?<=[.!?。！？])\s*/).map((each) => each.trim());
  const telling = parts.filter((each) => each.length >= 4);
  return (telling.length ? telling : [script.trim()]).some((each) => each !== "" && text.includes(each));
}
