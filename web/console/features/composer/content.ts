/** What is being written: characters, and the document that says more than they do. */

import { plainOf, type Attachment, type Recipients, type RichDocument } from "@sonnim/protocol";

export type Kind = "message" | "note";

export interface Content {
  text: string;
  rich: RichDocument | null;
  attachments: readonly Attachment[];
  kind: Kind;
  /** To whom it goes, where that was chosen. */
  envelope?: Recipients | null;
}

export const EMPTY: Content = { text: "", rich: null, attachments: [], kind: "message" };

export function same(a: Content, b: Content): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return (
    a.text === b.text &&
    a.kind === b.kind &&
    (a.rich === b.rich || saidOf(a.rich) === saidOf(b.rich)) &&
    saidOf(a.envelope) === saidOf(b.envelope) &&
    a.attachments.map((each) => each.id).join() === b.attachments.map((each) => each.id).join()
  );
}

/** As characters to compare: the editor, the server and its database each put the keys in another order. */
function saidOf(what: RichDocument | Recipients | null | undefined): string {
  const sorted = (_key: string, value: unknown) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return JSON.stringify(what ?? null, sorted);
}

export function isEmpty(content: Pick<Content, "text" | "attachments">): boolean {
  return !content.text.trim() && !content.attachments.length;
}

/** A text as a document: a paragraph for each line. */
export function fromPlain(text: string): RichDocument {
  return text.split("\n").map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] }));
}

export function documentOf({ text, rich }: Pick<Content, "text" | "rich">): RichDocument {
  return rich ?? fromPlain(text);
}

/** One below the other: what comes back to the composer does not push away what was written meanwhile. */
export function joined(first: Content, second: Content): Content {
  if (isEmpty(second)) return first;
  if (isEmpty(first)) return second;
  const rich = first.rich || second.rich ? [...documentOf(first), ...documentOf(second)] : null;
  return {
    text: rich ? plainOf(rich) : `${first.text}\n${second.text}`,
    rich,
    attachments: [...first.attachments, ...second.attachments],
    kind: first.kind,
    envelope: first.envelope ?? second.envelope ?? null,
  };
}

/** Without empty lines around it, as it is sent. */
export function trimmed(content: Content): Content {
  if (!content.rich) return { ...content, text: content.text.trim() };
  const empty = (block: RichDocument[number] | undefined) =>
    block?.type === "paragraph" && !block.content?.some((run) => run.type === "mention" || (run.type === "text" && run.text.trim()));
  let [from, to] = [0, content.rich.length];
  while (from < to && empty(content.rich[from])) from++;
  while (to > from && empty(content.rich[to - 1])) to--;
  const rich = content.rich.slice(from, to);
  return { ...content, rich: rich.length ? rich : null, text: plainOf(rich) };
}
