/** Between the editor's tree and our documents. What our documents cannot say is said by what they can. */

import { plainOf, type RichBlock, type RichDocument, type RichRun, type RichText } from "@sonnim/protocol";
import type { Content } from "../content";

/** A node of the editor, as it gives and takes it. */
export interface Node {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: Node[];
}

const MARKS = ["bold", "italic", "strike", "code"] as const;

// ---- to the editor

export function toEditor(document: RichDocument): Node {
  const content = document.map(nodeOf);
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

function nodeOf(block: RichBlock): Node {
  switch (block.type) {
    case "code":
      return { type: "codeBlock", content: block.text ? [{ type: "text", text: block.text }] : [] };
    case "paragraph":
      return paragraph(block.content ?? []);
    case "quote":
      return { type: "blockquote", content: [paragraph(block.content ?? [])] };
    default: {
      const content = block.items.map((item) => ({ type: "listItem", content: [paragraph(item)] }));
      return { type: block.type === "numbers" ? "orderedList" : "bulletList", content };
    }
  }
}

function paragraph(runs: readonly RichRun[]): Node {
  return { type: "paragraph", content: runs.map(inlineOf) };
}

function inlineOf(run: RichRun): Node {
  if (run.type === "break") return { type: "hardBreak" };
  if (run.type === "mention") return { type: "mention", attrs: { id: run.agent_id, label: run.name } };
  const marks: Required<Node>["marks"] = MARKS.filter((mark) => run[mark]).map((type) => ({ type }));
  if (run.link) marks.push({ type: "link", attrs: { href: run.link } });
  return marks.length ? { type: "text", text: run.text, marks } : { type: "text", text: run.text };
}

// ---- from the editor

/** What stands in the editor; without a document where the characters say it all. */
export function fromEditor(root: Node): Pick<Content, "text" | "rich"> {
  const document = (root.content ?? []).flatMap(blocksOf);
  const text = plainOf(document);
  return { text, rich: document.every(saysNoMore) ? null : document };
}

function blocksOf(node: Node): RichBlock[] {
  switch (node.type) {
    case "codeBlock":
      return [{ type: "code", text: textOf(node) }];
    case "blockquote":
      return [{ type: "quote", content: lineOf(node) }];
    case "bulletList":
    case "orderedList":
      return [{ type: node.type === "orderedList" ? "numbers" : "bullets", items: (node.content ?? []).map(lineOf) }];
    default:
      return [{ type: "paragraph", content: lineOf(node) }];
  }
}

function textOf(node: Node): string {
  return node.text ?? (node.content ?? []).map(textOf).join("");
}

/** The runs of a block; blocks inside of it are lines. */
function lineOf(node: Node): RichRun[] {
  const runs: RichRun[] = [];
  for (const child of node.content ?? []) {
    if (child.type === "text" || child.type === "hardBreak" || child.type === "mention") runs.push(...runsOf(child));
    else {
      if (runs.length) runs.push({ type: "break" });
      runs.push(...lineOf(child));
    }
  }
  return runs;
}

function runsOf(node: Node): RichRun[] {
  if (node.type === "hardBreak") return [{ type: "break" }];
  if (node.type === "mention")
    return [{ type: "mention", agent_id: Number(node.attrs?.["id"]), name: String(node.attrs?.["label"]) }];
  const look: Omit<RichText, "type" | "text"> = {};
  for (const { type, attrs } of node.marks ?? []) {
    const link = type === "link" ? linkOf(String(attrs?.["href"])) : null;
    if (link) look.link = link;
    else if ((MARKS as readonly string[]).includes(type)) look[type as (typeof MARKS)[number]] = true;
  }
  // Line ends that a run may not hold, and signs that nobody sees, come with pasted text.
  const lines = (node.text ?? "").split(/(?:(?!\t)[\p{Cc}\p{Zl}\p{Zp}])+/u);
  return lines.flatMap((text, n) => [
    ...(n ? [{ type: "break" } as const] : []),
    ...(text ? [{ type: "text", text, ...look } as const] : []),
  ]);
}

const ADDRESS = /^(?:https?:\/\/[^/]|mailto:[^@]+@.|tel:\+?[0-9(])/i;
const UNSEEN = /[\s\p{Cc}<>"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const MAX_LINK = 2_000;

/** An address as the server takes it (conversations/rich.py); with another one it would refuse the whole message. */
export function linkOf(href: string): string | null {
  const link = href.trim().replaceAll(" ", "%20");
  return link.length <= MAX_LINK && ADDRESS.test(link) && !UNSEEN.test(link) ? link : null;
}

/** Whether a block is bare text. An address that links to itself is: every reader finds it. */
function saysNoMore(block: RichBlock): boolean {
  return (
    block.type === "paragraph" &&
    (block.content ?? []).every(
      (run) =>
        run.type === "break" ||
        (run.type === "text" && !MARKS.some((mark) => run[mark]) && (!run.link || run.link === run.text)),
    )
  );
}

/** Where an offset in a plain text lies in the editor that shows it, a paragraph for each line. */
export function placeOf(text: string, offset: number): number {
  return 1 + offset + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
}
