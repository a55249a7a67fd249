/** The greeting: made from what the page already knows, so that it never waits for the network. */

import type { Locale } from "@sonnim/protocol";
import { catalogues, fill } from "./locale";

export interface GreetingFacts {
  locale: Locale;
  shop: string;
  now: Date;
  /** What the shopper looks at; null when the page's title says nothing of its own. */
  page: string | null;
  name: string | null;
  /** The shop's own words, said instead of our invitation: one of them at a time. */
  own: readonly string[];
}

export interface Greeting {
  hello: string;
  more: string;
  /** Which variants these were: "hello.more.own", remembered so that none comes twice running. */
  variant: string;
}

export type DayPart = "morning" | "afternoon" | "evening" | "night";

export function dayPart(now: Date): DayPart {
  const hour = now.getHours();
  if (hour < 5 || hour >= 23) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

/** The name, or the word that the shop says in its place. */
function named(words: string, name: string | null): string {
  return words.replace(/\{\{\s*contact\.name\s*\|([^{}]*)\}\}/g, (_whole, fallback: string) => name ?? fallback.trim());
}

function another(count: number, last: number, random: () => number): number {
  if (!(last >= 0 && last < count)) return Math.floor(random() * count);
  return (last + 1 + Math.floor(random() * (count - 1))) % count;
}

export function greet(facts: GreetingFacts, last: string | null, random: () => number = Math.random): Greeting {
  const { hours, hello, helloAgain, page, looking, invite } = catalogues[facts.locale].greeting;
  const [lastHello, lastMore, lastOwn] = (last ?? "").split(".").map((part) => (part ? Number(part) : -1));
  const first = another(hello.length, lastHello ?? -1, random);
  const second = another(page.length, lastMore ?? -1, random);
  const third = another(facts.own.length, lastOwn ?? -1, random);
  const own = facts.own[third] && named(facts.own[third], facts.name);
  const words = {
    hour: hours[dayPart(facts.now)],
    shop: facts.shop,
    name: facts.name ?? "",
    page: facts.page ?? "",
  };
  const seen = facts.page && fill(own ? looking : page[second]!, words);
  const invitation = own ?? (facts.page ? null : invite[second]!);
  // Chinese sentences stand without a space between them.
  const more = [seen, invitation].filter(Boolean).join(facts.locale === "zh" ? "" : " ");
  return { hello: fill((facts.name ? helloAgain : hello)[first]!, words), more, variant: `${first}.${second}.${third}` };
}

/** The page's own part of its title: "Celadon bowl — Ongi" is "Celadon bowl"; a title without one is no product. */
export function pageName(title: string, named: boolean, shop: string): string | null {
  const parts = title
    .replace(/\s+/g, " ")
    .trim()
    .split(/\s+[-–—|·:]\s+|\s*[｜|]\s*/)
    .filter(Boolean);
  const isShop = (part: string): boolean => shop.toLowerCase().includes(part.toLowerCase());
  const own = parts.filter((part) => !isShop(part));
  // The store's own word for a page is taken whole, unless it opens with the shop: that is its front page.
  if (named && parts[0] && isShop(parts[0])) return null;
  if (named) return own.join(" · ").slice(0, 80) || null;
  if (own.length === parts.length || !own[0]) return null;
  return own[0].length <= 80 ? own[0] : null;
}
