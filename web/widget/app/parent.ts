/** The talk with the loader on the store's page: origin and window are checked both ways. */

import type { Locale } from "@sonnim/protocol";
import type { Theme } from "./config";

export interface ShopPage {
  url: string;
  title: string;
  /** The store named the page itself (data-page-title). */
  named: boolean;
  referrer: string;
}

export interface Said {
  type: "init" | "open" | "shut" | "page" | "identify" | "look" | "message";
  locale: Locale;
  /** The page's own wish; else the shop's holds. */
  theme?: Theme;
  page: ShopPage;
  identity: string | null;
  /** The chat covers the whole screen. */
  modal: boolean;
  /** Opened by itself after a page change, not by a click. */
  restored: boolean;
  /** What the page keeps for a frame that may keep nothing itself. */
  kept?: [string, string][];
  /** What the page proposes to the shopper to write. */
  text?: string;
}

export interface Parent {
  /** null when the frame stands alone in a window. */
  origin: string | null;
  locale: string | null;
  say(type: "ready" | "close" | "unread" | "keep" | "message" | "identified", more?: object): void;
}

/** The frame's address ends in `#<locale>,<origin of the store's page>`. */
export function connectParent(hear: (said: Said) => void, own: Window = window): Parent {
  const [locale = "", claimed = ""] = decodeURIComponent(own.location.hash.slice(1)).split(",");
  // Only pages that frame-ancestors allows can hold this frame; a false claim here only makes us mute and deaf.
  const origin = own.parent !== own && /^https?:\/\//.test(claimed) ? claimed : null;
  if (origin) {
    own.addEventListener("message", (event: MessageEvent) => {
      if (event.source !== own.parent || event.origin !== origin) return;
      const said = event.data as (Said & { sonnim?: number }) | null;
      if (said?.sonnim === 1 && typeof said.type === "string") hear(said);
    });
  }
  return {
    origin,
    locale: locale || null,
    say(type, more) {
      if (origin) own.parent.postMessage({ sonnim: 1, type, ...more }, origin);
    },
  };
}
