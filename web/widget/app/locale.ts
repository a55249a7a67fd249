/** Words, numbers and times in the shopper's language. */

import type { Locale } from "@sonnim/protocol";
import en from "./locales/en.json";
import ko from "./locales/ko.json";
import zh from "./locales/zh.json";

export type Catalogue = typeof en;
export type Key = Exclude<keyof Catalogue, "greeting">;
export type Params = Record<string, string | number>;

export const catalogues: Record<Locale, Catalogue> = { ko, zh, en };
const tags: Record<Locale, string> = { ko: "ko-KR", zh: "zh-CN", en: "en" };

export function pickLocale(...wanted: (string | null | undefined)[]): Locale {
  for (const each of wanted) {
    const found = (each ?? "").slice(0, 2).toLowerCase();
    if (found in catalogues) return found as Locale;
  }
  return "en";
}

/** Puts values into {braces}; values are never read as templates themselves. */
export function fill(template: string, params: Params = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export interface Words {
  locale: Locale;
  (key: Key, params?: Params): string;
}

export function wordsOf(locale: Locale): Words {
  const words = (key: Key, params?: Params) => fill(catalogues[locale][key], params);
  return Object.assign(words, { locale });
}

export function clockTime(locale: Locale, at: Date): string {
  return new Intl.DateTimeFormat(tags[locale], { hour: "numeric", minute: "2-digit" }).format(at);
}

/** Monday is 0. */
export function weekday(locale: Locale, day: number): string {
  return new Intl.DateTimeFormat(tags[locale], { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + day));
}

/** A time of another day: by its weekday within a week, else by its date. */
export function whenNext(locale: Locale, at: Date, now = Date.now()): string {
  const near = at.getTime() - now < 6 * 86_400_000;
  const day: Intl.DateTimeFormatOptions = near ? { weekday: "long" } : { month: "long", day: "numeric" };
  // One format for both would put the weekday into brackets in Korean.
  return `${new Intl.DateTimeFormat(tags[locale], day).format(at)} ${clockTime(locale, at)}`;
}

export function dayName(t: Words, at: Date, now = new Date()): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(tags[t.locale], { month: "long", day: "numeric", weekday: "short", year }).format(at);
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

export function fileSize(locale: Locale, bytes: number): string {
  const kilo = bytes / 1024;
  const [value, unit] = kilo < 1000 ? [Math.max(1, Math.round(kilo)), "KB"] : [kilo / 1024, "MB"];
  return `${new Intl.NumberFormat(tags[locale], { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}
