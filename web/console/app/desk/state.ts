/** What the console knows of a shop: normalised collections fed by the snapshot, pages and events. */

import {
  applyChange,
  applyEvent,
  byId,
  type Agent,
  type Author,
  type Canned,
  type Change,
  type Checklist,
  type Contact,
  type ContactPresence,
  type Conversation,
  type Counts,
  type Draft,
  type Entry,
  type EventFrame,
  type LinkState,
  type Mailbox,
  type Mention,
  type Notice,
  type Offer,
  type OutboxItem,
  type PlanMark,
  type Presence,
  type PresenceFrame,
  type Put,
  type Bulk,
  type PromiseMade,
  type Question,
  type QueueName,
  type Scheduled,
  type Seat,
  type Tag,
  type Team,
  type TypingFrame,
  type View,
} from "@sonnim/protocol";
import type { Channel, ConversationPage, QueuePage, Shop, Snapshot } from "../types";
import { partOf } from "./filter";
import { countsAfter, countsOf, EVERYWHERE, viewOf, type Place } from "./queues";

export type Table<T> = Readonly<Record<string, T>>;

// A type, not an interface: only a type fits the reducer's index signature.
export type Tables = {
  conversations: Table<Conversation>;
  contacts: Table<Contact>;
  agents: Table<Agent>;
  teams: Table<Team>;
  drafts: Table<Draft>;
  /** What I have waiting to be sent. */
  scheduled: Table<Scheduled>;
  /** All of them once `cannedRead`. */
  canned_responses: Table<Canned>;
  /** Which service plan is in force, by shop; once it is read, or another one is published. */
  plans: Table<PlanMark>;
  /** All of them once `mailboxesRead`. */
  mailboxes: Table<Mailbox>;
  entries: Table<Entry>;
  counts: Table<{ id: string; v: number; n: number }>;
  /** What I have not looked at yet. */
  notifications: Table<Notice>;
  mentions: Table<Mention>;
  /** By conversation; those of conversations that were looked at. */
  checklists: Table<Checklist>;
  tags: Table<Tag>;
  views: Table<View>;
  /** What I did to many at once, in the last minutes. */
  bulks: Table<Bulk>;
  questions: Table<Question>;
  promises: Table<PromiseMade>;
  /** By agent: how those are away who are. */
  seats: Table<Seat>;
  /** What is held out to me. */
  offers: Table<Offer>;
};

/** A queue, or `view-7`. */
export type ListKey = QueueName | `view-${number}`;

/** How far a list has been read; `bound` is the place of its last row while more follow. */
export interface QueueState {
  status: "loading" | "ready" | "error";
  next: string | null;
  bound: Place;
  /** Pages without a row, one after another: a view looks through its share of the conversations at a time. */
  misses: number;
  /** The rows in the server's order, where that is not the rank's. */
  ids?: readonly number[];
}

export interface ViewCount {
  n: number;
  more: boolean;
}

/** `tries` counts pages that could not be read, so that whoever shows the gap asks again. */
export interface TimelineState {
  status: "loading" | "ready" | "error";
  tries: number;
}

export interface TypingMark {
  author: Author;
  until: number;
  /** What a shopper is writing, where the shop shows it. */
  text?: string;
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
  /** By conversation: which agents have it before their eyes, I among them. */
  viewers: Table<readonly number[]>;
  /** By conversation: until when which other agent is taken to be writing there. */
  writers: Table<Readonly<Record<number, number>>>;
  link: LinkState;
  outbox: readonly OutboxItem[];
  cannedRead: boolean;
  mailboxesRead: boolean;
  queues: Partial<Record<ListKey, QueueState>>;
  viewCounts: Table<ViewCount>;
  timelines: Table<TimelineState>;
}

export const EMPTY_TABLES: Tables = {
  conversations: {},
  contacts: {},
  agents: {},
  teams: {},
  drafts: {},
  scheduled: {},
  canned_responses: {},
  plans: {},
  mailboxes: {},
  entries: {},
  counts: {},
  notifications: {},
  mentions: {},
  checklists: {},
  tags: {},
  views: {},
  bulks: {},
  questions: {},
  promises: {},
  seats: {},
  offers: {},
};

export const NO_COUNTS: Counts = countsOf(EMPTY_TABLES, 0);

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
    viewers: {},
    writers: {},
    link: "connecting",
    outbox: [],
    cannedRead: false,
    mailboxesRead: false,
    queues: {},
    viewCounts: {},
    timelines: {},
  };
}

/** Everything that was known is replaced: what the snapshot and the pages read after it say is the truth. */
export function fromSnapshot(
  state: DeskState,
  snapshot: Snapshot,
  queue: { name: ListKey; page: QueuePage } | null,
  open: ConversationPage | null,
): DeskState {
  const fresh: DeskState = {
    ...state,
    ready: true,
    shop: snapshot.shop,
    agentId: snapshot.me.agent.id,
    permissions: snapshot.me.permissions,
    channels: snapshot.channels,
    cannedRead: false,
    mailboxesRead: false,
    agentPresence: snapshot.presence.agents,
    contactPresence: snapshot.presence.contacts,
    typing: {},
    viewers: {},
    writers: {},
    queues: {},
    timelines: {},
    tables: {
      ...EMPTY_TABLES,
      agents: byId(snapshot.agents),
      teams: byId(snapshot.teams),
      notifications: byId(snapshot.notifications),
      mentions: byId(snapshot.mentions),
      questions: byId(snapshot.questions),
      promises: byId(snapshot.promises),
      seats: byId(snapshot.seats),
      offers: byId(snapshot.offers),
      drafts: byId(snapshot.drafts, (draft) => draft.conversation_id),
      scheduled: byId(snapshot.scheduled),
      counts: byId(snapshot.tallies),
      tags: byId(snapshot.tags),
      views: byId(snapshot.views),
      bulks: byId(snapshot.bulks),
    },
  };
  fresh.counts = countsOf(fresh.tables, fresh.agentId);
  const listed = queue ? withQueuePage(fresh, queue.name, queue.page) : fresh;
  return open ? withConversation(listed, open) : listed;
}

export function withChange(state: DeskState, change: Change): DeskState {
  const tables = applyChange(state.tables, change) as Tables;
  return tables === state.tables ? state : { ...state, tables };
}

export function withQueuePage(state: DeskState, name: ListKey, page: QueuePage): DeskState {
  const put = { conversations: byId(page.items), contacts: byId(page.contacts) };
  const was = state.queues[name];
  const queue: QueueState = {
    status: "ready",
    next: page.next,
    bound: boundOf(page),
    misses: page.items.length ? 0 : (was?.misses ?? 0) + 1,
  };
  if (name === "mentioned") queue.ids = [...(was?.ids ?? []), ...page.items.map((each) => each.id)];
  return { ...withChange(state, { put }), queues: { ...state.queues, [name]: queue } };
}

function boundOf({ items, next, upto }: QueuePage): Place {
  if (!next) return EVERYWHERE;
  if (upto) return [partOf(upto), upto.rank];
  const last = items.at(-1);
  return last ? [0, last.rank] : EVERYWHERE;
}

export function withConversation(state: DeskState, page: ConversationPage): DeskState {
  const { conversation, contact } = page;
  const put = {
    conversations: byId([conversation]),
    contacts: byId([contact]),
    entries: byId(page.entries),
    drafts: page.draft ? { [conversation.id]: page.draft } : {},
  };
  const timeline: TimelineState = { status: "ready", tries: 0 };
  return { ...withChange(state, { put }), timelines: { ...state.timelines, [conversation.id]: timeline } };
}

/** An event changes the tables and the counts; entries are kept of the timelines that somebody has opened. */
export function withEvent(state: DeskState, event: EventFrame): DeskState {
  const before = state.tables;
  const tables = applyEvent(before, ofOpened(event, state.timelines)) as Tables;
  const [shop, typing] = [shopAfter(state.shop, event), typingAfter(state, event)];
  if (tables === before && shop === state.shop && typing === state.typing) return state;
  const counts = countsAfter(state.counts, before, tables, state.agentId);
  return { ...state, shop, tables, counts, typing, queues: queuesAfter(state.queues, before.views, tables.views) };
}

/** A view that asks for something else now is read anew: how far its list was known says nothing any more. */
function queuesAfter(queues: DeskState["queues"], before: Table<View>, after: Table<View>): DeskState["queues"] {
  if (before === after) return queues;
  const filterOf = (views: Table<View>, id: number) => JSON.stringify(views[id]?.filter);
  const kept = Object.entries(queues).filter(([name]) => {
    const id = viewOf(name);
    return id === null || filterOf(before, id) === filterOf(after, id);
  });
  return kept.length === Object.keys(queues).length ? queues : Object.fromEntries(kept);
}

/** The shop's name, language and addresses as of an event that tells of them. */
function shopAfter(shop: Shop, event: EventFrame): Shop {
  const told = event.desk?.put?.["shop"]?.[shop.id] as Shop | undefined;
  return told ?? shop;
}

function ofOpened(event: EventFrame, opened: Table<TimelineState>): Pick<EventFrame, "put" | "drop" | "desk"> {
  const kept = <C extends { put?: Put }>(change: C): C => {
    const entries = change.put?.["entries"];
    if (!entries) return change;
    const wanted = Object.entries(entries).filter(([, entry]) => opened[(entry as Entry).conversation_id]);
    return { ...change, put: { ...change.put, entries: Object.fromEntries(wanted) } };
  };
  const shared = kept(event);
  return shared.desk ? { ...shared, desk: kept(shared.desk) } : shared;
}

/** Whoever has sent is not typing any more. */
function typingAfter(state: DeskState, event: EventFrame): Table<TypingMark> {
  const id = event.conversation;
  if (id === null || !state.typing[id] || !event.put?.["entries"]) return state.typing;
  const typing = { ...state.typing };
  delete typing[id];
  return typing;
}

/** Of several agents who write at once each is known; of everybody else the last one. */
export function withTyping(state: DeskState, frame: TypingFrame, until: number): DeskState {
  const { author, conversation, text } = frame;
  if (author.kind === "agent" && author.id === state.agentId) return state;
  const typing = { ...state.typing, [conversation]: { author, until, ...(text && { text }) } };
  if (author.kind !== "agent") return { ...state, typing };
  const writers = { ...state.writers, [conversation]: { ...state.writers[conversation], [author.id]: until } };
  return { ...state, typing, writers };
}

export function withPresence(state: DeskState, frame: PresenceFrame): DeskState {
  return {
    ...state,
    agentPresence: frame.agents ? { ...state.agentPresence, ...frame.agents } : state.agentPresence,
    contactPresence: frame.contacts ? { ...state.contactPresence, ...frame.contacts } : state.contactPresence,
  };
}
