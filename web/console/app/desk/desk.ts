/** One shop's desk: its state, the link that keeps it live, and the outbox. */

import {
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
  type QueueName,
  type SendFrame,
} from "@sonnim/protocol";
import { api, ApiError, csrfToken, serverNow } from "../api";
import { createStore, type Store } from "../store";
import type { ConversationPage, QueuePage, Snapshot } from "../types";
import { reportActivity } from "./activity";
import {
  emptyState,
  fromSnapshot,
  withChange,
  withConversation,
  withEvent,
  withPresence,
  withQueuePage,
  type DeskState,
} from "./state";

export interface Desk {
  readonly store: Store<DeskState>;
  readonly base: string;
  readonly outbox: Outbox;
  start(): void;
  stop(): void;
  loadQueue(name: QueueName, more?: boolean): Promise<void>;
  openConversation(id: number): Promise<void>;
  loadOlder(id: number): Promise<void>;
  loadContact(id: number): void;
  /** Which conversation is on the screen, if any: its typing and page are watched. */
  watch(id: number | null): void;
  typing(conversation: number, on: boolean): void;
  seen(conversation: number, seq: number): void;
  send(message: NewMessage, afterwards?: () => void): OutboxItem;
  wake(): void;
}

export interface DeskOptions {
  shopId: number;
  onRevoked: (why: string) => void;
}

const TYPING_LASTS = 6_000;

export function createDesk({ shopId, onRevoked }: DeskOptions): Desk {
  const base = `/shops/${shopId}`;
  const store = createStore(emptyState());
  const shown: { queue: QueueName | null; conversation: number | null } = { queue: null, conversation: null };
  const afterAck = new Map<string, () => void>();
  const contactsAsked = new Set<number>();
  const reading = new Set<string>();
  let stopActivity = () => {};

  // ---- reading

  async function readAll(_reason: string, signal: AbortSignal): Promise<Position> {
    const snapshot = await api.get<Snapshot>(`${base}/snapshot`, signal);
    // Read after the snapshot, so that nothing in them is older than its position.
    const { queue, conversation } = shown;
    const [page, open] = await Promise.all([
      queue ? api.get<QueuePage>(`${base}/conversations?queue=${queue}&limit=50`, signal) : null,
      conversation ? orMissing(api.get<ConversationPage>(`${base}/conversations/${conversation}`, signal)) : null,
    ]);
    contactsAsked.clear();
    store.set((state) => fromSnapshot(state, snapshot, queue && page ? { name: queue, page } : null, open));
    if (shown.queue !== queue && shown.queue) void loadQueue(shown.queue);
    if (shown.conversation !== conversation && shown.conversation) void openConversation(shown.conversation);
    return { epoch: snapshot.epoch, pos: snapshot.pos };
  }

  async function loadQueue(name: QueueName, more = false): Promise<void> {
    shown.queue = name;
    const known = store.get().queues[name];
    if (!store.get().ready || reading.has(name) || (more && !known?.next)) return;
    if (!more && known?.status === "ready") return;
    reading.add(name);
    const setStatus = (status: "loading" | "error") =>
      store.set((state) => {
        const was = state.queues[name] ?? { next: null, bound: -1 };
        return { ...state, queues: { ...state.queues, [name]: { ...was, status } } };
      });
    try {
      if (!more) setStatus("loading");
      const cursor = more && known?.next ? `&cursor=${encodeURIComponent(known.next)}` : "";
      const page = await api.get<QueuePage>(`${base}/conversations?queue=${name}&limit=50${cursor}`);
      store.set((state) => withQueuePage(state, name, page));
    } catch {
      setStatus("error");
    } finally {
      reading.delete(name);
    }
  }

  async function openConversation(id: number): Promise<void> {
    shown.conversation = id;
    const { ready, timelines } = store.get();
    if (!ready || timelines[id]?.status === "ready" || timelines[id]?.status === "loading") return;
    const setStatus = (status: "loading" | "error") =>
      store.set((state) => ({
        ...state,
        timelines: { ...state.timelines, [id]: { status, before: null, loadingOlder: false } },
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

  async function loadOlder(id: number): Promise<void> {
    const timeline = store.get().timelines[id];
    if (!timeline?.before || timeline.loadingOlder) return;
    const patch = (change: object) =>
      store.set((state) => {
        const was = state.timelines[id];
        return was ? { ...state, timelines: { ...state.timelines, [id]: { ...was, ...change } } } : state;
      });
    patch({ loadingOlder: true });
    try {
      const page = await api.get<{ items: Entry[]; next: number | null }>(
        `${base}/conversations/${id}/entries?before=${timeline.before}&limit=50`,
      );
      const entries = Object.fromEntries(page.items.map((entry) => [entry.id, entry]));
      store.set((state) => withChange(state, { put: { entries } }));
      patch({ loadingOlder: false, before: page.next });
    } catch {
      patch({ loadingOlder: false });
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
    else if (!(frame.author.kind === "agent" && frame.author.id === store.get().agentId)) {
      const until = frame.on ? serverNow() + TYPING_LASTS : 0;
      const mark = { author: frame.author, until };
      store.set((state) => ({ ...state, typing: { ...state.typing, [frame.conversation]: mark } }));
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
    onEvent: (event: EventFrame) => store.set((state) => withEvent(state, event)),
    onFrame: hear,
    onReset: readAll,
    onState,
  });

  async function postByHttp({ conversation, client_id, kind, text, attachments }: SendFrame): Promise<LooseFrame> {
    try {
      const body = { client_id, kind, text, attachments };
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
    storage: localOutboxStorage(`sonnim:outbox:${shopId}`),
    lock: `sonnim:outbox:${shopId}`,
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
      afterAck.get(item.client_id)?.();
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
    openConversation,
    loadOlder,
    loadContact,
    watch(id) {
      shown.conversation = id;
      sendWatch();
    },
    typing: (conversation, on) => void link_.send({ t: "typing", conversation, on }),
    seen: (conversation, seq) => void link_.send({ t: "seen", conversation, seq }),
    send(message, afterwards) {
      const item = outbox.add(message);
      if (afterwards) afterAck.set(item.client_id, afterwards);
      return item;
    },
    wake: () => link_.wake(),
  };
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
    data: {},
    at: ack.at,
  };
}
