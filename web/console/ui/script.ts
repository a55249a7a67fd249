/** How somebody's own words are set: in their language's glyphs and line breaks, not in the reader's. */

import type { Locale } from "@sonnim/protocol";
import type { CSSProperties } from "react";

export interface Script {
  lang: string;
  dir: "auto";
  style: CSSProperties;
}

const NORMAL: CSSProperties = { wordBreak: "normal", overflowWrap: "anywhere" };
const KEEP: CSSProperties = { wordBreak: "keep-all", overflowWrap: "anywhere" };

export function scriptOf(locale: Locale, style?: CSSProperties): Script {
  const lang = locale === "zh" ? "zh-Hans" : locale;
  return { lang, dir: "auto", style: { ...(locale === "ko" ? KEEP : NORMAL), ...style } };
}
