/** Fills the variables of a canned response: `{{contact.name|friend}}`. Values are text, and never looked into again. */

import type { Contact, RichBlock, RichDocument, RichRun } from "@sonnim/protocol";

const VARIABLE = /\{\{\s*([^\s{}|]{1,100})\s*(?:\|([^{}]*))?\}\}/g;
const ATTRIBUTE = "contact.attributes.";
const MAX_VALUE = 200;

export interface Values {
  contact: Pick<Contact, "name" | "email" | "phone" | "attributes"> | undefined;
  agent: string;
  shop: string;
  conversation: number | null;
}

/** The variables that may be named, for whoever writes a canned response. */
export const VARIABLES = [
  "contact.name",
  "contact.email",
  "contact.phone",
  "agent.name",
  "shop.name",
  "conversation.id",
] as const;

function valueOf(name: string, { contact, agent, shop, conversation }: Values): string {
  if (name.startsWith(ATTRIBUTE)) {
    const attributes = contact?.attributes ?? {};
    const key = name.slice(ATTRIBUTE.length);
    const value = Object.hasOwn(attributes, key) ? attributes[key] : "";
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  }
  switch (name as (typeof VARIABLES)[number]) {
    case "contact.name":
      return contact?.name ?? "";
    case "contact.email":
      return contact?.email ?? "";
    case "contact.phone":
      return contact?.phone ?? "";
    case "agent.name":
      return agent;
    case "shop.name":
      return shop;
    case "conversation.id":
      return conversation === null ? "" : String(conversation);
    default:
      return "";
  }
}

/** Each variable's value, else its fallback; with neither it stays to be seen and filled in by hand. */
export function fillText(text: string, values: Values): string {
  return text.replace(VARIABLE, (whole, name: string, fallback?: string) => {
    const value = valueOf(name, values).replace(/\s+/g, " ").trim().slice(0, MAX_VALUE);
    return value || fallback?.trim() || (fallback === undefined ? whole : "");
  });
}

export function fill(document: RichDocument, values: Values): RichDocument {
  const run = (each: RichRun): RichRun => (each.type === "text" ? { ...each, text: fillText(each.text, values) } : each);
  const line = (runs: readonly RichRun[]) => runs.map(run).filter((each) => each.type !== "text" || each.text);
  return document.map((block): RichBlock => {
    if (block.type === "code") return { ...block, text: fillText(block.text, values) };
    if ("items" in block) return { ...block, items: block.items.map(line) };
    return { ...block, content: line(block.content ?? []) };
  });
}

/** The first variable that nobody has filled in: a shopper shall not read it. */
export function gapIn(text: string): string | null {
  const known = new RegExp(VARIABLE.source).exec(text);
  const name = known?.[1] ?? "";
  return name.startsWith(ATTRIBUTE) || (VARIABLES as readonly string[]).includes(name) ? (known?.[0] ?? null) : null;
}
