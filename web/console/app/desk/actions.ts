/** What an agent does to a conversation: shown at once, taken back when the server says no. */

import type { Conversation, Draft } from "@sonnim/protocol";
import type { Content } from "../../features/composer/content";
import { api } from "../api";
import type { Desk } from "./desk";
import { withChange, type DeskState } from "./state";

type Patch = Partial<Conversation>;

/** Shows `patch` until the server has answered; a newer version from the log always wins. */
async function change(desk: Desk, id: number, patch: Patch, path: string, body: object): Promise<void> {
  const before = desk.store.get().tables.conversations[id];
  const replace = (make: (now: Conversation) => Conversation) =>
    desk.store.set((state) => withConversationPatched(state, id, make));
  if (before) replace((now) => ({ ...now, ...patch }));
  try {
    await api.post(`${desk.base}/conversations/${id}/${path}`, body);
  } catch (error) {
    if (before) replace((now) => (now.v === before.v ? before : now));
    throw error;
  }
}

function withConversationPatched(
  state: DeskState,
  id: number,
  make: (now: Conversation) => Conversation,
): DeskState {
  const now = state.tables.conversations[id];
  if (!now) return state;
  const conversations = { ...state.tables.conversations, [id]: make(now) };
  return { ...state, tables: { ...state.tables, conversations } };
}

export interface Assignee {
  agent_id: number | null;
  team_id: number | null;
}

export function assign(desk: Desk, id: number, to: Assignee): Promise<void> {
  return change(desk, id, { assignee_id: to.agent_id, team_id: to.team_id }, "assign", to);
}

export function prioritise(desk: Desk, id: number, priority: Conversation["priority"]): Promise<void> {
  return change(desk, id, { priority }, "priority", { priority });
}

/** Puts tags on and takes others off. */
export function tag(desk: Desk, id: number, add: number[], remove: number[]): Promise<void> {
  const had = desk.store.get().tables.conversations[id]?.tag_ids ?? [];
  const tag_ids = [...had.filter((each) => !remove.includes(each)), ...add.filter((each) => !had.includes(each))];
  return change(desk, id, { tag_ids }, "tags", { add, remove });
}

export function markSpam(desk: Desk, id: number, spam: boolean): Promise<void> {
  const patch: Patch = spam ? { status: "spam", waiting_since: null, snoozed_until: null } : { status: "open" };
  return change(desk, id, patch, spam ? "spam" : "not-spam", {});
}

export function resolve(desk: Desk, id: number): Promise<void> {
  return change(desk, id, { status: "resolved", waiting_since: null, snoozed_until: null }, "resolve", {});
}

export function reopen(desk: Desk, id: number): Promise<void> {
  return change(desk, id, { status: "open", snoozed_until: null }, "reopen", {});
}

export function snooze(desk: Desk, id: number, until: number): Promise<void> {
  const at = new Date(until).toISOString();
  return change(desk, id, { status: "snoozed", snoozed_until: at }, "snooze", { until: at });
}

/** Keeps a draft on the server; an empty one is deleted. */
export async function saveDraft(desk: Desk, id: number, { text, rich, attachments, kind, envelope }: Content): Promise<void> {
  const path = `${desk.base}/conversations/${id}/draft`;
  if (!text && !attachments.length) return api.delete(path);
  const { draft } = await api.put<{ draft: Draft | null }>(path, {
    text,
    attachments: attachments.map((each) => each.id),
    ...((rich || envelope) && { data: { ...(rich && { rich }), ...(envelope && { envelope }) } }),
    ...(kind === "note" && { kind }),
  });
  if (draft) desk.store.set((state) => withChange(state, { put: { drafts: { [id]: draft } } }));
}
