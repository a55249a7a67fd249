/** Where the units of a draft's plain text lie in the editor: the walk of convert.ts and rich.ts, with places.
 *
 * What the plain text has and the editor has not (the sign before an item, the address behind a link, the end of a
 * paragraph) has no place. A text that is not the editor's own gets none at all: a wrong underline is worse than none.
 */

import type { Node } from "@tiptap/pm/model";
import { linkOf } from "../editor/convert";

export interface Places {
  text: string;
  /** For each unit, from where to where it reaches; null for what the editor does not hold. */
  spans: readonly (Span | null)[];
}

export interface Span {
  from: number;
  to: number;
}

/** A piece of the plain text: characters, and where they are. */
interface Piece {
  text: string;
  spans: (Span | null)[];
  /** To which address it leads. */
  link?: string | null;
}

const nowhere = (text: string): Piece => ({ text, spans: Array.from({ length: text.length }, () => null) });

export function placesIn(doc: Node): Places {
  const blocks: Piece[] = [];
  doc.forEach((node, offset) => blocks.push(blockOf(node, offset)));
  return joined(blocks, "\n");
}

function joined(pieces: readonly Piece[], between: string): Piece {
  const all = pieces.flatMap((each, n) => (n && between ? [nowhere(between), each] : [each]));
  return { text: all.map(({ text }) => text).join(""), spans: all.flatMap(({ spans }) => spans) };
}

/** `at`: where the node itself stands; what is in it begins one further. */
function blockOf(node: Node, at: number): Piece {
  switch (node.type.name) {
    case "codeBlock":
      return literal(node.textContent, at + 1);
    case "blockquote":
      return joined([nowhere("> "), indented(lineOf(node, at), "> ")], "");
    case "bulletList":
    case "orderedList": {
      const items: Piece[] = [];
      node.forEach((item, offset, n) => {
        const sign = node.type.name === "orderedList" ? `${n + 1}. ` : "• ";
        items.push(joined([nowhere(sign), indented(lineOf(item, at + 1 + offset), " ".repeat(sign.length))], ""));
      });
      return joined(items, "\n");
    }
    default:
      return lineOf(node, at);
  }
}

function literal(text: string, at: number): Piece {
  return { text, spans: Array.from(text.split(""), (_, n) => ({ from: at + n, to: at + n + 1 })) };
}

/** With something made up behind each line end. */
function indented({ text, spans }: Piece, by: string): Piece {
  const made: Piece[] = text.split("").map((sign, n) => {
    const own = { text: sign, spans: [spans[n] ?? null] };
    return sign === "\n" ? joined([own, nowhere(by)], "") : own;
  });
  return joined(made, "");
}

function lineOf(node: Node, at: number): Piece {
  return joined(withAddresses(runsOf(node, at)), "");
}

function runsOf(node: Node, at: number): Piece[] {
  const runs: Piece[] = [];
  node.forEach((child, offset) => {
    const here = at + 1 + offset;
    if (child.isText) runs.push(...wordsOf(child, here));
    else if (child.type.name === "hardBreak") runs.push({ text: "\n", spans: [{ from: here, to: here + 1 }] });
    else if (child.type.name === "mention") runs.push(called(String(child.attrs["label"]), here));
    else {
      if (runs.length) runs.push(nowhere("\n"));
      runs.push(...runsOf(child, here));
    }
  });
  return runs;
}

function called(name: string, at: number): Piece {
  const text = `@${name}`;
  return { text, spans: Array.from({ length: text.length }, () => ({ from: at, to: at + 1 })) };
}

const UNSEEN = /((?:(?!\t)[\p{Cc}\p{Zl}\p{Zp}])+)/u;

function wordsOf(node: Node, at: number): Piece[] {
  const href = node.marks.find(({ type }) => type.name === "link")?.attrs["href"];
  let place = at;
  return (node.text ?? "").split(UNSEEN).flatMap<Piece>((part, n) => {
    const from = place;
    place += part.length;
    if (n % 2) return [{ text: "\n", spans: [{ from, to: place }] }];
    return part ? [{ ...literal(part, from), link: typeof href === "string" ? linkOf(href) : null }] : [];
  });
}

/** What leads to one place is one link, and its address stands behind it unless it is written already. */
function withAddresses(runs: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (let n = 0; n < runs.length; n++) {
    const { link } = runs[n]!;
    const together = [runs[n]!];
    if (link) while (runs[n + 1]?.link === link) together.push(runs[++n]!);
    const words = joined(together, "");
    const shown = link?.replace(/^mailto:/, "").replace(/^tel:/, "") ?? "";
    const written = !link || [shown, link].includes(words.text.trim());
    made.push(words, ...(written ? [] : [nowhere(` (${shown})`)]));
  }
  return made;
}

/** Where a piece of the text is in the editor: from its first unit that is there to its last. */
export function spanOf({ spans }: Places, start: number, end: number): Span | null {
  const there = spans.slice(start, end).filter((each) => each !== null);
  const [first, last] = [there[0], there.at(-1)];
  if (first && last) return { from: first.from, to: last.to };
  if (start !== end) return null;
  const before = spans[start - 1];
  const after = spans[start];
  const at = after?.from ?? before?.to;
  return at === undefined ? null : { from: at, to: at };
}

/** Which unit of the text stands at a place of the editor. */
export function unitAt({ spans }: Places, place: number): number {
  const found = spans.findIndex((each) => each !== null && each.to > place);
  const past = spans.findLastIndex((each) => each !== null && each.to <= place) + 1;
  // At the end of a line: behind what stands there, not before what the next one begins with.
  return found < 0 || (spans[found]!.from > place && past) ? past : found;
}
