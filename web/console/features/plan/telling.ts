/** A plan's values in words, in the reader's language. */

import type { Locale } from "@sonnim/protocol";
import type { DeskState } from "../../app/desk/state";
import { LOCALES, type Key, type Words } from "../../app/i18n";
import type { Field } from "./sections";
import { fieldOf, type Document, type Limit, type Party, type Row, type Said } from "./types";

export type Names = Pick<DeskState["tables"], "teams" | "agents"> & Pick<DeskState, "channels">;

/** In this language, or in any that says something. */
export function within(said: Said, locale: Locale): string {
  return [locale, ...LOCALES].map((each) => said[each]).find((text) => text.trim()) ?? "";
}

export function channelName(kind: string, words: Words, names: Names): string {
  if (!kind) return words.t("plan.otherChannels");
  return names.channels.find((each) => each.kind === kind)?.names[words.locale] ?? kind;
}

export function rowName(row: Row, words: Words, names: Names): string {
  if ("channel" in row) return channelName(row.channel, words, names);
  const said = within("question" in row ? row.question : row.title, words.locale);
  return said || ("kind" in row ? words.t(`plan.kind.${row.kind}`) : words.t("plan.unnamed"));
}

export function partyName(party: Party, words: Words, names: Names): string {
  if (party.kind === "role") return party.role ? words.t(`plan.role.${party.role}`) : "";
  const table: Readonly<Record<string, { name: string; removed?: boolean }>> = party.kind === "team" ? names.teams : names.agents;
  const found = table[party.id];
  return found && !found.removed ? found.name : words.t("plan.gone");
}

export function duration(minutes: number, words: Words): string {
  if (minutes % 1440 === 0) return words.t("plan.days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return words.t("plan.hours", { count: minutes / 60 });
  return words.t("plan.minutes", { count: minutes });
}

export function limitText({ measure, value, currency }: Limit, words: Words): string {
  if (measure === "none" || measure === "any") return words.t(`plan.measure.${measure}`);
  if (!value) return words.t("plan.upTo.open");
  const [whole = "", part] = value.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
  return words.t(`plan.upTo.${measure}`, { value: grouped, currency }).trim();
}

function titleOf(rows: readonly Row[], id: string, words: Words, names: Names): string {
  const found = rows.find((row) => row.id === id);
  return found ? rowName(found, words, names) : words.t("plan.goneRow");
}

/** A field in words; empty where it says nothing. Sentences for shoppers and limits are shown line by line elsewhere. */
export function valueText(row: Row, field: Field, document: Document, words: Words, names: Names): string {
  const value = fieldOf(row, field.name);
  if (value === null || value === undefined || value === "" || value === false) return "";
  switch (field.kind) {
    case "inner":
    case "spoken":
      return within(value as Said, words.locale);
    case "party":
      return partyName(value as Party, words, names);
    case "minutes":
      return duration(value as number, words);
    case "days":
      return words.t("plan.days", { count: value as number });
    case "yes":
      return words.t(`plan.field.${field.name}` as Key);
    case "accepted":
    case "paid_by":
    case "kind":
      return words.t(`plan.${field.kind}.${value as string}` as Key);
    case "topic":
      return titleOf(document.topics, value as string, words, names);
    case "concession":
      return titleOf(document.concessions, value as string, words, names);
    case "concessions":
      return (value as string[]).map((id) => titleOf(document.concessions, id, words, names)).join(" · ");
    case "limits":
      return (value as Limit[])
        .map((limit) => `${words.t(`plan.role.${limit.role}`)} ${limitText(limit, words)}`)
        .join(" · ");
    case "channel":
      return channelName(value as string, words, names);
    case "day":
      return value as string;
    case "calendar":
      return "";
  }
}

/** What a folded row tells beside its name: the first fields that say something. */
export function summary(row: Row, fields: readonly Field[], document: Document, words: Words, names: Names): string {
  const told = fields
    .filter(({ name, kind }) => !["title", "question", "channel", "needed", "note"].includes(name) && kind !== "calendar")
    .map((field) => valueText(row, field, document, words, names))
    .filter(Boolean);
  return told.slice(0, 2).join(" · ");
}
