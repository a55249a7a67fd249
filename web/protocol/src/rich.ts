/** Rich text as entries carry it in `data.rich` (see conversations/rich.py); `text` is always its plain form. */

export interface RichText {
  type: "text";
  text: string;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
  link?: string;
}

export interface RichBreak {
  type: "break";
}

export interface RichMention {
  type: "mention";
  agent_id: number;
  name: string;
}

export type RichRun = RichText | RichBreak | RichMention;

export type RichBlock =
  | { type: "paragraph" | "quote"; content?: RichRun[] }
  | { type: "bullets" | "numbers"; items: RichRun[][] }
  | { type: "code"; text: string };

export type RichDocument = RichBlock[];

const BLOCKS = new Set(["paragraph", "quote", "bullets", "numbers", "code"]);

/** The document of an entry or a draft, if it has one that this reader understands; otherwise show its text. */
export function richOf(of: { data?: Readonly<Record<string, unknown>> | undefined }): RichDocument | null {
  const found = of.data?.["rich"];
  if (!Array.isArray(found) || !found.length) return null;
  return found.every((block: Partial<RichBlock>) => BLOCKS.has(block.type ?? "")) ? (found as RichDocument) : null;
}

/** Whether an address may be offered for a click. */
export function safeLink(address: string): boolean {
  return /^(https?:\/\/[^/\s]|mailto:|tel:)/i.test(address);
}

/** The document in characters alone, as the server derives it. */
export function plainOf(document: RichDocument): string {
  return document.map(plainBlock).join("\n");
}

function plainBlock(block: RichBlock): string {
  switch (block.type) {
    case "code":
      return block.text;
    case "paragraph":
      return plainLine(block.content ?? []);
    case "quote":
      return `> ${plainLine(block.content ?? []).replaceAll("\n", "\n> ")}`;
    default:
      return block.items
        .map((item, n) => {
          const mark = block.type === "numbers" ? `${n + 1}. ` : "• ";
          return mark + plainLine(item).replaceAll("\n", `\n${" ".repeat(mark.length)}`);
        })
        .join("\n");
  }
}

function plainLine(runs: readonly RichRun[]): string {
  let said = "";
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]!;
    if (run.type === "break") said += "\n";
    else if (run.type === "mention") said += `@${run.name}`;
    else {
      // What leads to one place is one link, however its words look.
      let words = run.text;
      for (let next = runs[at + 1]; next?.type === "text" && (next.link ?? "") === (run.link ?? ""); next = runs[++at + 1])
        words += next.text;
      said += withAddress(words, run.link ?? "");
    }
  }
  return said;
}

function withAddress(words: string, link: string): string {
  const shown = link.replace(/^mailto:/, "").replace(/^tel:/, "");
  return !link || [shown, link].includes(words.trim()) ? words : `${words} (${shown})`;
}
