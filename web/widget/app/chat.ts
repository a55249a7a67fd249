/** The chat: one session, one link, one outbox, and what the shopper does with them. */

import type {
  AckFrame,
  Attachment,
  Entry,
  EventFrame,
  Link,
  LooseFrame,
  Outbox,
  OutboxItem,
  Position,
} from "@sonnim/protocol";
import { applyChange, applyEvent, byId, createLink, createOutbox, localOutboxStorage } from "@sonnim/protocol";
import type { FrameConfig } from "./config";
import { createDesk, Refused } from "./desk";
import type { Desk, Session } from "./desk";
import { greet, pageName } from "./greeting";
import { pickLocale } from "./locale";
import type { Memory } from "./memory";
import type { Parent, Said } from "./parent";
import { conversationOf, entriesOf, initialState, unreadOf } from "./state";
import type { ChatState } from "./state";
import { createStore } from "./store";
import type { Store } from "./store";

export interface Chat {
  store: Store<ChatState>;
  desk: Desk;
  memory: Memory;
  hear(said: Said): void;
  send(text: string, attachments: Attachment[]): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  typing(on: boolean): void;
  older(): void;
  /** The newest entry is on the screen. */
  looked(): void;
  contact(change: { name?: string; email?: string }): Promise<void>;
  contactAsked(): void;
  close(): void;
}

const TYPING_LASTS = 6_000;
const TYPING_AGAIN = 3_000;
const AGAIN_FIRST = 1_000;
const AGAIN_MOST = 30_000;

export function createChat(config: FrameConfig, memory: Memory, parent: Parent): Chat {
  const store = createStore(initialState(config, pickLocale(parent.locale, config.locale)));
  const desk = createDesk(() => memory.get("token"));
  let identity: string | null = null;
  let link: Link | null = null;
  let starting = false;
  let again = AGAIN_FIRST;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typedAt = 0;
  /** The first presence frame of a connection tells of everyone, later ones only of changes. */
  let presenceWhole = false;

  const set = (change: Partial<ChatState>): void => {
    store.set(change);
    parent.say("unread", { count: store.state.open ? 0 : unreadOf(store.state) });
  };
  const outbox: Outbox = createOutbox({
    storage: localOutboxStorage(`sonnim:${config.key}:outbox`, memory.shelf),
    lock: `sonnim:${config.key}:outbox`,
    transmit: (frame) => link?.send(frame) ?? false,
    onChange: (pending) => set({ pending }),
    onAck: (item, ack) => putEntry(item, ack),
  });

  /** An acknowledged message is an entry at once; its event brings the same one. */
  function putEntry(item: OutboxItem, ack: AckFrame): void {
    const { collections } = store.state;
    const entry: Entry = {
      conversation_id: ack.conversation,
      seq: ack.seq,
      id: ack.id,
      kind: "message",
      author: { kind: "contact", id: store.state.contact?.id ?? null },
      client_id: item.client_id,
      text: item.text,
      attachments: item.attachments,
      data: {},
      at: ack.at,
    };
    if (!collections.entries?.[ack.id]) set({ collections: applyChange(collections, { put: { entries: { [ack.id]: entry } } }) });
  }

  // ---- session and link

  /** One tab at a time; at once where the browser has no locks for a frame of another site. */
  async function alone<T>(name: string, act: () => Promise<T>): Promise<T> {
    let began = false;
    const begin = (): Promise<T> => {
      began = true;
      return act();
    };
    try {
      return await navigator.locks.request(name, begin);
    } catch (error) {
      if (began) throw error;
      return act();
    }
  }

  async function readSession(signal?: AbortSignal): Promise<Position> {
    const { page, locale } = store.state;
    const ask = async (): Promise<Session> => {
      const { url = "", title = "", referrer = "" } = page ?? {};
      const request = { key: config.key, locale, page: { url, title, referrer }, identity };
      const token = memory.get("token");
      const session = await desk.session({ ...request, token }, signal).catch((error: unknown) => {
        if (!(error instanceof Refused && error.status === 401 && token)) throw error;
        memory.set("token", null); // forgotten by the desk: begin anew
        return desk.session({ ...request, token: null }, signal);
      });
      memory.set("token", session.token);
      return session;
    };
    // Two tabs opened at once must not become two visitors.
    const session = await (memory.get("token") ? ask() : alone(`sonnim:${config.key}:session`, ask));
    // A customer's name is said only while the store vouches for them: the next person at this browser may be another.
    if (session.contact.name) memory.set(session.contact.verified ? "customer" : "name", session.contact.name);
    memory.set("proven", session.contact.verified ? "1" : null);
    const { agents = {} } = store.state.collections;
    set({
      refused: false,
      shop: { name: session.shop.name, color: session.shop.color },
      own: session.shop.greeting ?? {},
      collections: {
        agents: { ...agents, ...byId(session.agents) },
        conversations: byId(session.conversation ? [session.conversation] : []),
        entries: byId(session.entries),
      },
      lineup: session.agents.map((agent) => agent.id),
      ...(session.online && { presence: Object.fromEntries(session.online.map((id) => [id, "online" as const])) }),
      older: { before: session.entries_before, busy: false, failed: false },
      contact: session.contact,
      limits: session.limits,
    });
    return { epoch: session.epoch, pos: session.pos };
  }

  async function start(): Promise<void> {
    if (link || starting) return;
    starting = true;
    set({ link: "connecting" });
    try {
      const position = await readSession();
      again = AGAIN_FIRST;
      connect(position);
    } catch (error) {
      const final = error instanceof Refused && [400, 403, 404, 422].includes(error.status);
      set({ link: "offline", refused: final });
      setTimeout(() => void start(), again * (0.5 + Math.random() / 2));
      again = Math.min(again * 2, AGAIN_MOST);
    }
    starting = false;
  }

  function connect(position: Position): void {
    link = createLink({
      url: `${location.origin.replace(/^http/, "ws")}/ws`,
      pollUrl: "/realtime/poll",
      identity: () => ({ as: "visitor", token: memory.get("token") ?? "" }),
      position,
      headers: () => ({ Authorization: `Visitor ${memory.get("token")}` }),
      post: desk.send,
      onEvent,
      onFrame,
      onReset: (_reason, signal) => readSession(signal),
      onState(state) {
        set({ link: state === "revoked" ? "offline" : state });
        presenceWhole = state === "live";
        if (state === "live") outbox.connected();
        if (state === "revoked") {
          link = null;
          setTimeout(() => void start(), again);
          again = Math.min(again * 2, AGAIN_MOST);
        }
      },
    });
    link.start();
  }

  function onEvent(event: EventFrame): void {
    const before = store.state.collections;
    const collections = applyEvent(before, event);
    const news = Object.values(event.put?.entries ?? {}) as Entry[];
    const answered = news.some((entry) => entry.author.kind === "agent");
    set({ collections, ...(answered && { typing: null }) });
  }

  function onFrame(frame: LooseFrame): void {
    if (frame.t === "ack" || frame.t === "error") outbox.hear(frame);
    else if (frame.t === "presence" && frame.agents) {
      set({ presence: { ...(presenceWhole ? null : store.state.presence), ...frame.agents } });
      presenceWhole = false;
    }
    if (frame.t === "typing" && frame.author.kind === "agent") {
      clearTimeout(typingTimer);
      set({ typing: frame.on ? frame.author.id : null });
      if (frame.on) typingTimer = setTimeout(() => set({ typing: null }), TYPING_LASTS);
    }
  }

  // ---- what the loader says

  function hear(said: Said): void {
    const { page } = said;
    if (said.type === "init") {
      identity = said.identity;
      if (!identity && memory.get("proven")) {
        // Signed out of the store: whoever sits here now is not greeted by that name, nor shown that history.
        for (const name of ["name", "token", "proven"]) memory.set(name, null);
      }
      set({ locale: pickLocale(said.locale, config.locale), page, modal: said.modal });
      if (said.restored && memory.get("token")) void start();
    } else if (said.type === "open") {
      // A chat that merely stayed open over a page change goes on where it was.
      const fresh = !store.state.greeting && !(said.restored && memory.get("token"));
      set({ open: true, modal: said.modal, page, ...(fresh && { greeting: greetNow() }) });
      void start();
    } else if (said.type === "shut") {
      set({ open: false });
    } else if (said.type === "page" && page.url !== store.state.page?.url) {
      set({ page });
      link?.send({ t: "page", url: page.url, title: page.title });
    }
  }

  function greetNow(): ChatState["greeting"] {
    const { locale, shop, page, own } = store.state;
    const made = greet(
      {
        locale,
        shop: shop.name,
        now: new Date(),
        page: page && pageName(page.title, page.named, shop.name),
        name: memory.get(identity ? "customer" : "name"),
        own: own[locale] || null,
      },
      memory.get("greeted"),
    );
    memory.set("greeted", made.variant);
    return { ...made, at: Date.now() };
  }

  return {
    store,
    desk,
    memory,
    hear,
    send(text, attachments) {
      const { page } = store.state;
      outbox.add({ conversation: null, kind: "message", text, attachments, page: page && { url: page.url, title: page.title } });
      typedAt = 0;
    },
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    typing(on) {
      if (on ? Date.now() - typedAt < TYPING_AGAIN : !typedAt) return;
      typedAt = on ? Date.now() : 0;
      link?.send({ t: "typing", conversation: conversationOf(store.state)?.id ?? null, on });
    },
    older() {
      const { before, busy } = store.state.older;
      if (before === null || busy) return;
      set({ older: { before, busy: true, failed: false } });
      desk.older(before).then(
        ({ items, next }) => {
          const { collections } = store.state;
          set({
            collections: applyChange(collections, { put: { entries: byId(items) } }),
            older: { before: next, busy: false, failed: false },
          });
        },
        () => set({ older: { before, busy: false, failed: true } }),
      );
    },
    looked() {
      const conversation = conversationOf(store.state);
      const last = entriesOf(store.state).findLast((entry) => entry.author.kind === "agent");
      if (!conversation || !last || last.conversation_id !== conversation.id) return;
      if (last.seq <= conversation.contact_seen_seq || last.id <= store.state.seen) return;
      if (link?.send({ t: "seen", conversation: conversation.id, seq: last.seq })) set({ seen: last.id });
    },
    async contact(change) {
      await desk.contact(change);
      if (change.name) memory.set("name", change.name);
      memory.set("asked", "1");
    },
    contactAsked() {
      memory.set("asked", "1");
      set({ contactAsked: true });
    },
    close: () => parent.say("close"),
  };
}
