/** What is searched for, as the page's address has it: so that going back finds the same results. */

export type Among = "messages" | "conversations" | "contacts";
export type Sort = "newest" | "best";

export const AMONG: readonly Among[] = ["messages", "conversations", "contacts"];
export const SINCE = ["day", "week", "month", "year"] as const;
export type Since = (typeof SINCE)[number];

const DAYS: Record<Since, number> = { day: 1, week: 7, month: 30, year: 365 };

export interface Question {
  q: string;
  among: Among;
  sort: Sort;
  since: Since | null;
  /** An agent's id, or "none". */
  assignee: string | null;
  channel: string | null;
  tag: string | null;
}

export function questionOf(search: string): Question {
  const given = new URLSearchParams(search);
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((each) => each === given.get(name));
  return {
    q: given.get("q") ?? "",
    among: one("in", AMONG) ?? "messages",
    sort: one<Sort>("sort", ["newest", "best"]) ?? "newest",
    since: one("since", SINCE) ?? null,
    assignee: given.get("assignee"),
    channel: given.get("channel"),
    tag: given.get("tag"),
  };
}

/** The address of a question; what is as usual is left out. */
export function addressOf(question: Question): string {
  const { q, among, sort, since, assignee, channel, tag } = question;
  const parts = { q, in: among === "messages" ? "" : among, sort: sort === "newest" ? "" : sort, since, assignee, channel, tag };
  const given = Object.entries(parts).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(given).toString();
  return query ? `/search?${query}` : "/search";
}

/** The same for the server, which counts time in moments. */
export function requestOf(question: Question, now: number): string {
  const { q, among, sort, since, assignee, channel, tag } = question;
  const parts: Record<string, string | null> = { q: q.trim(), in: among };
  if (among !== "contacts") {
    Object.assign(parts, { sort, assignee, channel, tag });
    if (since) parts.from = new Date(now - DAYS[since] * 86_400_000).toISOString();
  }
  const given = Object.entries(parts).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `/search?${new URLSearchParams(given).toString()}`;
}

/** The pieces of a text, in turns plain and found; offsets are in UTF-16 units, as the server counts. */
export function pieces(text: string, highlights: readonly (readonly number[])[]): { text: string; found: boolean }[] {
  const made: { text: string; found: boolean }[] = [];
  let at = 0;
  for (const [from = 0, to = 0] of highlights) {
    if (from > at) made.push({ text: text.slice(at, from), found: false });
    if (to > from) made.push({ text: text.slice(from, to), found: true });
    at = to;
  }
  if (at < text.length) made.push({ text: text.slice(at), found: false });
  return made;
}
