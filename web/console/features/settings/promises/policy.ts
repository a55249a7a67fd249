/** A service promise as the form holds it, what it says in a sentence, and what a store may begin with. */

import type { Conversation, EventFrame, Policy } from "@sonnim/protocol";
import type { Channel } from "../../../app/types";
import type { Words } from "../../../app/i18n";

/** `update` is what agents promise in words: due when they said, and within this where they said no time. */
export const KINDS = ["first_reply", "next_reply", "silence", "update", "resolution"] as const;
export type Kind = (typeof KINDS)[number];
export const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
export type Unit = keyof typeof UNITS;
/** `calendar_id` of who goes by the clock on the wall; null is the shop's hours. */
export const WALL = 0;

export interface Fits {
  channels?: string[];
  priorities?: Conversation["priority"][];
  teams?: number[];
  tags?: number[];
  locales?: string[];
}

export interface Stage {
  percent: number;
  notify?: "" | "agent" | "team" | "lead";
  priority?: Conversation["priority"] | null;
  release?: boolean;
  team_id?: number | null;
}

export type Values = Omit<Policy, "id" | "v" | "position" | "fits" | "targets" | "stages"> & {
  fits: Fits;
  targets: Partial<Record<Kind, number>>;
  stages: Stage[];
};

export const BLANK: Values = {
  name: "",
  active: true,
  fits: {},
  targets: {},
  calendar_id: null,
  warn_percent: 70,
  pauses: true,
  stages: [{ percent: 100, notify: "lead" }],
};

export function valuesOf(policy: Policy): Values {
  const { name, active, fits, targets, calendar_id, warn_percent, pauses, stages } = policy;
  return { name, active, fits: fits as Fits, targets, calendar_id, warn_percent, pauses, stages: stages as unknown as Stage[] };
}

/** The list after what the desk has just been told: each in its newest wording and at its place, without what is gone. */
export function followed(items: Policy[], { desk }: Pick<EventFrame, "desk">): Policy[] {
  const told = Object.values(desk?.put?.["policies"] ?? {}) as Policy[];
  const gone = new Set(desk?.drop?.["policies"] ?? []);
  const newer = told.filter(({ id, v }) => !gone.has(id) && items.every((each) => each.id !== id || each.v < v));
  if (!newer.length && !items.some(({ id }) => gone.has(id))) return items;
  const others = items.filter(({ id }) => !gone.has(id) && newer.every((each) => each.id !== id));
  return [...others, ...newer].sort((a, b) => a.position - b.position || a.id - b.id);
}

/** What is left empty is not sent: it is not asked for. */
export function sent(values: Values): object {
  const fits = Object.fromEntries(Object.entries(values.fits).filter(([, list]) => (list as unknown[]).length));
  const stages = values.stages.map(({ percent, notify, priority, release, team_id }) => ({
    percent,
    ...(notify && { notify }),
    ...(priority != null && { priority }),
    ...(release && { release }),
    ...(team_id != null && { team_id }),
  }));
  return { ...values, fits, stages };
}

/** The largest unit in which a time is a whole number. */
export function unitOf(seconds: number): Unit {
  return (["d", "h", "m"] as const).find((unit) => seconds % UNITS[unit] === 0) ?? "s";
}

const INTL = { s: "second", m: "minute", h: "hour", d: "day" } as const;

/** `10 secs`, `1 hr 30 mins`, as each language says it; the two largest parts. Of business time a day says nothing. */
export function lasting(tag: string, seconds: number, days = true): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const unit of [...(days ? (["d"] as const) : []), "h", "m", "s"] as const) {
    const count = Math.floor(rest / UNITS[unit]);
    rest -= count * UNITS[unit];
    if (count) parts.push(new Intl.NumberFormat(tag, { style: "unit", unit: INTL[unit], unitDisplay: "short" }).format(count));
  }
  return parts.slice(0, 2).join(" ") || new Intl.NumberFormat(tag, { style: "unit", unit: "second", unitDisplay: "short" }).format(0);
}

export interface Names {
  channels: readonly Channel[];
  teams: Record<string, { name: string }>;
  tags: Record<string, { name: string }>;
}

/** One sentence for each thing that is promised: what, to whom, by when, and what happens on the way. */
export function sentences({ t, tag, locale }: Words, values: Values, names: Names): string[] {
  const where = whereOf({ t, locale }, values.fits, names);
  return KINDS.flatMap((kind) => {
    const target = values.targets[kind];
    if (!target) return [];
    const at = (percent: number) => lasting(tag, (target * percent) / 100, values.calendar_id === WALL);
    const said = [t(`sla.say.${kind}`, { where, time: at(100) }).trim().replace(/ {2,}/g, " ")];
    if (values.warn_percent > 0) said.push(t("sla.say.warn", { time: at(values.warn_percent) }));
    for (const stage of [...values.stages].sort((a, b) => a.percent - b.percent)) {
      const time = at(stage.percent);
      if (stage.notify) said.push(t(`sla.say.${stage.notify}`, { time }));
      if (stage.priority != null) said.push(t("sla.say.priority", { time, priority: t(`priority.${stage.priority}`) }));
      if (stage.team_id != null) said.push(t("sla.say.give", { time, team: names.teams[stage.team_id]?.name ?? "?" }));
      else if (stage.release) said.push(t("sla.say.release", { time }));
    }
    return [said.join(t("sla.say.and")) + t("sla.say.stop")];
  });
}

function whereOf({ t, locale }: Pick<Words, "t" | "locale">, fits: Fits, names: Names): string {
  const list = (values: string[]) => values.join(" / ");
  const channels = fits.channels?.map((kind) => names.channels.find((each) => each.kind === kind)?.names[locale] ?? kind) ?? [];
  const who = [
    list(fits.priorities?.map((each) => t(`priority.${each}`)) ?? []),
    list(fits.teams?.map((id) => names.teams[id]?.name ?? "?") ?? []),
    list(fits.tags?.map((id) => names.tags[id]?.name ?? "?") ?? []),
    list(fits.locales?.map((each) => new Intl.DisplayNames([locale], { type: "language" }).of(each) ?? each) ?? []),
  ].filter(Boolean);
  const parts = [channels.length ? t("sla.say.in", { names: list(channels) }) : "", who.length ? t("sla.say.for", { names: who.join(" · ") }) : ""];
  return parts.filter(Boolean).join(" ");
}

/** What an online store may begin with: chat to the second, letters within a working day, the urgent before all. */
export function suggestions({ t }: Pick<Words, "t">, channels: readonly Channel[]): Values[] {
  const kinds = (wanted: (channel: Channel) => boolean) => channels.filter(wanted).map(({ kind }) => kind);
  const told: Stage[] = [{ percent: 100, notify: "lead" }];
  const chat = { ...BLANK, name: t("sla.suggest.chat"), fits: { channels: kinds((each) => each.live) }, targets: { first_reply: 10, next_reply: 60, silence: 600 } };
  const urgent = { ...BLANK, name: t("sla.suggest.urgent"), fits: { priorities: [3 as const] }, targets: { first_reply: 3_600, next_reply: 3_600, resolution: 8 * 3_600 } };
  const rest = { ...BLANK, name: t("sla.suggest.letters"), fits: { channels: kinds((each) => !each.live) }, targets: { first_reply: 4 * 3_600, next_reply: 8 * 3_600, resolution: 24 * 3_600 } };
  return [
    { ...chat, stages: [...told, { percent: 300, release: true }] },
    { ...urgent, stages: told },
    { ...rest, stages: told },
  ].filter(({ fits }) => !("channels" in fits) || fits.channels.length > 0);
}
