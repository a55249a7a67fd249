/** A typed catalogue: flat keys, {placeholders}, plurals by `key.one` / `key.other`. */

import type { Locale } from "@sonnim/protocol";
import { createContext, useContext, type ReactNode } from "react";
import type en from "../locales/en.json";

type Raw = keyof typeof en;
export type Key = Raw extends infer K ? (K extends `${infer Stem}.other` ? Stem | K : K) : never;
export type Values = Record<string, string | number>;
type Catalogue = Record<string, string>;

export const LOCALES: Locale[] = ["ko", "zh", "en"];
export const LANGUAGE_NAMES: Record<Locale, string> = { ko: "한국어", zh: "简体中文", en: "English" };
export const TAGS: Record<Locale, string> = { ko: "ko-KR", zh: "zh-CN", en: "en-GB" };

const loaders: Record<Locale, () => Promise<{ default: Catalogue }>> = {
  ko: () => import("../locales/ko.json"),
  zh: () => import("../locales/zh.json"),
  en: () => import("../locales/en.json"),
};

export interface Words {
  locale: Locale;
  tag: string;
  t: (key: Key, values?: Values) => string;
  /** A key that is put together at run time; answers `fallback` when the catalogue has no such key. */
  lookup: (key: string, fallback: Key, values?: Values) => string;
}

export function makeWords(locale: Locale, catalogue: Catalogue): Words {
  const plural = new Intl.PluralRules(TAGS[locale]);
  const fill = (text: string, values?: Values) =>
    values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
  const find = (key: string, values?: Values): string | undefined => {
    const count = values?.["count"];
    const form = typeof count === "number" ? catalogue[`${key}.${plural.select(count)}`] : undefined;
    return form ?? catalogue[key] ?? catalogue[`${key}.other`];
  };
  return {
    locale,
    tag: TAGS[locale],
    t: (key, values) => fill(find(key, values) ?? key, values),
    lookup: (key, fallback, values) => fill(find(key, values) ?? find(fallback, values) ?? key, values),
  };
}

export async function loadWords(locale: Locale): Promise<Words> {
  return makeWords(locale, (await loaders[locale]()).default);
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

export function browserLocale(languages: readonly string[] = navigator.languages): Locale {
  return languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? "en";
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("useWords outside of WordsProvider");
  return words;
}

export function useT(): Words["t"] {
  return useWords().t;
}
