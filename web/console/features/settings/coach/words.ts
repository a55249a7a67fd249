/** What each rule of the coach is called and means, with an example; read when it is looked at. */

import type { Locale } from "@sonnim/protocol";
import { use } from "react";
import { useWords } from "../../../app/i18n";

export interface RuleWord {
  name: string;
  about: string;
  good?: string;
  bad?: string;
}
export type RuleWords = Readonly<Record<string, RuleWord>>;

const loaders: Record<Locale, () => Promise<{ default: RuleWords }>> = {
  ko: () => import("./words/ko.json"),
  zh: () => import("./words/zh.json"),
  en: () => import("./words/en.json"),
};
const read = new Map<Locale, Promise<RuleWords>>();

export function useRuleWords(): RuleWords {
  const { locale } = useWords();
  return use(wordsIn(locale));
}

function wordsIn(locale: Locale): Promise<RuleWords> {
  const known = read.get(locale);
  if (known) return known;
  // Without their names the rules still stand there by those of the code.
  const asked = loaders[locale]().then(
    (found) => found.default,
    (): RuleWords => {
      read.delete(locale);
      return {};
    },
  );
  read.set(locale, asked);
  return asked;
}
