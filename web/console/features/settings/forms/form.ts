/** Forms as the settings know them, and how one is changed before it is saved. */

import type { Locale } from "@sonnim/protocol";

export type Labels = Partial<Record<Locale, string>>;
export const FIELD_TYPES = ["name", "email", "phone", "order", "text", "long", "choice", "date", "file", "consent"] as const;
export type FieldType = (typeof FIELD_TYPES)[number];
/** What a form has once: the desk knows the shopper by these. */
const ONCE: readonly FieldType[] = ["name", "email", "phone"];
export const MAX_FIELDS = 25;

export interface Choice {
  id: string;
  labels: Labels;
}

export interface Field {
  id: string;
  type: FieldType;
  labels: Labels;
  help: Labels;
  required: boolean;
  max: number | null;
  choices: Choice[];
}

export interface Texts {
  title: Labels;
  intro?: Labels;
  thanks?: Labels;
}

export interface Template {
  kind: string;
  name: Labels;
  texts: Texts;
  fields: Field[];
}

export interface Form {
  id: number;
  v: number;
  key: string;
  name: string;
  kind: string;
  fields: Field[];
  texts: Texts;
  team_id: number | null;
  tag_ids: number[];
  origins: string[];
  active: boolean;
  count: number;
  last_at: string | null;
  created_at: string;
}

/** What is being edited: a form that exists, or one that does not yet. */
export type Draft = Omit<Form, "id" | "v" | "key" | "count" | "last_at" | "created_at"> & { id: number | null; v: number };

export function draftOf(form: Form): Draft {
  const { id, v, name, kind, fields, texts, team_id, tag_ids, origins, active } = form;
  return { id, v, name, kind, fields, texts, team_id, tag_ids, origins, active };
}

export function begun(template: Template, locale: Locale): Draft {
  const { kind, name, texts, fields } = template;
  return { id: null, v: 0, name: said(name, locale), kind, fields, texts, team_id: null, tag_ids: [], origins: [], active: true };
}

/** What is sent to the server of it. */
export function bodyOf({ id, v, ...draft }: Draft): Record<string, unknown> {
  const { team_id, ...rest } = draft;
  return { ...rest, ...(id !== null ? { v, team_id } : team_id !== null ? { team_id } : {}) };
}

export function said(labels: Labels, locale: Locale): string {
  return labels[locale] || labels.en || Object.values(labels).find(Boolean) || "";
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const target = Math.max(0, Math.min(to, rest.length));
  return [...rest.slice(0, target), ...list.slice(from, from + 1), ...rest.slice(target)];
}

/** The types of which one more may be added. */
export function addable(fields: readonly Field[]): FieldType[] {
  if (fields.length >= MAX_FIELDS) return [];
  return FIELD_TYPES.filter((type) => !ONCE.includes(type) || !fields.some((field) => field.type === type));
}

export function added(fields: readonly Field[], type: FieldType, labels: Labels, option: Labels): Field[] {
  const choices = type === "choice" ? [{ id: "a1", labels: option }] : [];
  return [...fields, { id: free(fields, type), type, labels, help: {}, required: false, max: null, choices }];
}

/** An id that none of these has. */
export function free(taken: readonly { id: string }[], stem: string): string {
  if (!taken.some(({ id }) => id === stem)) return stem;
  let n = 2;
  while (taken.some(({ id }) => id === `${stem}${n}`)) n += 1;
  return `${stem}${n}`;
}
