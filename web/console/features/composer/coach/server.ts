/** What the coach is asked and told over the wire. */

import { api } from "../../../app/api";
import type { Desk } from "../../../app/desk/desk";
import { remarksOf, type Mark, type Remark } from "./marks";

export interface Question {
  text: string;
  /** What the conversation looked like: a new message may ask for something else. */
  after: number;
  resolving: boolean;
}

/** The remarks on a text. */
export interface Answer extends Question {
  remarks: readonly Remark[];
}

export const REASONS = ["wrong", "not_here", "on_purpose", "other"] as const;
export type Reason = (typeof REASONS)[number];

const pathOf = (desk: Desk, conversation: number) => `${desk.base}/conversations/${conversation}/coach`;

export async function askCoach(desk: Desk, conversation: number, question: Question, signal: AbortSignal): Promise<Answer> {
  const { text, resolving } = question;
  const { marks } = await api.post<{ marks: Mark[] }>(pathOf(desk, conversation), { draft: text, resolving }, signal);
  if (marks.some(({ strict }) => strict)) strictShops.set(desk.base, true);
  return { ...question, remarks: remarksOf(text, marks) };
}

/** A count may miss one: nobody is told of a failure. */
export function tellApplied(desk: Desk, conversation: number, { rule }: Remark): void {
  api.post(`${pathOf(desk, conversation)}/applied`, { rule }).catch(() => undefined);
}

/** Answers whether the rule is quiet for this agent from now on. */
export async function tellDismissed(desk: Desk, conversation: number, { rule, piece }: Remark, reason: Reason, words: string): Promise<boolean> {
  try {
    const body = { rule, piece, reason, ...(words && { words }) };
    return (await api.post<{ quieted: boolean }>(`${pathOf(desk, conversation)}/dismissals`, body)).quieted;
  } catch {
    return false; // it stays dismissed here; only the count misses it
  }
}

export function hearAgain(desk: Desk, rule: string): Promise<void> {
  return api.delete(`${desk.base}/coach/quiet/${rule}`);
}

// ---- what holds for the shop as long as this page is open

const refused = new Set<string>();
const strictShops = new Map<string, boolean>();

/** Whether this person has no coach: nothing is asked then. */
export const isRefused = (desk: Desk) => refused.has(desk.base);
export const refuse = (desk: Desk) => void refused.add(desk.base);

/** Whether the shop has a rule that asks before sending. Where it has none, nobody waits for an answer. */
export const asksBeforeSending = (desk: Desk): boolean => strictShops.get(desk.base) ?? false;

export async function learnWhetherStrict(desk: Desk, { again = false } = {}): Promise<void> {
  if ((!again && strictShops.has(desk.base)) || isRefused(desk)) return;
  try {
    const { rules } = await api.get<{ rules: { on: boolean; strict: boolean }[] }>(`${desk.base}/coach/rules`);
    strictShops.set(desk.base, rules.some(({ on, strict }) => on && strict));
  } catch {
    // A strict mark that comes with an answer says it too.
  }
}

/** As if the page had been opened anew. */
export function forgetCoach(): void {
  refused.clear();
  strictShops.clear();
}
