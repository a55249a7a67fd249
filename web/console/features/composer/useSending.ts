/** How a message leaves: at once and with a way back, held for ten seconds, or at another time. */

import type { AckFrame, Conversation, NewMessage, Scheduled } from "@sonnim/protocol";
import { useMemo } from "react";
import { api, ApiError, serverNow } from "../../app/api";
import { reopen, resolve, snooze } from "../../app/desk/actions";
import { useChannel, useDesk, useDeskState } from "../../app/desk/context";
import { useWords, type Words } from "../../app/i18n";
import { createStore, useStore } from "../../app/store";
import { attempt, errorText, toastDone, toastError } from "../../ui/toast";
import { notifications } from "@mantine/notifications";
import { recipientsOf } from "../letters/addressing";
import { trimmed, type Content } from "./content";
import { holds } from "./holding";
import { holdOnce, isUnanswered, sendAs, wasSent } from "./unanswered";

/** What follows a message. */
export type Then = { what: "resolve" } | { what: "snooze"; until: number } | null;

/** How long what was sent can be taken back. */
export const TAKE_BACK_MS = 10_000;

export interface Sent {
  conversation: number;
  seq: number;
  at: number;
  content: Content;
  then: Then;
}

const lastSent = createStore<Sent | null>(null);

export function useLastSent(conversation: number): Sent | null {
  const sent = useStore(lastSent, (state) => state);
  return sent?.conversation === conversation ? sent : null;
}

export interface Sending {
  /** Sends now, or holds it where nothing can be called back. */
  send: (content: Content, then: Then) => void;
  sendLater: (content: Content, at: number) => Promise<boolean>;
  /** Answers what was sent, for the composer. */
  takeBack: (sent: Sent) => Promise<Content | null>;
  withdraw: (scheduled: Scheduled) => Promise<Content | null>;
  sendNow: (scheduled: Scheduled) => Promise<boolean>;
  reschedule: (scheduled: Scheduled, at: number) => Promise<boolean>;
}

export function useSending(conversation: Conversation, restore: (content: Content) => void): Sending {
  const words = useWords();
  const desk = useDesk();
  const live = useDeskState((state) => state.link === "live");
  const calledBack = useChannel(conversation.channel)?.live ?? true;
  return useMemo(() => {
    const { id } = conversation;
    const follow = (then: Then) => {
      if (then) void attempt(words, () => (then.what === "resolve" ? resolve(desk, id) : snooze(desk, id, then.until)));
    };
    const wait = async (content: Content, more: object) => {
      try {
        await holdOnce(desk, id, bodyOf(content), more);
        return true;
      } catch (error) {
        restore(content); // as far as is known nothing was stored: the words belong back under the hand
        tellTooLate(words, error);
        return false;
      }
    };
    const post = (content: Content, then: Then, client_id?: string) =>
      desk.send({ ...messageOf(id, content), ...(client_id && { client_id }) }, (ack: AckFrame) => {
        lastSent.set(() => ({ conversation: id, seq: ack.seq, at: serverNow(), content, then }));
        follow(then);
      });
    const postAgain = async (content: Content, then: Then) => {
      try {
        post(content, then, await sendAs(desk, id, bodyOf(content), thenBody(then)));
      } catch (error) {
        restore(content);
        tellTooLate(words, error);
      }
    };
    return {
      send(written, then) {
        const content = trimmed(written);
        if (live && content.kind === "message" && (holds() || !calledBack)) return void wait(content, thenBody(then));
        if (isUnanswered(desk, id)) void postAgain(content, then);
        else post(content, then);
      },
      sendLater: (written, at) => wait(trimmed(written), { due_at: new Date(at).toISOString() }),
      async takeBack(sent) {
        lastSent.set(() => null);
        try {
          const path = `${desk.base}/conversations/${id}/entries/${sent.seq}/retract`;
          const { read } = await api.post<{ read: boolean }>(path);
          if (sent.then) void attempt(words, () => reopen(desk, id));
          if (read) tellRead(words);
          return sent.content;
        } catch (error) {
          tellTooLate(words, error);
          // The line failed, not the wish: there may be seconds left to try again.
          if (error instanceof ApiError && error.status === 0) lastSent.set((now) => now ?? sent);
          return null;
        }
      },
      async withdraw(scheduled) {
        const was = await orTold(words, () => api.delete<Scheduled>(`${desk.base}/scheduled/${scheduled.id}`));
        return was ? contentOf(was) : null;
      },
      sendNow: (scheduled) => attempt(words, () => api.post(`${desk.base}/scheduled/${scheduled.id}/send`)),
      async reschedule(scheduled, at) {
        const due = { due_at: new Date(at).toISOString() };
        const done = await attempt(words, () => api.patch(`${desk.base}/scheduled/${scheduled.id}`, due));
        if (done) toastDone(words.t("later.moved"));
        return done;
      },
    };
  }, [conversation, words, desk, live, calledBack, restore]);
}

function messageOf(conversation: number, content: Content): NewMessage {
  const { kind, text, attachments } = content;
  return { conversation, kind, text, attachments: [...attachments], ...dataOf(content) };
}

export function bodyOf(content: Content): object {
  const { kind, text, attachments } = content;
  return { kind, text, attachments: attachments.map((each) => each.id), ...dataOf(content) };
}

/** What the characters do not say; a note goes to nobody outside. */
export function dataOf({ kind, rich, envelope }: Content): Pick<NewMessage, "data"> {
  const to = kind === "message" ? envelope : null;
  return rich || to ? { data: { ...(rich && { rich }), ...(to && { envelope: to }) } } : {};
}

function thenBody(then: Then): object {
  if (!then) return {};
  return then.what === "resolve"
    ? { then: "resolve" }
    : { then: "snooze", snooze_until: new Date(then.until).toISOString() };
}

function contentOf({ kind, text, data, attachments }: Scheduled): Content {
  return { kind, text, rich: data.rich ?? null, attachments, envelope: recipientsOf(data.envelope) };
}

const closable = ({ t }: Words) => ({ closeButtonProps: { "aria-label": t("common.close") } });

function tellRead(words: Words): void {
  notifications.show({ color: "persimmon", message: words.t("takeBack.read"), autoClose: 8000, withBorder: true, ...closable(words) });
}

function tellTooLate(words: Words, error: unknown): void {
  const message = wasSent(error) ? words.t("takeBack.late") : errorText(words, error);
  notifications.show({ color: "red", message, autoClose: 7000, withBorder: true, ...closable(words) });
}

async function orTold<T>(words: Words, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    toastError(words, error);
    return null;
  }
}

/** The waiting messages of a conversation, by when they leave. */
export function waitingIn(table: Readonly<Record<string, Scheduled>>, conversation: number): Scheduled[] {
  return Object.values(table)
    .filter((each) => each.conversation_id === conversation)
    .sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at) || a.id - b.id);
}

