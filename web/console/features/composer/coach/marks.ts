/** What the coach remarks on a draft: pieces of its plain text, followed while one goes on writing. */

import type { CoachMark } from "@sonnim/protocol";

/** A mark as the server gives it; `start` and `end` count code points. */
export type Mark = CoachMark;
export type Severity = Mark["severity"];

/** A mark in this browser; `start` and `end` count the units of its strings. */
export interface Remark extends Mark {
  /** The same for the same remark on the same piece. */
  id: string;
  piece: string;
}

/** A change of a text: what stands from `from` to `to` gives way to `text`. */
export interface Change {
  from: number;
  to: number;
  text: string;
}

const WEIGHT: Record<Severity, number> = { note: 0, warning: 1, serious: 2 };

/** The marks of a text; one that lies outside of it is not this text's. */
export function remarksOf(text: string, marks: readonly Mark[]): Remark[] {
  const units = unitsOf(text);
  const seen = new Map<string, number>();
  return marks.flatMap((mark) => {
    const [start, end] = [units[mark.start], units[mark.end]];
    if (start === undefined || end === undefined || end < start) return [];
    const piece = text.slice(start, end);
    const same = `${mark.rule}\n${piece}`;
    const times = seen.get(same) ?? 0;
    seen.set(same, times + 1);
    return [{ ...mark, start, end, piece, id: `${same}\n${times}` }];
  });
}

/** By code point, where it begins in the string; the last is the end. */
function unitsOf(text: string): number[] {
  const units = [0];
  for (const sign of text) units.push(units.at(-1)! + sign.length);
  return units;
}

/** The remarks on `before` in the text that it has become; what was written into is theirs no more. */
export function moved(remarks: readonly Remark[], before: string, after: string): readonly Remark[] {
  if (before === after) return remarks;
  const { from, to, text } = changeOf(before, after);
  const by = text.length - (to - from);
  return remarks.flatMap((each) => {
    if (each.end <= from) return [each];
    if (each.start >= to) return [{ ...each, start: each.start + by, end: each.end + by }];
    return [];
  });
}

/** The smallest change that makes one text the other; characters of two units stay whole. */
export function changeOf(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let kept = 0;
  while (kept < most - from && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  if (inside(before, from) || inside(after, from)) from--;
  if (kept && (inside(before, before.length - kept) || inside(after, after.length - kept))) kept--;
  return { from, to: before.length - kept, text: after.slice(from, after.length - kept) };
}

/** Whether a place lies between the two units of one character. */
function inside(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");
}

/** What taking the suggestion changes: no more than what differs, so that formats and the cursor stay. */
export function changeFor(remark: Remark): Change | null {
  if (remark.suggestion === null) return null;
  const { from, to, text } = changeOf(remark.piece, remark.suggestion);
  return { from: remark.start + from, to: remark.start + to, text };
}

export function changed(text: string, { from, to, text: put }: Change): string {
  return text.slice(0, from) + put + text.slice(to);
}

export function worst(remarks: readonly Remark[]): Severity | null {
  const found = remarks.map(({ severity }) => severity).sort((a, b) => WEIGHT[b] - WEIGHT[a]);
  return found[0] ?? null;
}

/** The remark in which a place lies, else the next one behind it, else the first. */
export function remarkAt(remarks: readonly Remark[], at: number): Remark | undefined {
  return remarks.find(({ start, end }) => start <= at && at <= end) ?? remarkAfter(remarks, at);
}

export function remarkAfter(remarks: readonly Remark[], at: number): Remark | undefined {
  return remarks.find(({ start }) => start > at) ?? remarks[0];
}
