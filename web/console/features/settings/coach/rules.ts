/** The coach's rules as a lead looks at them: in groups, filtered, and with an eye on those that nobody wants. */

import type { CoachRule } from "@sonnim/protocol";
import type { RuleWords } from "./words";

export const SEVERITIES = ["note", "warning", "serious"] as const;
export type Severity = CoachRule["severity"];

/** What a shop wants of a rule; `severity` null is the rule's own. */
export interface Wanted {
  severity: Severity | null;
  on: boolean;
  strict: boolean;
}

export const GROUPS = {
  tone: ["greet-back", "curt", "blame", "rhetorical", "cold", "taboo", "no-apology", "over-apology", "over-thanks", "register-mixed", "missing-closing"],
  answer: ["unanswered-question", "bare-link", "look-yourself", "same-page-link", "machine-like", "repeated-text", "chit-chat"],
  clear: ["too-long", "wall-of-text", "jargon", "abbreviation", "foreign-word", "wrong-language", "date-without-weekday", "look-alike-digits"],
  promise: ["promise-without-date", "missing-next-step", "refusal-without-reason", "refusal-without-alternative", "beyond-plan"],
  right: ["number-mismatch", "contradiction", "wrong-name", "sensitive"],
} as const;
export type Group = keyof typeof GROUPS;

export const SHOWS = ["all", "off", "strict", "often", "quiet"] as const;
export type Show = (typeof SHOWS)[number];

const MANY = 3;

/** Whether those who see it mostly wave it away: then it helps nobody as it is. */
export function oftenDismissed({ on, seen, dismissed, applied }: CoachRule): boolean {
  return on && dismissed >= MANY && dismissed > applied && dismissed * 3 >= seen;
}

const SHOWN: Record<Show, (rule: CoachRule) => boolean> = {
  all: () => true,
  off: ({ on }) => !on,
  strict: ({ on, strict }) => on && strict,
  often: oftenDismissed,
  quiet: ({ quiet_agents }) => quiet_agents.length > 0,
};

/** The rules that are looked for, in their groups; a rule that is in none stands with what is right and safe. */
export function grouped(rules: readonly CoachRule[], words: RuleWords, show: Show, sought: string): [Group, CoachRule[]][] {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, "");
  const wanted = plain(sought);
  const found = rules.filter((each) => SHOWN[show](each) && plain(`${nameOf(words, each.rule)}${words[each.rule]?.about ?? ""}${each.rule}`).includes(wanted));
  const names = Object.keys(GROUPS) as Group[];
  const groupOf = (rule: string) => names.find((name) => (GROUPS[name] as readonly string[]).includes(rule)) ?? "right";
  const place = ({ rule }: CoachRule) => (GROUPS[groupOf(rule)] as readonly string[]).indexOf(rule);
  return names.flatMap((name): [Group, CoachRule[]][] => {
    const here = found.filter(({ rule }) => groupOf(rule) === name).sort((a, b) => place(a) - place(b));
    return here.length ? [[name, here]] : [];
  });
}

export function nameOf(words: RuleWords, rule: string): string {
  return words[rule]?.name ?? rule;
}

/** A rule after a change, as it will stand: without a weight of the shop's own it has the usual one. */
export function changed(rule: CoachRule, { severity, on, strict }: Wanted): CoachRule {
  return { ...rule, on, strict, severity: severity ?? rule.own_severity };
}

export function wantedOf({ severity, own_severity, on, strict }: CoachRule): Wanted {
  return { severity: severity === own_severity ? null : severity, on, strict };
}
