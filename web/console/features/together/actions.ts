/** What agents do together, as requests; the log tells everybody of the outcome, this window too. */

import { byId, type Checklist, type Contact, type Conversation, type Question, type Role } from "@sonnim/protocol";
import { api } from "../../app/api";
import type { Desk } from "../../app/desk/desk";
import { withChange } from "../../app/desk/state";
import type { ConversationPage } from "../../app/types";

interface Together {
  checklist: Checklist;
  questions: Question[];
  related: Conversation[];
  contacts: Contact[];
}

const at = (desk: Desk, id: number) => `${desk.base}/conversations/${id}`;

/** Reads what stands beside a timeline: checklist, questions, the conversations it hangs together with. */
export async function readTogether(desk: Desk, id: number): Promise<void> {
  const { checklist, questions, related, contacts } = await api.get<Together>(`${at(desk, id)}/together`);
  const put = {
    checklists: { [id]: checklist },
    questions: byId(questions),
    conversations: byId(related),
    contacts: byId(contacts),
  };
  desk.store.set((state) => withChange(state, { put }));
}

/** Reads whom a conversation is with, without opening it. */
export async function readAbout(desk: Desk, id: number): Promise<void> {
  const { conversation, contact } = await api.get<ConversationPage>(at(desk, id));
  const put = { conversations: byId([conversation]), contacts: byId([contact]) };
  desk.store.set((state) => withChange(state, { put }));
}

export const follow = (desk: Desk, id: number, on: boolean) => api.post(`${at(desk, id)}/${on ? "follow" : "unfollow"}`);

export interface Transfer {
  agent_id: number | null;
  team_id: number | null;
  note: string;
}

export const transfer = (desk: Desk, id: number, to: Transfer) => api.post(`${at(desk, id)}/transfer`, to);

export const merge = (desk: Desk, id: number, into: number) => api.post(`${at(desk, id)}/merge`, { into_id: into });

export const unmerge = (desk: Desk, id: number) => api.post(`${at(desk, id)}/unmerge`);

/** Answers the new conversation's id. */
export async function split(desk: Desk, id: number, seq: number): Promise<number> {
  const { conversation } = await api.post<{ conversation: Conversation }>(`${at(desk, id)}/split`, { from_seq: seq });
  desk.store.set((state) => withChange(state, { put: { conversations: byId([conversation]) } }));
  return conversation.id;
}

export const link = (desk: Desk, id: number, other: number) => api.post(`${at(desk, id)}/link`, { conversation_id: other });

export const unlink = (desk: Desk, id: number, other: number) => api.post(`${at(desk, id)}/unlink`, { conversation_id: other });

export const seeMentions = (desk: Desk, id: number) => api.post(`${at(desk, id)}/mentions/seen`);

// ---- the checklist: the answer is shown at once, the event brings the same

async function changed(desk: Desk, id: number, answer: Promise<Checklist>): Promise<void> {
  const checklist = await answer;
  desk.store.set((state) => withChange(state, { put: { checklists: { [id]: checklist } } }));
}

export const addItem = (desk: Desk, id: number, text: string) =>
  changed(desk, id, api.post<Checklist>(`${at(desk, id)}/checklist`, { text }));

export const checkItem = (desk: Desk, id: number, item: number, done: boolean) =>
  changed(desk, id, api.patch<Checklist>(`${at(desk, id)}/checklist/${item}`, { done }));

export const removeItem = (desk: Desk, id: number, item: number) =>
  changed(desk, id, api.delete<Checklist>(`${at(desk, id)}/checklist/${item}`));

export const redactItem = (desk: Desk, id: number, item: number, reason: string) =>
  changed(desk, id, api.post<Checklist>(`${at(desk, id)}/checklist/${item}/redact`, { reason }));

// ---- questions

export interface Asking {
  text: string;
  to_agent_id?: number;
  to_role?: Role;
  due_at?: string;
}

async function asked(desk: Desk, answer: Promise<Question>): Promise<void> {
  const question = await answer;
  desk.store.set((state) => withChange(state, { put: { questions: byId([question]) } }));
}

export const ask = (desk: Desk, id: number, question: Asking) =>
  asked(desk, api.post<Question>(`${at(desk, id)}/questions`, question));

export const answerQuestion = (desk: Desk, id: number, text: string) =>
  asked(desk, api.post<Question>(`${desk.base}/questions/${id}/answer`, { text }));

export const withdrawQuestion = (desk: Desk, id: number) =>
  asked(desk, api.post<Question>(`${desk.base}/questions/${id}/withdraw`));
