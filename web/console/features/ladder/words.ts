/** What is conceded, in words: “A coupon · ₩5,000”. */

import type { Conceded, Locale } from "@sonnim/protocol";
import type { Words } from "../../app/i18n";

type Said = Record<string, string>;

/** In the reader's language, or in the next one that was written. */
export function saidIn(said: Said, locale: Locale): string {
  return [said[locale], said.en, said.ko, said.zh].find((text) => text?.trim()) ?? "";
}

export function sumText(words: Words, { measure, value, currency }: Pick<Conceded, "measure" | "value" | "currency">): string {
  const number = Number(value);
  if (measure === "none") return "";
  if (measure === "percent") return new Intl.NumberFormat(words.tag, { style: "percent", maximumFractionDigits: 4 }).format(number / 100);
  if (measure === "count") return words.t("ladder.pieces", { count: number });
  try {
    return new Intl.NumberFormat(words.tag, { style: "currency", currency, minimumFractionDigits: 0, maximumFractionDigits: 4 }).format(number);
  } catch {
    return `${value} ${currency}`; // a currency that this browser does not know
  }
}

type Told = Pick<Conceded, "kind" | "title" | "measure" | "value" | "currency">;

export function concessionText(words: Words, given: Told): string {
  const title = saidIn(given.title, words.locale) || words.lookup(`plan.kind.${given.kind}`, "plan.kind.other");
  // One gift is a gift.
  const sum = given.measure === "count" && Number(given.value) === 1 ? "" : sumText(words, given);
  return sum ? `${title} · ${sum}` : title;
}

/** With the order it is about. */
export function matterText(words: Words, matter: Told & Pick<Conceded, "order">): string {
  const what = concessionText(words, matter);
  return matter.order ? words.t("ladder.matter", { what, order: matter.order }) : what;
}
