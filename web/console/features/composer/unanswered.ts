/**
 * A message whose answer was lost on the way: the server may have it, or not.
 *
 * It is kept under its own id until the server has answered, so that trying again cannot make two of it.
 */

import type { Scheduled } from "@sonnim/protocol";
import { uuid } from "@sonnim/protocol";
import { api, ApiError } from "../../app/api";
import type { Desk } from "../../app/desk/desk";

interface Asked {
  client_id: string;
  /** What it says. */
  said: object;
  /** When it leaves, and what follows it. */
  more: object;
}

const equal = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

const nameOf = (desk: Desk, conversation: number) =>
  `sonnim:unanswered:${desk.base}:${desk.store.get().agentId}:${conversation}`;

function kept(desk: Desk, conversation: number): Asked | null {
  try {
    return JSON.parse(localStorage.getItem(nameOf(desk, conversation)) ?? "null") as Asked | null;
  } catch {
    return null; // storage is blocked, or somebody else wrote there
  }
}

function keep(desk: Desk, conversation: number, asked: Asked | null): void {
  try {
    if (asked) localStorage.setItem(nameOf(desk, conversation), JSON.stringify(asked));
    else localStorage.removeItem(nameOf(desk, conversation));
  } catch {
    // Storage is blocked or full: only after a lost answer would it have been of use.
  }
}

/** Whether an error leaves open what the server has done. */
const isLost = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** Whether a message is not held any more because it went out. */
export function wasSent(error: unknown): boolean {
  return error instanceof ApiError && (error.code === "conflict" || error.code === "not_found");
}

function ask(desk: Desk, conversation: number, { client_id, said, more }: Asked): Promise<Scheduled> {
  return api.post<Scheduled>(`${desk.base}/conversations/${conversation}/scheduled`, { client_id, ...said, ...more });
}

/** Has a message wait on the server, once however often it is tried; throws what speaks against it. */
export async function holdOnce(desk: Desk, conversation: number, said: object, more: object): Promise<void> {
  const former = await idOfFormer(desk, conversation, said, more);
  const asked = { client_id: former ?? uuid(), said, more };
  keep(desk, conversation, asked);
  try {
    await ask(desk, conversation, asked);
  } catch (error) {
    if (isLost(error) && !hasArrived(desk, asked.client_id)) throw error;
    if (!isLost(error) && !(former && wasSent(error))) {
      keep(desk, conversation, null);
      throw error;
    }
  }
  keep(desk, conversation, null);
}

/** The id that an unanswered message had if it is tried again; one that says something else is taken back. */
async function idOfFormer(desk: Desk, conversation: number, said: object, more: object): Promise<string | undefined> {
  const former = kept(desk, conversation);
  if (!former || (equal(former.said, said) && equal(former.more, more))) return former?.client_id;
  try {
    const waiting = await ask(desk, conversation, former);
    await api.delete(`${desk.base}/scheduled/${waiting.id}`);
  } catch (error) {
    if (isLost(error)) throw error;
    keep(desk, conversation, null);
    if (wasSent(error)) throw error; // what else was refused had never been kept
  }
  keep(desk, conversation, null);
  return undefined;
}

/** Whether an unanswered message is left of which `sendAs` must know. */
export const isUnanswered = (desk: Desk, conversation: number) => kept(desk, conversation) !== null;

/** The id under which a message goes by the outbox that may be waiting on the server already. */
export async function sendAs(desk: Desk, conversation: number, said: object, more: object): Promise<string | undefined> {
  const former = await idOfFormer(desk, conversation, said, more);
  keep(desk, conversation, null);
  return former;
}

function hasArrived(desk: Desk, clientId: string): boolean {
  const { scheduled, entries } = desk.store.get().tables;
  const is = (each: { client_id: string | null }) => each.client_id === clientId;
  return Object.values(scheduled).some(is) || Object.values(entries).some(is);
}

/** Settles what the live state shows to have arrived after all; answers whether it said this. */
export function settle(desk: Desk, conversation: number, said: object): boolean {
  const former = kept(desk, conversation);
  if (!former || !hasArrived(desk, former.client_id)) return false;
  keep(desk, conversation, null);
  return equal(former.said, said);
}
