/** Changes of the glossary: each is told against the newest list, so that nobody's words are lost. */

import type { CoachGlossary } from "@sonnim/protocol";

export type Term = CoachGlossary["terms"][number];

export const MOST = 500;
export const TERM_LENGTH = 60;
export const PLAIN_LENGTH = 120;

export type Trouble = "there" | "full" | "changed";

/** Why a change cannot be made. */
export class GlossaryTrouble extends Error {
  constructor(readonly why: Trouble) {
    super(why);
  }
}

export type Change = (terms: readonly Term[]) => Term[];

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
const clean = ({ term, plain }: Term): Term => ({ term: term.trim(), plain: plain.trim() });

export const added = (term: Term, at?: number): Change => (terms) => {
  if (terms.some((each) => same(each.term, term.term))) throw new GlossaryTrouble("there");
  if (terms.length >= MOST) throw new GlossaryTrouble("full");
  const next = [...terms];
  next.splice(at ?? next.length, 0, clean(term));
  return next;
};

/** Somebody else may have worded the same one meanwhile: then it is theirs that is shown, and asked again. */
export const edited = (from: Term, to: Term): Change => (terms) => {
  if (!terms.some((each) => is(each, from))) throw new GlossaryTrouble("changed");
  if (terms.some((each) => !is(each, from) && same(each.term, to.term))) throw new GlossaryTrouble("there");
  return terms.map((each) => (is(each, from) ? clean(to) : each));
};

export const removed = (term: Term): Change => (terms) => terms.filter((each) => !is(each, term));

/** Many at once; what is there already takes the new plain word. */
export const merged = (more: readonly Term[]): Change => (terms) => {
  const next = terms.map((each) => more.findLast((one) => same(one.term, each.term)) ?? each);
  for (const each of more) {
    if (!next.some((one) => same(one.term, each.term))) next.push(more.findLast((one) => same(one.term, each.term)) ?? each);
  }
  if (next.length > MOST) throw new GlossaryTrouble("full");
  return next;
};

const is = (a: Term, b: Term) => a.term === b.term && a.plain === b.plain;

/** Pasted lines: the words in them, and the numbers of the lines that are none. */
export function read(text: string): { terms: Term[]; odd: number[] } {
  const terms: Term[] = [];
  const odd: number[] = [];
  for (const [n, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const parts = /^(.+?)\s*(?:\t|→|=>|->|=|：|: )\s*(.+)$/.exec(line.trim());
    const found = { term: parts?.[1]?.trim() ?? "", plain: parts?.[2]?.trim() ?? "" };
    if (found.term && found.plain && found.term.length <= TERM_LENGTH && found.plain.length <= PLAIN_LENGTH) terms.push(found);
    else odd.push(n + 1);
  }
  return { terms, odd };
}

export function sought(terms: readonly Term[], text: string): Term[] {
  const wanted = text.trim().toLowerCase();
  return terms.filter(({ term, plain }) => term.toLowerCase().includes(wanted) || plain.toLowerCase().includes(wanted));
}
