/** One shop's desk: its state, the link that keeps it live, and the outbox. */

import {
  byId,
  createLink,
  createOutbox,
  localOutboxStorage,
  type AckFrame,
  type Entry,
  type EventFrame,
  type Link,
  type LooseFrame,
  type NewMessage,
  type OutboxItem,
  type Outbox,
  type Position,
  type SendFrame,
} from "@sonnim/protocol";
import { api, ApiError, csrfToken, serverNow } from "../api";
import { createStore, type Store } from "../store";
import type { ConversationPage, QueuePage, Snapshot } from "../types";
import { reportActivity } from "./activity";
import { NOWHERE, viewOf } from "./queues";
import {
  emptyState,
  fromSnapshot,
  withChange,
  withConversation,
  withEvent,
  withPresence,
  withQueuePage,
  withTyping,
  type DeskState,
  type ListKey,
} from "./state";

export interface Desk {
  readonly store: Store<DeskState>;
  readonly base: string;
  readonly outbox: Outbox;
  start(): void;
  stop(): void;
  loadQueue(name: ListKey, more?: boolean): Promise<void>;
  /** Counts the views' conversations, as far as the server counts. */
  countViews(): Promise<void>;
  /** Forgets how far a list was read, and reads it anew if it is on the screen. */
  readAgain(name: ListKey): void;
  openConversation(id: number): Promise<void>;
  /** Reads the page that a seq is on, unless it is on its way. */
  loadEntries(id: number, seq: number): Promise<void>;
  loadContact(id: number): void;
  /** Which conversation is on the screen, if any: its typing and page are watched. */
  watch(id: number | null): void;
  /** A note's typing is told to colleagues alone. */
  typing(conversation: number, on: boolean, note?: boolean): void;
  seen(conversation: number, seq: number): void;
  /** `afterwards` is called when the server has it, unless the page was left before. */
  send(message: NewMessage, afterwards?: (ack: AckFrame) => void): OutboxItem;
  /** Hears each live event, after it is in the store. */
  listen(listener: (event: EventFrame) => void): () => void;
  wake(): void;
}

export interface DeskOptions {
  shopId: number;
  /** Who I am there: colleagues may share a browser, never what waits to be sent. */
  agentId: number;
  onRevoked: (why: string) => void;
}

const TYPING_LASTS = 6_000;
const PAGE = 50;
const PAGE_AGAIN = 3_000;

export function createDesk({ shopId, agentId, onRevoked }: DeskOptions): Desk {
  const base = `/shops/${shopId}`;
  const store = createStore(emptyState());
  const shown: { queue: ListKey | null; conversation: number | null } = { queue: null, conversation: null };
  const afterAck = new Map<string, (ack: AckFrame) => void>();
  const contactsAsked = new Set<number>();
  const reading = new Set<string>();
  const listeners = new Set<(event: EventFrame) => void>();
  let stopActivity = () => {};

  // ---- reading

  async function readAll(_reason: string, signal: AbortSignal): Promise<Position> {
    const snapshot = await api.get<Snapshot>(`${base}/snapshot`, signal);
    // Read after the snapshot, so that nothing in them is older than its position.
    const { queue, conversation } = shown;
    const [page, open] = await Promise.all([
      queue ? orMissing(api.get<QueuePage>(`${base}/conversations?${listed(queue)}&limit=50`, signal)) : null,
      conversation ? orMissing(api.get<ConversationPage>(`${base}/conversations/${conversation}`, signal)) : null,
    ]);
    contactsAsked.clear();
    store.set((state) => fromSnapshot(state, snapshot, queue && page ? { name: queue, page } : null, open));
    if (shown.queue !== queue && shown.queue) void loadQueue(shown.queue);
    if (shown.conversation !== conversation && shown.conversation) void openConversation(shown.conversation);
    return { epoch: snapshot.epoch, pos: snapshot.pos };
  }

  async function loadQueue(name: ListKey, more = false): Promise<void> {
    shown.queue = name;
    const known = store.get().queues[name];
    if (!store.get().ready || reading.has(name) || (more && !known?.next)) return;
    if (!more && known?.status === "ready") return;
    const setStatus = (status: "loading" | "error") =>
      store.set((state) => {
        const was = state.queues[name] ?? { next: null, bound: NOWHERE, misses: 0 };
        return { ...state, queues: { ...state.queues, [name]: { ...was, status } } };
      });
    const view = viewOf(name);
    if (view !== null && !store.get().tables.views[view]) return setStatus("error"); // somebody has just deleted it
    reading.add(name);
    try {
      if (!more) setStatus("loading");
      const cursor = more && known?.next ? `&cursor=${encodeURIComponent(known.next)}` : "";
      const page = await api.get<QueuePage>(`${base}/conversations?${listed(name)}&limit=${more ? 100 : 50}${cursor}`);
      store.set((state) => withQueuePage(state, name, page));
    } catch {
      setStatus("error");
    } finally {
      reading.delete(name);
    }
  }

  async function countViews(): Promise<void> {
    const { items } = await api.get<{ items: { view_id: number; n: number; more: boolean }[] }>(`${base}/views/counts`);
    const counted = byId(items, (item) => item.view_id);
    store.set((state) => ({ ...state, viewCounts: { ...state.viewCounts, ...counted } }));
  }

  function readAgain(name: ListKey): void {
    store.set((state) => {
      const queues = { ...state.queues };
      delete queues[name];
      return { ...state, queues };
    });
    if (shown.queue === name) void loadQueue(name);
  }

  async function openConversation(id: number): Promise<void> {
    shown.conversation = id;
    const { ready, timelines } = store.get();
    if (!ready || timelines[id]?.status === "ready" || timelines[id]?.status === "loading") return;
    const setStatus = (status: "loading" | "error") =>
      store.set((state) => ({
        ...state,
        timelines: { ...state.timelines, [id]: { status, tries: 0 } },
      }));
    // From now on its entries are kept: none that comes while the page is read gets lost.
    setStatus("loading");
    try {
      const page = await api.get<ConversationPage>(`${base}/conversations/${id}`);
      store.set((state) => withConversation(state, page));
    } catch {
      setStatus("error");
    }
  }

  async function loadEntries(id: number, seq: number): Promise<void> {
    const page = Math.floor((seq - 1) / PAGE);
    const asked = `${id}:${page}`;
    if (reading.has(asked) || store.get().timelines[id]?.status !== "ready") return;
    reading.add(asked);
    try {
      const path = `${base}/conversations/${id}/entries?before=${(page + 1) * PAGE + 1}&limit=${PAGE}`;
      const { items } = await api.get<{ items: Entry[] }>(path);
      store.set((state) => (state.timelines[id] ? withChange(state, { put: { entries: byId(items) } }) : state));
      reading.delete(asked);
    } catch {
      setTimeout(() => {
        reading.delete(asked);
        store.set((state) => {
          const was = state.timelines[id];
          return was ? { ...state, timelines: { ...state.timelines, [id]: { ...was, tries: was.tries + 1 } } } : state;
        });
      }, PAGE_AGAIN);
    }
  }

  function loadContact(id: number): void {
    if (contactsAsked.has(id) || store.get().tables.contacts[id]) return;
    contactsAsked.add(id);
    api.get<{ contact: { id: number; v: number } }>(`${base}/contacts/${id}`).then(
      ({ contact }) => store.set((state) => withChange(state, { put: { contacts: { [id]: contact } } })),
      () => contactsAsked.delete(id),
    );
  }

  // ---- the link

  function hear(frame: LooseFrame): void {
    if (frame.t === "presence") store.set((state) => withPresence(state, frame));
    else if (frame.t === "ack" || frame.t === "error") outbox.hear(frame);
    else if (frame.t === "viewers") {
      store.set((state) => ({ ...state, viewers: { ...state.viewers, ...frame.conversations } }));
    } else {
      const until = frame.on ? serverNow() + TYPING_LASTS : 0;
      store.set((state) => withTyping(state, frame, until));
    }
  }

  function onState(link: DeskState["link"], why?: string): void {
    store.set((state) => ({ ...state, link }));
    if (link === "revoked") onRevoked(why ?? "removed");
    if (link !== "live") return;
    outbox.connected();
    sendWatch();
    stopActivity();
    stopActivity = reportActivity((on) => link_.send({ t: "active", on }));
  }

  const link_: Link = createLink({
    url: `${location.origin.replace(/^http/, "ws")}/ws`,
    pollUrl: "/realtime/poll",
    headers: () => ({ "X-CSRFToken": csrfToken() }),
    identity: () => ({ as: "agent", shop: shopId }),
    post: postByHttp,
    onEvent(event: EventFrame) {
      store.set((state) => withEvent(state, event));
      for (const listener of listeners) listener(event);
    },
    onFrame: hear,
    onReset: readAll,
    onState,
  });

  async function postByHttp({ conversation, client_id, kind, text, attachments, data }: SendFrame): Promise<LooseFrame> {
    try {
      const body = { client_id, kind, text, attachments, ...(data && { data }) };
      const ack = await api.post<AckFrame>(`${base}/conversations/${conversation}/messages`, body);
      return { ...ack, t: "ack" };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { t: "error", code: error.code, message: error.message, client_id, ref: "send", retry_after: null };
    }
  }

  function sendWatch(): void {
    link_.send({ t: "watch", conversations: shown.conversation ? [shown.conversation] : [] });
  }

  // ---- the outbox

  const outbox = createOutbox({
    storage: localOutboxStorage(`sonnim:outbox:${shopId}:${agentId}`),
    lock: `sonnim:outbox:${shopId}:${agentId}`,
    transmit: (frame) => link_.send(frame),
    onChange: (items) => store.set((state) => ({ ...state, outbox: items })),
    onAck(item, ack) {
      // The acknowledged message is shown at once; the event puts the server's own copy over it.
      const entry = entryOf(item, ack, store.get().agentId);
      store.set((state) =>
        state.timelines[entry.conversation_id] && !state.tables.entries[entry.id]
          ? withChange(state, { put: { entries: { [entry.id]: entry } } })
          : state,
      );
      afterAck.get(item.client_id)?.(ack);
      afterAck.delete(item.client_id);
    },
  });

  return {
    store,
    base,
    outbox,
    start: () => link_.start(),
    stop() {
      stopActivity();
      link_.stop();
      outbox.close();
    },
    loadQueue,
    countViews,
    readAgain,
    openConversation,
    loadEntries,
    loadContact,
    watch(id) {
      shown.conversation = id;
      sendWatch();
    },
    typing: (conversation, on, note = false) =>
      void link_.send({ t: "typing", conversation, on, note, text: "" }),
    seen: (conversation, seq) => void link_.send({ t: "seen", conversation, seq }),
    send(message, afterwards) {
      const item = outbox.add(message);
      if (afterwards) afterAck.set(item.client_id, afterwards);
      return item;
    },
    wake: () => link_.wake(),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function listed(name: ListKey): string {
  const view = viewOf(name);
  return view === null ? `queue=${name}` : `view=${view}`;
}

async function orMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}

function entryOf(item: OutboxItem, ack: AckFrame, agentId: number): Entry {
  return {
    id: ack.id,
    conversation_id: ack.conversation,
    seq: ack.seq,
    kind: item.kind,
    author: { kind: "agent", id: agentId },
    client_id: item.client_id,
    text: item.text,
    attachments: item.attachments,
    data: item.data ?? {},
    at: ack.at,
    v: 0,
    edited_at: null,
    hidden: null,
    delivery: null,
  };
}
