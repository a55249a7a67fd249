/** What the server wrote into the frame page, so that the first picture needs no further request. */

import type { Locale, PublicAgent } from "@sonnim/protocol";

export type Greetings = Partial<Record<Locale, string>>;

/** What the shop has its chat say by itself: any of these. */
export type OwnWords = Partial<Record<Locale, readonly string[]>>;

export type Theme = "auto" | "light" | "dark";

/** The shop as it shows itself; `titles` and `closed` are its own words by language. */
export interface Shop {
  name: string;
  color: string;
  theme: Theme;
  titles: Greetings;
  closed: Greetings;
  /** Who answers for it, as the law wants it told. */
  imprint?: string;
}

export interface FrameConfig {
  key: string;
  locale: Locale;
  shop: Shop;
  greeting: OwnWords;
  agents: PublicAgent[];
  /** The shop's owner tries a look on: nobody is there, and nothing is sent. */
  preview: boolean;
}

export function readConfig(doc: Document = document): FrameConfig {
  const block = doc.getElementById("sonnim-config")?.textContent;
  if (!block) throw new Error("the frame page carries no sonnim-config");
  const read = JSON.parse(block) as Partial<FrameConfig> & Pick<FrameConfig, "key" | "shop">;
  return { locale: "en", greeting: {}, agents: [], preview: false, ...read };
}
