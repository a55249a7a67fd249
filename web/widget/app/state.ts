/** What the widget knows, and what can be read off it. */

import type {
  Attachment,
  Collections,
  Entry,
  LinkState,
  Locale,
  OutboxItem,
  Presence,
  PublicAgent,
  PublicConversation,
  RichDocument,
  WidgetNow,
  WidgetSession,
} from "@sonnim/protocol";
import { byId, richOf } from "@sonnim/protocol";
import type { FrameConfig, OwnWords, Shop, Theme } from "./config";
import type { Greeting } from "./greeting";
import type { ShopPage } from "./parent";

export interface ChatState {
  locale: Locale;
  shop: Shop;
  own: OwnWords;
  open: boolean;
  modal: boolean;
  link: LinkState | "idle";
  /** The desk will not open a session (unknown shop, blocked visitor). */
  refused: boolean;
  page: ShopPage | null;
  greeting: (Greeting & { at: number }) | null;
  collections: Collections;
  /** Agents as the desk named them: whoever is online comes first. */
  lineup: number[];
  /** null until the desk has said who is there. */
  presence: Record<string, Presence> | null;
  pending: readonly OutboxItem[];
  older: { before: number | null; busy: boolean; failed: boolean };
  typing: number | null;
  /** The highest entry id that has been on the screen. */
  seen: number;
  contact: WidgetSession["contact"] | null;
  contactAsked: boolean;
  /** Whether the shop is open and how long an answer takes, as the desk last said. */
  now: WidgetNow | null;
  /** The page's wish; null where it has none. */
  theme: Theme | null;
  /** What the page proposes to write. */
  suggested: string | null;
  limits: WidgetSession["limits"];
}

export function initialState(config: FrameConfig, locale: Locale): ChatState {
  return {
    locale,
    shop: config.shop,
    own: config.greeting,
    open: false,
    modal: false,
    link: config.preview ? "live" : "idle",
    refused: false,
    page: null,
    greeting: null,
    collections: { agents: byId(config.agents), conversations: {}, entries: {} },
    lineup: config.agents.map((agent) => agent.id),
    presence: config.preview ? Object.fromEntries(config.agents.map(({ id }) => [id, "online" as const])) : null,
    pending: [],
    older: { before: null, busy: false, failed: false },
    typing: null,
    seen: 0,
    contact: null,
    contactAsked: false,
    now: null,
    theme: null,
    suggested: null,
    limits: { text: 20_000, file_bytes: 20 * 1024 * 1024, files: 10 },
  };
}

/** The desk may have merged or split conversations: ids grow with time, whichever they are in. */
export function entriesOf(state: ChatState): Entry[] {
  const all = Object.values(state.collections.entries ?? {}) as Entry[];
  return all.sort((a, b) => a.id - b.id);
}

/** The one the shopper is in: what is open before what is settled, then where there was talk last. */
export function conversationOf(state: ChatState): PublicConversation | null {
  const all = Object.values(state.collections.conversations ?? {}) as PublicConversation[];
  const spoken = new Map<number, number>();
  if (all.length > 1) {
    for (const entry of entriesOf(state)) if (entry.kind === "message") spoken.set(entry.conversation_id, entry.id);
  }
  const order = ({ id, status }: PublicConversation): number[] => [status === "resolved" ? 0 : 1, spoken.get(id) ?? 0, id];
  const before = (a: number[], b: number[]): number => a.reduce((found, each, i) => found || each - b[i]!, 0);
  return all.sort((a, b) => before(order(b), order(a)))[0] ?? null;
}

function home(state: ChatState, entry: Entry): PublicConversation | undefined {
  return state.collections.conversations?.[entry.conversation_id] as PublicConversation | undefined;
}

export function agentOf(state: ChatState, id: number | null): PublicAgent | null {
  return (id !== null && (state.collections.agents?.[id] as PublicAgent | undefined)) || null;
}

/** true, false, or null while unknown. */
export function anyoneOnline(state: ChatState): boolean | null {
  return state.presence && Object.values(state.presence).includes("online");
}

/** Whether somebody answers now, as the shop has it; null while unknown. */
export function isOpen(state: ChatState): boolean | null {
  const mode = state.now?.mode ?? "auto";
  return mode === "auto" ? anyoneOnline(state) : mode === "open";
}

/** Since when the shopper's last message has been waiting for an answer, or null. */
export function waitingSince(state: ChatState): number | null {
  const conversation = conversationOf(state);
  const last = entriesOf(state).findLast((entry) => entry.kind === "message");
  if (!last || last.author.kind !== "contact" || conversation?.status === "resolved") return null;
  return Date.parse(last.at);
}

/** Who answers here: whose conversation it is, else who wrote last, else who is online, else the first in line. */
export function answering(state: ChatState): PublicAgent | null {
  const wrote = entriesOf(state).findLast((entry) => entry.author.kind === "agent");
  const online = state.lineup.find((id) => state.presence?.[id] === "online");
  const order = [conversationOf(state)?.assignee_id, wrote?.author.id, online, state.lineup[0]];
  for (const id of order) {
    const agent = agentOf(state, id ?? null);
    if (agent) return agent;
  }
  return null;
}

export function unreadOf(state: ChatState): number {
  const isNew = (entry: Entry): boolean => {
    const conversation = home(state, entry);
    return !!conversation && entry.id > state.seen && entry.seq > conversation.contact_seen_seq;
  };
  return entriesOf(state).filter((entry) => entry.author.kind === "agent" && isNew(entry)).length;
}

export type Tick = "sending" | "sent" | "seen" | "failed";

export interface Message {
  key: string;
  mine: boolean;
  agent: number | null;
  text: string;
  rich: RichDocument | null;
  /** The entry's id; null until the desk has it. */
  entry: number | null;
  attachments: Attachment[];
  /** Its wording was changed, or taken away. */
  change: "edited" | "gone" | null;
  at: number;
  tick: Tick | null;
  /** Why it failed for good. */
  code: string | null;
  clientId: string | null;
}

export type Row =
  | { is: "day"; key: string; at: number }
  | { is: "event"; key: string; what: "resolved" | "reopened"; at: number }
  | { is: "greeting"; key: string; at: number }
  | ({ is: "message"; first: boolean; last: boolean } & Message);

const GROUP = 5 * 60_000;

function messageOf(entry: Entry, deskSeen: number): Message {
  const mine = entry.author.kind === "contact";
  return {
    key: entry.client_id ?? `e${entry.id}`,
    mine,
    agent: mine ? null : entry.author.id,
    text: entry.text,
    rich: richOf({ data: { ...entry.data } }),
    entry: entry.id,
    attachments: entry.attachments,
    change: entry.hidden ? "gone" : entry.edited_at ? "edited" : null,
    at: Date.parse(entry.at),
    tick: mine ? (entry.seq <= deskSeen ? "seen" : "sent") : null,
    code: null,
    clientId: entry.client_id,
  };
}

function pendingMessage(item: OutboxItem): Message {
  const failed = item.state === "failed";
  return {
    key: item.client_id,
    mine: true,
    agent: null,
    text: item.text,
    rich: null,
    entry: null,
    attachments: item.attachments,
    change: null,
    at: item.created,
    tick: failed ? "failed" : "sending",
    code: failed ? (item.code ?? "") : null,
    clientId: item.client_id,
  };
}

/** The log as it is drawn: days, groups of one author's messages, the greeting where it was said. */
export function rowsOf(state: ChatState): Row[] {
  const entries = entriesOf(state);
  const conversation = conversationOf(state);
  const newest = entries.findLast((entry) => entry.conversation_id === conversation?.id)?.id ?? 0;
  const known = new Set(entries.map((entry) => entry.client_id));
  const rows: Row[] = [];
  const push = (row: Row): void => {
    const before = rows.at(-1);
    const at = new Date(row.at).toDateString();
    if (row.is !== "greeting" && (!before || new Date(before.at).toDateString() !== at) && !(before?.is === "greeting")) {
      rows.push({ is: "day", key: `d${at}${row.key}`, at: row.at });
    }
    const last = rows.at(-1);
    if (row.is === "message" && last?.is === "message" && row.at - last.at < GROUP) {
      if (last.mine === row.mine && last.agent === row.agent) {
        last.last = false;
        row.first = false;
      }
    }
    rows.push(row);
  };
  let greeted = !state.greeting;
  const greetBefore = (at: number): void => {
    if (greeted || at < state.greeting!.at) return;
    greeted = true;
    push({ is: "greeting", key: "greeting", at: state.greeting!.at });
  };
  for (const entry of entries) {
    greetBefore(Date.parse(entry.at));
    if (entry.kind === "message") {
      // What the desk has merged was read there; of a conversation that is not told of yet nothing is known.
      const older = conversation !== null && (entry.conversation_id < conversation.id || entry.id < newest);
      const seen = home(state, entry)?.desk_seen_seq ?? (older ? Infinity : 0);
      push({ is: "message", first: true, last: true, ...messageOf(entry, seen) });
    } else if (entry.data.what === "resolved" || entry.data.what === "reopened") {
      push({ is: "event", key: `e${entry.id}`, what: entry.data.what, at: Date.parse(entry.at) });
    }
  }
  const waiting = state.pending.filter((item) => !known.has(item.client_id));
  for (const item of waiting) {
    greetBefore(item.created);
    push({ is: "message", first: true, last: true, ...pendingMessage(item) });
  }
  greetBefore(Infinity);
  return rows;
}
