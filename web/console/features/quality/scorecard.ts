/** A scorecard while it is changed: what it comes to, what is wrong with it, and what two people made of it at once. */

import type { Locale, QualityScorecard } from "@sonnim/protocol";

export type Criterion = QualityScorecard["criteria"][number];
export type Kind = Criterion["kind"];
/** What of a scorecard can be changed. */
export interface Sheet {
  criteria: readonly Criterion[];
  per_week: number;
}

export const KINDS: readonly Kind[] = ["marks", "clocks", "outcome", "people"];
export const FULL = 100;
export const MOST_CRITERIA = 20;
export const MOST_PER_WEEK = 50;
export const LONGEST_NAME = 80;

/** What a criterion is called: in the reader's language, or in another one that it has a name in. */
export function criterionName({ id, names }: Pick<Criterion, "id" | "names">, locale: Locale): string {
  return [names[locale], ...Object.values(names)].find((name) => name?.trim()) ?? id;
}

export function blank(kind: Kind = "marks"): Criterion {
  // Never one that was there before: figures of a criterion are kept under its id.
  const id = `own-${Math.random().toString(36).slice(2, 10)}`;
  return { id, names: {}, weight: 0, critical: false, kind, rules: [] };
}

export const sumOf = (criteria: readonly Criterion[]): number => criteria.reduce((sum, { weight }) => sum + weight, 0);

/** As it is sent: names without blanks, rules only where rules are what it is judged by. */
export function written({ criteria, per_week }: Sheet): Sheet {
  return {
    criteria: criteria.map((each) => ({
      ...each,
      names: Object.fromEntries(Object.entries(each.names).sort().flatMap(([locale, name]) => (name.trim() ? [[locale, name.trim()]] : []))),
      rules: each.kind === "marks" ? [...each.rules] : [],
    })),
    per_week,
  };
}

export const isSame = (one: Sheet, other: Sheet): boolean => JSON.stringify(picked(one)) === JSON.stringify(picked(other));

function picked(sheet: Sheet): unknown {
  const { criteria, per_week } = written(sheet);
  return [per_week, criteria.map(({ id, names, weight, critical, kind, rules }) => [id, names, weight, critical, kind, [...rules].sort()])];
}

export function changed(criteria: readonly Criterion[], id: string, change: Partial<Criterion>): Criterion[] {
  return criteria.map((each) => (each.id === id ? { ...each, ...change } : each));
}

/** Gives a criterion these rules; another one that had one of them loses it. */
export function ruled(criteria: readonly Criterion[], id: string, rules: readonly string[]): Criterion[] {
  return criteria.map((each) => ({ ...each, rules: each.id === id ? [...rules] : each.rules.filter((rule) => !rules.includes(rule)) }));
}

/** Which criterion a rule counts in. */
export function owners({ criteria }: Pick<Sheet, "criteria">): Map<string, Criterion> {
  return new Map(criteria.flatMap((each) => (each.kind === "marks" ? each.rules.map((rule) => [rule, each] as const) : [])));
}

/** Weights that are 100 together, in the same proportion; what does not divide goes where most was cut off. */
export function evened(criteria: readonly Criterion[]): Criterion[] {
  const sum = sumOf(criteria);
  const shares = criteria.map(({ weight }) => (sum ? (weight * FULL) / sum : FULL / criteria.length));
  const weights = shares.map(Math.floor);
  const left = FULL - weights.reduce((all, each) => all + each, 0);
  const cut = shares.map((share, at) => ({ at, by: share % 1 })).sort((a, b) => b.by - a.by || a.at - b.at);
  const lucky = new Set(cut.slice(0, left).map(({ at }) => at));
  return criteria.map((each, at) => ({ ...each, weight: (weights[at] ?? 0) + (lucky.has(at) ? 1 : 0) }));
}

export type Fault = "name" | "rules";

/** What keeps it from being saved, criterion by criterion; the sum and the number of criteria are told beside them. */
export function faults({ criteria }: Sheet): Map<string, Fault[]> {
  const found = criteria.map(({ id, names, kind, rules }): [string, Fault[]] => {
    const given = Object.values(names).filter((name) => name.trim());
    const named = given.length > 0 && given.every((name) => Array.from(name.trim()).length <= LONGEST_NAME);
    return [id, [...(named ? [] : (["name"] as const)), ...(kind === "marks" && !rules.length ? (["rules"] as const) : [])]];
  });
  return new Map(found.filter(([, what]) => what.length));
}

export const isComplete = (sheet: Sheet): boolean => sheet.criteria.length > 0 && sumOf(sheet.criteria) === FULL && !faults(sheet).size;

export type Difference =
  | { what: "added" | "removed"; criterion: Criterion }
  | { what: "weight" | "names" | "kind" | "critical"; criterion: Criterion; before: Criterion }
  | { what: "rules"; criterion: Criterion; more: string[]; fewer: string[] }
  | { what: "order"; criteria: readonly Criterion[] }
  | { what: "perWeek"; from: number; to: number };

/** What is otherwise in `to`. */
export function differences(from: Sheet, to: Sheet): Difference[] {
  const [was, now] = [written(from), written(to)];
  const found: Difference[] = now.criteria.flatMap((criterion): Difference[] => {
    const before = was.criteria.find(({ id }) => id === criterion.id);
    if (!before) return [{ what: "added", criterion }];
    const more = criterion.rules.filter((rule) => !before.rules.includes(rule));
    const fewer = before.rules.filter((rule) => !criterion.rules.includes(rule));
    return [
      ...FIELDS.filter((what) => differs(criterion[what], before[what])).map((what) => ({ what, criterion, before })),
      ...(more.length + fewer.length ? [{ what: "rules" as const, criterion, more, fewer }] : []),
    ];
  });
  const gone = was.criteria.filter(({ id }) => !now.criteria.some((each) => each.id === id));
  found.push(...gone.map((criterion) => ({ what: "removed" as const, criterion })));
  if (isMoved(was, now)) found.push({ what: "order", criteria: now.criteria });
  if (was.per_week !== now.per_week) found.push({ what: "perWeek", from: was.per_week, to: now.per_week });
  return found;
}

const FIELDS = ["names", "kind", "weight", "critical"] as const;
const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

/** Whether those that are in both stand in another order. */
function isMoved(from: Sheet, to: Sheet): boolean {
  const ids = ({ criteria }: Sheet, other: Sheet) => criteria.map(({ id }) => id).filter((id) => other.criteria.some((each) => each.id === id));
  return differs(ids(from, to), ids(to, from));
}

/** Theirs with what I changed since `base` put into it. Where both changed the same thing, mine stays. */
export function merged(...all: [base: Sheet, mine: Sheet, theirs: Sheet]): Sheet {
  const [base, mine, theirs] = all.map(written) as typeof all;
  const find = ({ criteria }: Sheet, id: string) => criteria.find((each) => each.id === id);
  const kept = theirs.criteria.flatMap((their) => {
    const [was, own] = [find(base, their.id), find(mine, their.id)];
    if (!own) return was ? [] : [their];
    return [was ? { ...their, ...changesOf(was, own) } : own];
  });
  const added = mine.criteria.filter((own) => {
    const was = find(base, own.id);
    return !find(theirs, own.id) && (!was || !isSame({ criteria: [was], per_week: 0 }, { criteria: [own], per_week: 0 }));
  });
  const criteria = isMoved(base, mine) ? inOrderOf(mine, [...kept, ...added]) : [...kept, ...added];
  return { criteria: withOwners(criteria, base, mine, theirs), per_week: mine.per_week === base.per_week ? theirs.per_week : mine.per_week };
}

/** In my order; what I do not have stays behind what it stood behind. */
function inOrderOf(mine: Sheet, criteria: readonly Criterion[]): Criterion[] {
  const find = (id: string) => criteria.filter((each) => each.id === id);
  const order = mine.criteria.flatMap(({ id }) => find(id));
  criteria.forEach((each, at) => {
    if (order.includes(each)) return;
    order.splice(at ? order.indexOf(criteria[at - 1]!) + 1 : 0, 0, each);
  });
  return order;
}

function changesOf(was: Criterion, own: Criterion): Partial<Criterion> {
  return Object.fromEntries(FIELDS.filter((field) => differs(was[field], own[field])).map((field) => [field, own[field]]));
}

/** Each rule where I put it, or else where they have put it: so it stands in one criterion, whoever moved it. */
function withOwners(criteria: readonly Criterion[], base: Sheet, mine: Sheet, theirs: Sheet): Criterion[] {
  const [before, own, their] = [owners(base), owners(mine), owners(theirs)];
  const ownerOf = (rule: string) => {
    const moved = own.get(rule)?.id !== before.get(rule)?.id;
    return (moved ? own : their).get(rule)?.id;
  };
  const rules = [...new Set([...their.keys(), ...own.keys()])];
  return criteria.map((each) => ({ ...each, rules: rules.filter((rule) => ownerOf(rule) === each.id) }));
}
