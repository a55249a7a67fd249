/** What the figures of the quality score come to on a screen: lines of weeks, marked pieces, whom a change concerns. */

import type { EventFrame, QualityDetail, QualityMark } from "@sonnim/protocol";

/** The room of the drawn line. */
export const WIDTH = 240;
export const HEIGHT = 56;
const EDGE = 4;

export interface Dot {
  x: number;
  y: number;
  at: number;
}

/** The weeks that have a mean, as pieces of a line: a week without scores interrupts it. */
export function lines(means: readonly (number | null)[]): Dot[][] {
  const step = means.length > 1 ? (WIDTH - 2 * EDGE) / (means.length - 1) : 0;
  const found: Dot[][] = [[]];
  means.forEach((mean, at) => {
    if (mean === null) found.push([]);
    else found.at(-1)?.push({ x: EDGE + at * step, y: HEIGHT - EDGE - (mean / 100) * (HEIGHT - 2 * EDGE), at });
  });
  return found.filter((each) => each.length > 0);
}

export type Line = QualityDetail["replies"][number]["lines"][number];

export interface Piece {
  text: string;
  /** What is said of it; nothing of what stands between. */
  lines: readonly Line[];
}

/** A reply cut where a mark begins or ends; places are counted in code points. */
export function cut(text: string, lines: readonly Line[]): Piece[] {
  const letters = Array.from(text);
  const placed = lines.filter(({ start, end, piece }) => piece !== null && start < end && end <= letters.length);
  const edges = [...new Set([0, letters.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return edges.slice(1).map((end, n) => {
    const start = edges[n] ?? 0;
    return { text: letters.slice(start, end).join(""), lines: placed.filter((each) => each.start < end && each.end > start) };
  });
}

/** Whether an event says that something about this agent's scores is otherwise; of everybody's without one. */
export function concerns(event: Pick<EventFrame, "type" | "desk">, agent?: number): boolean {
  if (event.type !== "quality.changed") return false;
  const marks = Object.values(event.desk?.put?.["quality"] ?? {}) as QualityMark[];
  return agent === undefined || marks.some(({ agent_ids }) => !agent_ids.length || agent_ids.includes(agent));
}

/** The scores behind a number, as the server is asked for them. */
export interface Wanted {
  agent?: number | undefined;
  week?: string | undefined;
  rule?: string | undefined;
  critical?: boolean | undefined;
}

export function scoresPath({ agent, week, rule, critical }: Wanted): string {
  const asked = new URLSearchParams();
  if (agent !== undefined) asked.set("agent_id", String(agent));
  if (week) asked.set("week", week);
  if (rule) asked.set("rule", rule);
  if (critical) asked.set("critical", "true");
  return `/quality/scores?${asked.toString()}`;
}
