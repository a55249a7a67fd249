/** What the server wrote into the frame page, so that the first picture needs no further request. */

import type { Locale, PublicAgent } from "@sonnim/protocol";

export type Greetings = Partial<Record<Locale, string>>;

export interface FrameConfig {
  key: string;
  locale: Locale;
  shop: { name: string; color: string };
  greeting: Greetings;
  agents: PublicAgent[];
}

export function readConfig(doc: Document = document): FrameConfig {
  const block = doc.getElementById("sonnim-config")?.textContent;
  if (!block) throw new Error("the frame page carries no sonnim-config");
  const read = JSON.parse(block) as Partial<FrameConfig> & Pick<FrameConfig, "key" | "shop">;
  return { locale: "en", greeting: {}, agents: [], ...read };
}
