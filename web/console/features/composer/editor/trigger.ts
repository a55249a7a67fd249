/** What the last word before the cursor asks for: `/` a canned response, `@` a colleague. */

export interface Trigger {
  sign: "/" | "@";
  query: string;
  /** Where the sign stands, and where the word ends. */
  from: number;
  to: number;
}

const ASKS = /(?:^|\s)([/@])([^\s/@]{0,40})$/;

/** `before`: the text of the block up to the cursor, which stands at `at`. */
export function triggerIn(before: string, at: number): Trigger | null {
  const found = ASKS.exec(before);
  if (!found) return null;
  const [, sign, query = ""] = found;
  return { sign: sign as Trigger["sign"], query, from: at - query.length - 1, to: at };
}
