/** Text as text, with addresses made into links that can do no harm. */

import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";

// Addresses end where ASCII ends: Korean particles and Chinese punctuation follow them without a space.
const ADDRESS = /https?:\/\/[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w-])0\d{1,2}-\d{3,4}-\d{4}(?![\w-])/gi;
const TRAILING = /[.,;:!?'")\]}>]+$/;
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

export function safeHref(text: string): string | null {
  const address = /^https?:/i.test(text) ? text : text.includes("@") ? `mailto:${text}` : `tel:${text}`;
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const href = safeHref(address);
    if (!href) continue;
    parts.push(text.slice(end, match.index));
    parts.push(
      <Anchor key={match.index} href={href} target="_blank" rel="noopener noreferrer" c="inherit" fz="inherit">
        {address}
      </Anchor>,
    );
    end = match.index + address.length;
  }
  parts.push(text.slice(end));
  return parts;
}

export function Linked({ text }: { text: string }) {
  return <>{link(text)}</>;
}
