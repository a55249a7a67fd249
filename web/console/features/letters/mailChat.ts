/** Mailing a chat to its shopper, and the ten seconds in which that may be undone. */

import type { Conversation } from "@sonnim/protocol";
import { api } from "../../app/api";
import type { DeskState } from "../../app/desk/state";

/** Whether what is said in a conversation reaches its shopper in the chat alone, and the shop could mail it. */
export function mailsChats({ channels }: DeskState, { channel }: Conversation): boolean {
  return channels.some((each) => each.letters) && channels.some((each) => each.kind === channel && each.live);
}

export interface ChatMail {
  id: number;
  address: string;
}

export function mailChat(base: string, conversation: number, wanted: { client_id: string; address: string; words: string }): Promise<ChatMail> {
  return api.post<ChatMail>(`${base}/conversations/${conversation}/chat-mails`, wanted);
}

export function withdraw(base: string, id: number): Promise<unknown> {
  return api.delete(`${base}/chat-mails/${id}`);
}
