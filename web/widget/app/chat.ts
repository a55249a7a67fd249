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
  PublicConversation,
} from "@sonnim/protocol";
import { applyChange, applyEvent, byId, createLink, createOutbox, localOutboxStorage } from "@sonnim/protocol";
import type { FrameConfig } from "./config";
import { createDesk, Refused, zone } from "./desk";
import type { Desk, Session } from "./desk";
import { greet, pageName } from "./greeting";
import { pickLocale } from "./locale";
import type { Memory } from "./memory";
import { createNewcomer } from "./newcomer";
import type { Parent, Said } from "./parent";
import { createPulse } from "./pulse";
import { conversationOf, entriesOf, initialState, unreadOf, waitingSince } from "./state";
import type { ChatState } from "./state";
import { createStore } from "./store";
import type { Store } from "./store";

export interface Chat {
  store: Store<ChatState>;
  desk: Desk;
  memory: Memory;
  /** The store's page around the chat, if there is one. */
  shopOrigin: string | null;
  /** A look is being tried on: nothing takes the focus. */
  preview: boolean;
  hear(said: Said): void;
  send(text: string, attachments: Attachment[]): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** `text` is what stands there, told only where the shop shows it to agents. */
  typing(on: boolean, text?: string): void;
  older(): void;
  /** The newest entry is on the screen. */
  looked(): void;
  contact(change: { name?: string; email?: string }): Promise<void>;
  contactAsked(): void;
  /** The shopper's own word on whether a settled conversation was. */
  solved(solved: boolean, words?: string): Promise<void>;
  close(): void;
}

const TYPING_LASTS = 6_000;
const TYPING_AGAIN = 3_000;
const PREVIEW_AGAIN = 600;
const AGAIN_FIRST = 1_000;
const AGAIN_MOST = 30_000;

export function createChat(config: FrameConfig, memory: Memory, parent: Parent): Chat {
  const store = createStore(initialState(config, pickLocale(parent.locale, config.locale)));
  /** Those who cannot begin before the desk has said who this is. */
  const waiting: (() => void)[] = [];
  const met = async (): Promise<void> => {
    if (!memory.get("token")) await new Promise<void>((go) => waiting.push(go));
  };
  const desk = createDesk(() => memory.get("token"), met);
  const newcomer = createNewcomer(`sonnim:${config.key}:session`);
  let identity: string | null = null;
  let link: Link | null = null;
  let starting = false;
  let again = AGAIN_FIRST;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typedAt = 0;
  /** Counts the persons whom the page has named. */
  let somebody = 0;
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
    onAck(item, ack) {
      putEntry(item, ack);
      parent.say("message", { by: "shopper" });
      pulse.soon();
    },
  });

  const pulse = createPulse(
    () => !!link && store.state.open,
    () => waitingSince(store.state) !== null,
    async () => set({ now: await desk.now() }),
  );

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
      v: 0,
      edited_at: null,
      hidden: null,
      delivery: null,
    };
    if (!collections.entries?.[ack.id]) set({ collections: applyChange(collections, { put: { entries: { [ack.id]: entry } } }) });
  }

  // ---- session and link

  async function readSession(signal?: AbortSignal): Promise<Position> {
    const { page, locale } = store.state;
    const self = somebody;
    const ask = async (known: string | null = null): Promise<Session> => {
      const { url = "", title = "", referrer = "" } = page ?? {};
      const request = { key: config.key, locale, timezone: zone(), page: { url, title, referrer }, identity };
      const token = memory.get("token") ?? known;
      // Until the answer says otherwise: the desk may have taken them for that person though nobody waits to hear it.
      if (identity) memory.set("proven", "1");
      const session = await desk.session({ ...request, token }, signal).catch((error: unknown) => {
        if (!(error instanceof Refused && error.status === 401 && token) || self !== somebody) throw error;
        memory.set("token", null); // forgotten by the desk: begin anew
        return desk.session({ ...request, token: null }, signal);
      });
      // Somebody else sits here by now: this answer, and its token, are not theirs.
      if (self !== somebody) throw new Error("for somebody else");
      memory.set("token", session.token);
      waiting.splice(0).forEach((go) => go());
      return session;
    };
    // Two tabs opened at once must not become two visitors.
    let session!: Session;
    if (memory.get("token")) session = await ask();
    else await newcomer.alone(async (known) => (session = await ask(known)).token);
    // A customer's name is said only while the store vouches for them: the next person at this browser may be another.
    if (session.contact.name) memory.set(session.contact.verified ? "customer" : "name", session.contact.name);
    memory.set("proven", session.contact.verified ? "1" : null);
    if (identity) parent.say("identified", { verified: session.contact.verified });
    const { agents = {} } = store.state.collections;
    set({
      refused: false,
      shop: session.shop,
      now: session.now,
      own: session.shop.greeting ?? {},
      collections: {
        agents: { ...agents, ...byId(session.agents) },
        conversations: byId(session.conversations),
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
    if (link || starting || config.preview) return;
    starting = true;
    set({ link: "connecting" });
    const self = somebody;
    try {
      const position = await readSession();
      again = AGAIN_FIRST;
      if (self === somebody) connect(position);
    } catch (error) {
      if (self === somebody) {
        const final = error instanceof Refused && [400, 403, 404, 422].includes(error.status);
        set({ link: "offline", refused: final });
        setTimeout(() => void start(), again * (0.5 + Math.random() / 2));
        again = Math.min(again * 2, AGAIN_MOST);
      }
    }
    starting = false;
    if (self !== somebody) void start();
  }

  function connect(position: Position): void {
    const own: Link = createLink({
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
        if (own !== link) return;
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
    link = own;
    own.start();
  }

  function onEvent(event: EventFrame): void {
    const before = store.state.collections;
    const collections = applyEvent(before, event);
    const news = Object.values(event.put?.entries ?? {}) as Entry[];
    const answered = news.some((entry) => entry.author.kind === "agent");
    const first = news.some((entry) => entry.author.kind === "agent" && entry.kind === "message" && !before.entries?.[entry.id]);
    if (first) parent.say("message", { by: "agent" });
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
      know(said.identity);
      set({ ...lookOf(said), page, modal: said.modal });
      if (said.restored && memory.get("token")) void start();
    } else if (said.type === "open") {
      // A chat that merely stayed open over a page change goes on where it was.
      const fresh = !store.state.greeting && !(said.restored && memory.get("token"));
      set({ open: true, modal: said.modal, page, ...(fresh && { greeting: greetNow() }) });
      void start();
    } else if (said.type === "shut") {
      set({ open: false });
    } else if (said.type === "look") {
      set(lookOf(said));
    } else if (said.type === "message") {
      set({ suggested: said.text ?? "" });
    } else if (said.type === "identify") {
      know(said.identity);
      begin();
    } else if (said.type === "page" && (page.url !== store.state.page?.url || page.title !== store.state.page?.title)) {
      set({ page });
      link?.send({ t: "page", url: page.url, title: page.title });
    }
  }

  function lookOf(said: Said): Partial<ChatState> {
    const theme = said.theme && said.theme !== config.shop.theme ? said.theme : null;
    return { locale: pickLocale(said.locale, config.locale), theme };
  }

  function know(told: string | null): void {
    identity = told;
    if (identity || !memory.get("proven")) return;
    // Signed out of the store: whoever sits here now is not greeted by that name, nor shown that history.
    for (const name of ["name", "token", "proven"]) memory.set(name, null);
    newcomer.forget();
  }

  /** As somebody else: what the former one saw is gone, what was not sent yet is not theirs to lose. */
  function begin(): void {
    const running = link !== null || starting;
    somebody += 1;
    link?.stop();
    link = null;
    const { agents = {} } = store.state.collections;
    const greeting = store.state.open ? greetNow() : null;
    set({ collections: { agents, conversations: {}, entries: {} }, contact: null, greeting, seen: 0, typing: null });
    if (running || store.state.open) void start();
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
        own: own[locale] ?? [],
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
    shopOrigin: parent.origin,
    preview: config.preview,
    hear,
    send(text, attachments) {
      const { page } = store.state;
      outbox.add({ conversation: null, kind: "message", text, attachments, page: page && { url: page.url, title: page.title } });
      typedAt = 0;
    },
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    typing(on, text = "") {
      const shown = on && store.state.now?.typing_preview ? text.slice(-500) : "";
      if (on ? Date.now() - typedAt < (shown ? PREVIEW_AGAIN : TYPING_AGAIN) : !typedAt) return;
      typedAt = on ? Date.now() : 0;
      const conversation = conversationOf(store.state)?.id ?? null;
      link?.send({ t: "typing", conversation, on, ...(shown && { text: shown }) });
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
      const last = entriesOf(store.state).findLast((entry) => entry.author.kind === "agent");
      const conversation = last && (store.state.collections.conversations?.[last.conversation_id] as PublicConversation | undefined);
      if (!conversation) return;
      if (last.seq <= conversation.contact_seen_seq || last.id <= store.state.seen) return;
      if (link?.send({ t: "seen", conversation: conversation.id, seq: last.seq })) set({ seen: last.id });
    },
    async contact(change) {
      await desk.contact({ ...change, page: { url: store.state.page?.url ?? "" } });
      if (change.name) memory.set("name", change.name);
      memory.set("asked", "1");
      const { contact } = store.state;
      if (contact && change.email) set({ contact: { ...contact, reachable: true } });
    },
    async solved(solved, words) {
      const conversation = conversationOf(store.state);
      if (conversation) await desk.solved(conversation.id, solved, words);
    },
    contactAsked() {
      memory.set("asked", "1");
      set({ contactAsked: true });
    },
    close: () => parent.say("close"),
  };
}
