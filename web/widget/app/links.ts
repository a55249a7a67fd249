/** Finds the links in plain text; only schemes that cannot run anything are links. */

export type Piece = string | { href: string; text: string };

const LINK = /(?:https?:\/\/|mailto:|tel:|www\.)[^\s<>"'“”‘’「」、，。！？；]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const TRAILING = /[.,;:!?)\]}…]+$/;
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

function address(text: string): string | null {
  const bare = !/^(https?:|mailto:|tel:)/i.test(text);
  const whole = !bare ? text : text.includes("@") && !/^www\./i.test(text) ? `mailto:${text}` : `https://${text}`;
  try {
    const url = new URL(whole);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null; // it only looked like one
  }
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const tail = TRAILING.exec(match[0])?.[0] ?? "";
    const closes = tail.startsWith(")") && match[0].includes("(") ? 1 : 0;
    const shown = match[0].slice(0, match[0].length - tail.length + closes);
    const href = address(shown);
    if (!href) continue;
    if (match.index > end) found.push(text.slice(end, match.index));
    found.push({ href, text: shown });
    end = match.index + shown.length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}
