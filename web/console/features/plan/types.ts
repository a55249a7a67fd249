/** A service plan as the console works on it. */

import type {
  Locale,
  PlanDraft as WireDraft,
  PlanDraftState as WireState,
  PlanFault as WireFault,
  PlanMeter,
  PlanOf,
  PlanQuestion as WireQuestion,
  PlanVersion,
} from "@sonnim/protocol";

export type Document = PlanOf["document"];
export type SectionName = Exclude<keyof Document, "languages">;
export type Row = Document[SectionName][number];
/** Every field that a row of some section may have. */
export type FieldName = Exclude<Document[SectionName][number] extends infer R ? (R extends unknown ? keyof R : never) : never, "id">;
export type Said = Record<Locale, string>;
export type Party = NonNullable<Document["topics"][number]["answered_by"]>;
export type Limit = Document["concessions"][number]["limits"][number];
export type Kind = Document["concessions"][number]["kind"];
export type Draft = WireDraft;
export type DraftState = WireState;
export type Fault = WireFault;
export type Question = WireQuestion;
export type Meter = PlanMeter;
export type Version = PlanVersion;
export type Plan = PlanOf;

export const NOTHING_SAID: Said = { ko: "", zh: "", en: "" };
export const ROLES = ["agent", "lead", "admin", "owner"] as const;
export const MEASURES = ["none", "any", "amount", "percent", "count"] as const;
export const KINDS = [
  "discount",
  "promotion",
  "coupon",
  "points",
  "gift",
  "free_shipping",
  "express",
  "partial_refund",
  "full_refund",
  "replacement",
  "repair",
  "free_return",
  "other",
] as const satisfies readonly Kind[];

/** A field of any row; what a row does not have is undefined. */
export function fieldOf(row: Row, name: FieldName): unknown {
  return (row as unknown as Record<string, unknown>)[name];
}

/** The rows of a section, whatever they are. */
export function rowsOf(document: Document, section: SectionName): readonly Row[] {
  return document[section];
}
