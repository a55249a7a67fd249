/** What was promised: which of it is whose, and the requests that make, move and settle it. */

import { byId, type Contact, type Conversation, type FoundPromise, type PromiseMade, type PromiseAct } from "@sonnim/protocol";
import { api } from "../../app/api";
import type { Desk } from "../../app/desk/desk";
import { withChange, type DeskState, type Table } from "../../app/desk/state";
import { memoize } from "../../app/store";

export const ACTS: readonly PromiseAct[] = ["call", "mail", "message", "answer", "refund", "ship", "send", "do", "check"];

export function isOpen(promise: PromiseMade): boolean {
  return promise.kept_at === null && promise.dropped_at === null;
}

export function isLate(promise: PromiseMade, now: number): boolean {
  return promise.stage === "overdue" || promise.stage === "escalated" || Date.parse(promise.due_at) <= now;
}

function inOrder(promises: PromiseMade[]): PromiseMade[] {
  return promises.sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at) || a.id - b.id);
}

const pickAll = memoize((table: Table<PromiseMade>) => inOrder(Object.values(table).filter(isOpen)));
const pickMine = memoize((all: PromiseMade[], me: number) => all.filter((each) => each.agent_id === me));

/** Everything that is still to be kept, the soonest due first; the same list while nothing has changed. */
export const everybodys = (state: DeskState): PromiseMade[] => pickAll(state.tables.promises);
export const mine = (state: DeskState): PromiseMade[] => pickMine(everybodys(state), state.agentId);

export function makeOpenIn(conversation: number): (state: DeskState) => PromiseMade[] {
  const pick = memoize((all: PromiseMade[]) => all.filter((each) => each.conversation_id === conversation));
  return (state) => pick(everybodys(state));
}

interface Found {
  found: FoundPromise[];
  made: PromiseMade[];
}

interface Page {
  items: PromiseMade[];
  conversations: Conversation[];
  contacts: Contact[];
  next: string | null;
}

function put(desk: Desk, promises: PromiseMade[]): void {
  desk.store.set((state) => withChange(state, { put: { promises: byId(promises) } }));
}

async function told(desk: Desk, answer: Promise<PromiseMade>): Promise<PromiseMade> {
  const promise = await answer;
  put(desk, [promise]);
  return promise;
}

/** What one of my messages seems to promise and is not kept in mind yet. */
export async function findIn(desk: Desk, conversation: number, seq: number): Promise<FoundPromise[]> {
  const { found, made } = await api.get<Found>(`${desk.base}/conversations/${conversation}/entries/${seq}/promises`);
  put(desk, made);
  return found.filter(({ act }) => !made.some((each) => each.act === act));
}

/** Reads what was promised in a conversation. */
export async function readIn(desk: Desk, conversation: number): Promise<void> {
  put(desk, (await api.get<{ items: PromiseMade[] }>(`${desk.base}/conversations/${conversation}/promises`)).items);
}

/** Reads a page of all that is open, with what it is about; answers where it goes on. */
export async function readPage(desk: Desk, of: "me" | "all", cursor: string | null): Promise<string | null> {
  const page = await api.get<Page>(`${desk.base}/promises?of=${of}&limit=100${cursor ? `&cursor=${cursor}` : ""}`);
  const change = { promises: byId(page.items), conversations: byId(page.conversations), contacts: byId(page.contacts) };
  desk.store.set((state) => withChange(state, { put: change }));
  return page.next;
}

export interface Wanted {
  act: PromiseAct;
  due_at: string;
  note?: string;
}

/** Without `seq` it was promised elsewhere, in a call perhaps. */
export const make = (desk: Desk, conversation: number, seq: number | null, wanted: Wanted) =>
  told(desk, api.post<PromiseMade>(`${desk.base}/conversations/${conversation}/${seq === null ? "" : `entries/${seq}/`}promises`, wanted));

export const change = (desk: Desk, id: number, wanted: Partial<Omit<Wanted, "act">>) =>
  told(desk, api.patch<PromiseMade>(`${desk.base}/promises/${id}`, wanted));

export const keep = (desk: Desk, id: number) => told(desk, api.post<PromiseMade>(`${desk.base}/promises/${id}/keep`));

export const drop = (desk: Desk, id: number, reason: string) =>
  told(desk, api.post<PromiseMade>(`${desk.base}/promises/${id}/drop`, { reason }));

export const reopen = (desk: Desk, id: number) => told(desk, api.post<PromiseMade>(`${desk.base}/promises/${id}/reopen`));
