/** A desk for tests: no network, everything that is sent is written down. */

import { MantineProvider } from "@mantine/core";
import type { Contact, Conversation, Entry, NewMessage, OutboxItem } from "@sonnim/protocol";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { GivenDesk } from "../app/desk/context";
import type { Desk } from "../app/desk/desk";
import { emptyState, type DeskState } from "../app/desk/state";
import { makeWords, WordsProvider } from "../app/i18n";
import { createStore } from "../app/store";
import en from "../locales/en.json";

// The growing text field listens for fonts; the test's document has none.
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });

export const words = makeWords("en", en);

export function conversation(id: number, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    v: 1,
    contact_id: 100 + id,
    channel: "chat",
    status: "open",
    assignee_id: null,
    team_id: null,
    subject: "",
    locale: "en",
    last_seq: 1,
    waiting_since: null,
    snoozed_until: null,
    last_at: "2026-11-22T03:00:00.000Z",
    last_text: "hello",
    last_by: "contact",
    last_agent_id: null,
    contact_seen_seq: 0,
    desk_seen_seq: 0,
    created_at: "2026-11-22T03:00:00.000Z",
    rank: id,
    tag_ids: [],
    follower_ids: [],
    linked_ids: [],
    merged_into_id: null,
    split_from_id: null,
    solved: null,
    priority: 1,
    due_at: null,
    clocks: [],
    ...more,
  };
}

export function contact(id: number, name: string, more: Partial<Contact> = {}): Contact {
  return {
    id,
    v: 1,
    name,
    email: null,
    phone: null,
    locale: "en",
    timezone: null,
    verified: false,
    blocked: false,
    notes: "",
    attributes: {},
    created_at: "2026-11-22T03:00:00.000Z",
    last_seen_at: null,
    tag_ids: [],
    consents: {},
    ...more,
  };
}

export function entry(seq: number, more: Partial<Entry> = {}): Entry {
  return {
    conversation_id: 1,
    seq,
    id: 1000 + seq,
    kind: "message",
    author: { kind: "contact", id: 101 },
    client_id: null,
    text: `line ${seq}`,
    attachments: [],
    data: {},
    at: `2026-11-22T03:0${seq % 10}:00.000Z`,
    v: 0,
    edited_at: null,
    hidden: null,
    delivery: null,
    ...more,
  };
}

export interface TestDesk extends Desk {
  sent: NewMessage[];
  typed: boolean[];
  /** What colleagues alone were told of. */
  whispered: boolean[];
}

export function testDesk(change: (state: DeskState) => DeskState = (state) => state): TestDesk {
  const permissions = ["conversation.reply", "conversation.note", "conversation.resolve", "conversation.assign"];
  const chat = { kind: "chat", names: {}, icon: "", max_text: 20_000, max_files: 10, typing: true, read_receipts: true, letters: false, live: true, rich: "basic" as const };
  const store = createStore(change({ ...emptyState(), ready: true, link: "live", agentId: 7, permissions, channels: [chat] }));
  const sent: NewMessage[] = [];
  const typed: boolean[] = [];
  const whispered: boolean[] = [];
  const nothing = () => undefined;
  return {
    store,
    base: "/shops/1",
    sent,
    typed,
    whispered,
    outbox: { items: [], add: nothing, connected: nothing, hear: nothing, retry: nothing, discard: nothing, close: nothing } as never,
    start: nothing,
    stop: nothing,
    loadQueue: () => Promise.resolve(),
    countViews: () => Promise.resolve(),
    readAgain: () => undefined,
    openConversation: () => Promise.resolve(),
    loadEntries: () => Promise.resolve(),
    loadContact: nothing,
    watch: nothing,
    typing: (_conversation, on, note = false) => void (note ? whispered : typed).push(on),
    seen: nothing,
    send(message) {
      sent.push(message);
      return message as OutboxItem;
    },
    wake: nothing,
    listen: () => nothing,
  };
}

export function show(desk: Desk, children: ReactNode) {
  return render(
    <MantineProvider env="test">
      <WordsProvider words={words}>
        <GivenDesk desk={desk}>{children}</GivenDesk>
      </WordsProvider>
    </MantineProvider>,
  );
}
