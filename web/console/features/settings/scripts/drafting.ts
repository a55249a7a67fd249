/** A script while it is written. Pure. */

import type { Canned, Locale, ScriptStage } from "@sonnim/protocol";
import { LOCALES } from "../../../app/i18n";
import { EMPTY, trimmed, type Content } from "../../composer/content";

/** One variant; `key` tells the fields apart, `id` is the one that it is kept under. */
export interface Way extends Content {
  key: number;
  id: number | null;
}

export interface Drafted {
  title: string;
  shortcut: string;
  stage: ScriptStage;
  automatic: boolean;
  from: string;
  until: string;
  team: string | null;
  ways: Record<Locale, readonly Way[]>;
}

export const MOST_WAYS = 8;
/** The chat says short things. */
export const MAX_GREETING = 300;

let keys = 0;

export function way(content: Partial<Content> = {}, id: number | null = null): Way {
  return { ...EMPTY, ...content, key: (keys += 1), id };
}

export function drafted(script: Canned | null, stage: ScriptStage): Drafted {
  const of = (locale: Locale): readonly Way[] => {
    const kept = (script?.texts[locale] ?? []).map((each) => way({ text: each.text, rich: each.rich ?? null }, each.id));
    return kept.length ? kept : [way()];
  };
  return {
    title: script?.title ?? "",
    shortcut: script?.shortcut ?? "",
    stage,
    automatic: script?.automatic ?? false,
    from: script?.active_from ?? "",
    until: script?.active_until ?? "",
    team: script?.team_id ? String(script.team_id) : null,
    ways: { ko: of("ko"), zh: of("zh"), en: of("en") },
  };
}

export const saysIn = (draft: Drafted, locale: Locale): number => draft.ways[locale].filter((each) => each.text.trim()).length;

/** Only a welcome of everybody can be said by the chat itself. */
export const mayGreet = ({ stage, team }: Pick<Drafted, "stage" | "team">): boolean => stage === "welcome" && !team;

/** As it is sent. */
export function bodyOf(draft: Drafted): object {
  const automatic = draft.automatic && mayGreet(draft);
  const texts = LOCALES.map((locale) => {
    const said = draft.ways[locale].map((each) => ({ ...trimmed(each), id: each.id })).filter((each) => each.text);
    return [locale, said.map(({ id, text, rich }) => ({ ...(id && { id }), ...(rich && !automatic ? { rich } : { text }) }))] as const;
  });
  return {
    title: draft.title.trim(),
    shortcut: draft.shortcut.replace(/^\//, ""),
    stage: draft.stage,
    automatic,
    active_from: draft.from || null,
    active_until: draft.until || null,
    team_id: draft.team ? Number(draft.team) : null,
    texts: Object.fromEntries(texts.filter(([, said]) => said.length)),
  };
}
