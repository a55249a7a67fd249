/** What rules and macros are made of, and how they are said in a sentence. */

import type { Tables } from "../../../app/desk/state";
import { LANGUAGE_NAMES, LOCALES, type Words } from "../../../app/i18n";
import type { Channel } from "../../../app/types";
import { PRIORITIES } from "../../../ui/Priority";
import { livingTags } from "../../tags/Tags";

export type Value = number | string | null;
export interface Condition {
  field: string;
  op: string;
  value: Value[];
}
/** An event or an action: its name under `event` or `do`, and what goes with it. */
export type Part = Record<string, unknown>;
export interface Wording {
  when: Part[];
  if: { all: Condition[]; any: Condition[] };
  then: Part[];
  stop: boolean;
}
export interface Rule {
  id: number;
  name: string;
  position: number;
  active: boolean;
  wording: Wording;
  acted: number;
  last_acted_at: string | null;
}
export interface Macro {
  id: number;
  name: string;
  steps: Part[];
  canned_id: number | null;
  used: number;
}
/** What a condition found. */
export interface Found extends Condition {
  found: Value | Value[];
  held: boolean;
}

export interface Choice {
  value: string;
  label: string;
}

export const EVENTS = ["begun", "message", "note", "assigned", "status", "priority", "tagged", "clock", "waiting", "silent", "open", "daily"] as const;
export const FIELDS = [
  "text", "channel", "status", "priority", "assignee", "team", "tag", "contact_tag", "locale", "subject", "hours", "first",
  "was_status", "was_priority", "was_assignee", "was_team",
] as const; // prettier-ignore
export const DEEDS = ["assign", "unassign", "priority", "tag", "snooze", "resolve", "reopen", "spam", "note", "script", "notify"] as const;
/** What a macro leaves to its agent. */
export const STEPS = DEEDS.filter((each) => each !== "script" && each !== "notify");
export const STRIKES = ["warn", "late", "escalate"] as const;
export const ROLES = ["assignee", "lead", "admin", "owner"] as const;
export const STATUSES = ["open", "snoozed", "resolved", "spam"] as const;
const TEXTS = ["text", "subject"];

export function opsOf(field: string): string[] {
  if (TEXTS.includes(field)) return ["contains", "lacks", "wildcard", "regex"];
  if (field === "hours" || field === "first") return ["is"];
  return field.endsWith("priority") ? ["is", "not", "at_least", "at_most"] : ["is", "not"];
}

export const isText = (field: string) => TEXTS.includes(field);
export const fresh = (): Wording => ({ when: [{ event: "message", by: "contact" }], if: { all: [], any: [] }, then: [], stop: false });

/** What a new event or action begins with. */
export function begun(kind: "event" | "do", name: string): Part {
  const more: Record<string, Part> = {
    message: { by: "contact" }, waiting: { for_s: 600 }, silent: { for_s: 86_400 }, open: { for_s: 86_400 }, daily: { at: "09:00", days: [] },
    snooze: { for_s: 3_600 }, notify: { role: "lead", text: "" },
  }; // prettier-ignore
  if (kind === "do" && name === "priority") return { do: name, priority: 2 };
  if (kind === "do" && name === "tag") return { do: name, add: [], remove: [] };
  if (kind === "do" && name === "note") return { do: name, text: "" };
  return { [kind]: name, ...more[name] };
}

export type Vocabulary = Record<string, Choice[]>;

/** The words of the shop by field: who and what can be chosen. */
export function vocabularyOf(words: Words, { agents, teams, tags, canned_responses }: Tables, channels: readonly Channel[]): Vocabulary {
  const { t, locale } = words;
  const named = (rows: Iterable<{ id: number; name: string }>) => [...rows].map(({ id, name }) => ({ value: String(id), label: name }));
  const nobody = { value: "null", label: t("rule.nobody") };
  const agent = named(Object.values(agents).filter(({ removed }) => !removed));
  const team = named(Object.values(teams));
  const tag = named(livingTags(tags));
  const status = STATUSES.map((value) => ({ value, label: t(`rule.status.${value}`) }));
  const priority = PRIORITIES.map((each) => ({ value: String(each), label: t(`priority.${each}`) }));
  return {
    agent, team_only: team, tag, contact_tag: tag, status, was_status: status, priority, was_priority: priority,
    assignee: [nobody, ...agent], was_assignee: [nobody, ...agent], team: [nobody, ...team], was_team: [nobody, ...team],
    channel: channels.map((each) => ({ value: each.kind, label: each.names[locale] ?? each.kind })),
    locale: LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
    hours: ["open", "closed"].map((value) => ({ value, label: t(`rule.hours.${value as "open"}`) })),
    first: ["yes", "no"].map((value) => ({ value, label: t(`rule.first.${value as "yes"}`) })),
    script: Object.values(canned_responses).map(({ id, title }) => ({ value: String(id), label: title })),
  }; // prettier-ignore
}

const NUMBERS = ["priority", "was_priority", "assignee", "was_assignee", "team", "was_team", "tag", "contact_tag"];
export const asText = (value: Value) => String(value);
export const asValue = (field: string, text: string): Value => (text === "null" ? null : NUMBERS.includes(field) ? Number(text) : text);

const labels = ({ t }: Words, vocabulary: Vocabulary, field: string, values: readonly Value[]) =>
  values.map((value) => vocabulary[field]?.find((each) => each.value === asText(value))?.label ?? (isText(field) ? `“${value}”` : t("rule.gone")));

/** The choices, and what was chosen before it was removed: it can be seen, and let go. */
export function withGone({ t }: Pick<Words, "t">, choices: readonly Choice[] = [], chosen: readonly string[]): Choice[] {
  const gone = chosen.filter((value) => !choices.some((each) => each.value === value));
  return [...choices, ...gone.map((value) => ({ value, label: t("rule.gone") }))];
}

const LONGEST = 90 * 86_400;
/** As long as anything may last, in seconds. */
export const bounded = (seconds: number) => Math.max(60, Math.min(LONGEST, Math.round(seconds)));

/** Whether an action says all that it needs. */
export function isWhole(deed: Part): boolean {
  switch (deed["do"]) {
    case "assign":
      return deed["agent_id"] != null || deed["team_id"] != null;
    case "tag":
      return [deed["add"], deed["remove"]].flat().some((each) => each != null);
    case "note":
      return String(deed["text"] ?? "").trim() !== "";
    case "script":
      return deed["canned_id"] != null;
    default:
      return true;
  }
}

/** Whether nothing in a rule waits to be chosen. */
export const isComplete = ({ if: { all, any }, then }: Wording) => [...all, ...any].every(({ value }) => value.length > 0) && then.every(isWhole);

export function lasting(words: Words, seconds: number): string {
  const [unit, n] = seconds % 86_400 === 0 ? ["day", seconds / 86_400] : seconds % 3_600 === 0 ? ["hour", seconds / 3_600] : ["minute", Math.round(seconds / 60)];
  return new Intl.NumberFormat(words.tag, { style: "unit", unit: unit as string, unitDisplay: "long" }).format(n as number);
}

export function sayEvent(words: Words, vocabulary: Vocabulary, event: Part): string {
  const name = String(event["event"]);
  const said = words.lookup(`rule.when.${name}`, "rule.when", {
    time: typeof event["for_s"] === "number" ? lasting(words, event["for_s"]) : String(event["at"] ?? ""),
  });
  const by = name === "message" ? words.lookup(`rule.by.${String(event["by"] ?? "contact")}`, "rule.by.contact") : null;
  const tags = name === "tagged" ? labels(words, vocabulary, "tag", (event["tags"] as Value[] | undefined) ?? []) : [];
  const turned = name === "status" ? labels(words, vocabulary, "status", (event["now"] as Value[] | undefined) ?? []) : [];
  return by ?? [said, ...(tags.length || turned.length ? [`(${[...tags, ...turned].join(", ")})`] : [])].join(" ");
}

export function sayCondition(words: Words, vocabulary: Vocabulary, { field, op, value }: Condition): string {
  const subject = words.lookup(`rule.field.${field}`, "rule.field.text");
  return words.lookup(`rule.said.${op}`, "rule.said.is", { field: subject, value: labels(words, vocabulary, field, value).join(", ") });
}

export function sayDeed(words: Words, vocabulary: Vocabulary, deed: Part): string {
  const name = String(deed["do"]);
  const of = (field: string, key: string) => labels(words, vocabulary, field, [deed[key]].flat().filter((each) => each != null) as Value[]).join(", ");
  const what = {
    assign: [of("agent", "agent_id"), of("team_only", "team_id")].filter(Boolean).join(", "),
    priority: of("priority", "priority"),
    tag: [of("tag", "add"), of("tag", "remove") && `−${of("tag", "remove")}`].filter(Boolean).join(", "),
    snooze: typeof deed["for_s"] === "number" ? lasting(words, deed["for_s"]) : "",
    note: `“${String(deed["text"] ?? "")}”`,
    script: of("script", "canned_id"),
    notify: words.lookup(`rule.role.${String(deed["role"])}`, "rule.role.lead"),
  }[name];
  const label = words.lookup(`rule.do.${name}`, "rule.then");
  return what ? `${label}: ${what}` : label;
}
