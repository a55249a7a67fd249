/** Changes to contacts that the server has not answered yet, kept in this browser: a dead line loses no note. */

import type { Contact } from "@sonnim/protocol";
import { uuid } from "@sonnim/protocol";
import type { Desk } from "../../app/desk/desk";

type Changeable = "name" | "email" | "phone" | "notes" | "locale" | "timezone" | "attributes";
export type ContactChange = Partial<Pick<Contact, Changeable>>;

export interface Edit {
  id: string;
  contact: number;
  change: ContactChange;
  at: number;
}

const nameOf = (desk: Desk) => `sonnim:contacts:${desk.base}:${desk.store.get().agentId}`;
// Where storage is blocked they last as long as the page.
const blocked = new Map<string, Edit[]>();

/** Oldest first. */
export function keptEdits(desk: Desk): Edit[] {
  try {
    return JSON.parse(localStorage.getItem(nameOf(desk)) ?? "[]") as Edit[];
  } catch {
    return blocked.get(nameOf(desk)) ?? [];
  }
}

function put(desk: Desk, edits: Edit[]): void {
  try {
    if (edits.length) localStorage.setItem(nameOf(desk), JSON.stringify(edits));
    else localStorage.removeItem(nameOf(desk));
  } catch {
    blocked.set(nameOf(desk), edits);
  }
}

/** Keeps a change; it replaces older ones of the same contact's same fields. */
export function keepEdit(desk: Desk, contact: number, change: ContactChange): Edit {
  const edit = { id: uuid(), contact, change, at: Date.now() };
  const replaced = (each: Edit) => each.contact === contact && Object.keys(each.change).every((name) => name in change);
  put(desk, [...keptEdits(desk).filter((each) => !replaced(each)), edit]);
  return edit;
}

export function forgetEdit(desk: Desk, edit: Edit): void {
  put(desk, keptEdits(desk).filter((each) => each.id !== edit.id));
}
