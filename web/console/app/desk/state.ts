/** What the console knows of a shop: normalised collections fed by the snapshot, pages and events. */

import {
  applyChange,
  applyEvent,
  byId,
  type Agent,
  type Author,
  type Change,
  type Contact,
  type ContactPresence,
  type Conversation,
  type Counts,
  type Draft,
  type Entry,
  type EventFrame,
  type LinkState,
  type OutboxItem,
  type Presence,
  type PresenceFrame,
  type QueueName,
  type Team,
} from "@sonnim/protocol";
import type { Channel, ConversationPage, QueuePage, Shop, Snapshot } from "../types";
import { countsAfter } from "./queues";

export type Table<T> = Readonly<Record<string, T>>;

// A type, not an interface: only a type fits the reducer's index signature.
export type Tables = {
  conversations: Table<Conversation>;
  contacts: Table<Contact>;
  agents: Table<Agent>;
  teams: Table<Team>;
  drafts: Table<Draft>;
  entries: Table<Entry>;
  counts: Table<{ id: string; v: number; n: number }>;
};

/** How far a queue has been read; `bound` is the rank of its last row while more follow. */
export interface QueueState {
  status: "loading" | "ready" | "error";
  next: string | null;
  bound: number;
}

export interface TimelineState {
  status: "loading" | "ready" | "error";
  before: number | null;
  loadingOlder: boolean;
}

export interface TypingMark {
  author: Author;
  until: number;
}

export interface DeskState {
  ready: boolean;
  shop: Shop;
  agentId: number;
  permissions: readonly string[];
  tables: Tables;
  counts: Counts;
  channels: readonly Channel[];
  agentPresence: Table<Presence>;
  contactPresence: Table<ContactPresence>;
  typing: Table<TypingMark>;
  link: LinkState;
  outbox: readonly OutboxItem[];
  queues: Partial<Record<QueueName, QueueState>>;
  timelines: Table<TimelineState>;
}

export const EMPTY_TABLES: Tables = {
  conversations: {},
  contacts: {},
  agents: {},
  teams: {},
  drafts: {},
  entries: {},
  counts: {},
};

export const NO_COUNTS: Counts = { waiting: 0, unassigned: 0, mine: 0, all: 0, snoozed: 0, resolved: 0 };

export function emptyState(): DeskState {
  return {
    ready: false,
    shop: { id: 0, name: "", locale: "en", timezone: "UTC", color: "", public_key: "", allowed_origins: [] },
    agentId: 0,
    permissions: [],
    tables: EMPTY_TABLES,
    counts: NO_COUNTS,
    channels: [],
    agentPresence: {},
    contactPresence: {},
    typing: {},
    link: "connecting",
    outbox: [],
    queues: {},
    timelines: {},
  };
}

/** Everything that was known is replaced: what the snapshot and the pages read after it say is the truth. */
export function fromSnapshot(
  state: DeskState,
  snapshot: Snapshot,
  queue: { name: QueueName; page: QueuePage } | null,
  open: ConversationPage | null,
): DeskState {
  const fresh: DeskState = {
    ...state,
    ready: true,
    shop: snapshot.shop,
    agentId: snapshot.me.agent.id,
    permissions: snapshot.me.permissions,
    counts: snapshot.counts,
    channels: snapshot.channels,
    agentPresence: snapshot.presence.agents,
    contactPresence: snapshot.presence.contacts,
    typing: {},
    queues: {},
    timelines: {},
    tables: {
      ...EMPTY_TABLES,
      agents: byId(snapshot.agents),
      teams: byId(snapshot.teams),
      drafts: byId(snapshot.drafts, (draft) => draft.conversation_id),
    },
  };
  const listed = queue ? withQueuePage(fresh, queue.name, queue.page) : fresh;
  return open ? withConversation(listed, open) : listed;
}

export function withChange(state: DeskState, change: Change): DeskState {
  const tables = applyChange(state.tables, change) as Tables;
  return tables === state.tables ? state : { ...state, tables };
}

export function withQueuePage(state: DeskState, name: QueueName, page: QueuePage): DeskState {
  const put = { conversations: byId(page.items), contacts: byId(page.contacts) };
  const last = page.items.at(-1);
  const bound = page.next && last ? last.rank : Infinity;
  const queues = { ...state.queues, [name]: { status: "ready", next: page.next, bound } as QueueState };
  return { ...withChange(state, { put }), queues };
}

export function withConversation(state: DeskState, page: ConversationPage): DeskState {
  const { conversation, contact } = page;
  const put = {
    conversations: byId([conversation]),
    contacts: byId([contact]),
    entries: byId(page.entries),
    drafts: page.draft ? { [conversation.id]: page.draft } : {},
  };
  const timeline: TimelineState = { status: "ready", before: page.entries_before, loadingOlder: false };
  return { ...withChange(state, { put }), timelines: { ...state.timelines, [conversation.id]: timeline } };
}

/** An event changes the tables, the counts, and what is kept of timelines that nobody has opened. */
export function withEvent(state: DeskState, event: EventFrame): DeskState {
  const before = state.tables;
  const applied = applyEvent(before, event) as Tables;
  const entries = keepOpened(applied.entries, before.entries, state.timelines);
  const tables = entries === applied.entries ? applied : { ...applied, entries };
  if (tables === before) return state;
  return { ...state, tables, counts: countsAfter(state.counts, before, tables, state.agentId), typing: typingAfter(state, event) };
}

function keepOpened(entries: Table<Entry>, before: Table<Entry>, opened: Table<TimelineState>): Table<Entry> {
  if (entries === before) return entries;
  const kept = Object.entries(entries).filter(([, entry]) => opened[entry.conversation_id]);
  return kept.length === Object.keys(entries).length ? entries : Object.fromEntries(kept);
}

/** Whoever has sent is not typing any more. */
function typingAfter(state: DeskState, event: EventFrame): Table<TypingMark> {
  const id = event.conversation;
  if (id === null || !state.typing[id] || !event.put?.["entries"]) return state.typing;
  const typing = { ...state.typing };
  delete typing[id];
  return typing;
}

export function withPresence(state: DeskState, frame: PresenceFrame): DeskState {
  return {
    ...state,
    agentPresence: frame.agents ? { ...state.agentPresence, ...frame.agents } : state.agentPresence,
    contactPresence: frame.contacts ? { ...state.contactPresence, ...frame.contacts } : state.contactPresence,
  };
}
