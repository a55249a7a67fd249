/**
 * The local outbox: a message is kept under its client_id before it is sent, and resent until it is acknowledged.
 *
 * Within a lane (a conversation) one message is under way at a time, so a retry can never change the order.
 */

import { backoff } from "./backoff";
import type { OutboxStorage } from "./storage";
import type { RichDocument } from "./rich";
import type { AckFrame, Attachment, ErrorFrame, Page, Recipients, SendFrame } from "./types";
import { uuid } from "./uuid";

export interface OutboxItem {
  client_id: string;
  conversation: number | null;
  kind: "message" | "note";
  text: string;
  attachments: Attachment[];
  /** What the characters alone do not say; of agents. */
  data?: { rich?: RichDocument; envelope?: Recipients };
  page?: Page | null;
  /** Milliseconds since 1970; the order within a lane. */
  created: number;
  state: "waiting" | "failed";
  /** Why it failed for good. */
  code?: string;
}

export type NewMessage = Pick<OutboxItem, "conversation" | "kind" | "text"> &
  Partial<Pick<OutboxItem, "attachments" | "data" | "page" | "client_id">>;

export interface OutboxOptions {
  storage: OutboxStorage;
  /** Hands a frame to the link; false means it is not connected. */
  transmit: (frame: SendFrame) => boolean;
  /** The list changed: what waits and what failed, oldest first. */
  onChange: (items: readonly OutboxItem[]) => void;
  /** An item is on the server's disk; called before it leaves the list. */
  onAck?: (item: OutboxItem, ack: AckFrame) => void;
  /** One tab at a time sends what a closed tab left behind; the name of that lock. */
  lock?: string;
  random?: () => number;
}

export interface Outbox {
  readonly items: readonly OutboxItem[];
  add(message: NewMessage): OutboxItem;
  /** The link is live (again): everything without an ack is sent once more. */
  connected(): void;
  /** Hand every ack and error frame in; answers whether it was about an item of this outbox. */
  hear(frame: AckFrame | ErrorFrame): boolean;
  retry(clientId: string): void;
  discard(clientId: string): void;
  close(): void;
}

const FINAL = new Set([
  "invalid",
  "too_large",
  "forbidden",
  "not_found",
  "conflict",
  "text_invalid",
  "attachments_invalid",
  "blocked",
]);
const ACK_WITHIN = 15_000;
const ADOPT_AFTER = 10_000;

interface Flight {
  failures: number;
  /** Not before this time again; the ack deadline while it is under way. */
  next: number;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, random } = options;
  const here = new Set<string>();
  const flights = new Map<string, Flight>();
  // What storage refused to keep (quota) still has to be sent from here.
  const unkept = new Map<string, OutboxItem>();
  let items: OutboxItem[] = [];
  let leader = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let release = () => {};
  let closed = false;

  function reload(): void {
    items = [...storage.load(), ...unkept.values()].sort(
      (a, b) => a.created - b.created || (a.client_id < b.client_id ? -1 : 1),
    );
    for (const id of flights.keys()) if (!items.some((item) => item.client_id === id)) flights.delete(id);
    options.onChange(items);
    flush();
  }

  function keep(item: OutboxItem): void {
    try {
      storage.put(item);
      unkept.delete(item.client_id);
    } catch {
      unkept.set(item.client_id, item);
    }
  }

  function forget(id: string): void {
    storage.remove(id);
    unkept.delete(id);
    flights.delete(id);
  }

  /** Sends the head of every lane whose time has come. */
  function flush(): void {
    clearTimeout(timer);
    if (closed) return;
    const now = Date.now();
    const lanes = new Set<number | null>();
    let next = Infinity;
    for (const item of items) {
      if (item.state === "failed" || lanes.has(item.conversation)) continue;
      lanes.add(item.conversation);
      const flight = flights.get(item.client_id);
      const due = Math.max(
        flight?.next ?? 0,
        here.has(item.client_id) || leader ? 0 : item.created + ADOPT_AFTER,
      );
      if (due > now) next = Math.min(next, due);
      else if (options.transmit(frameOf(item))) {
        flights.set(item.client_id, { failures: flight?.failures ?? 0, next: now + ACK_WITHIN });
        next = Math.min(next, now + ACK_WITHIN);
      }
    }
    if (next < Infinity) timer = setTimeout(flush, next - now);
  }

  function find(id: string | null): OutboxItem | undefined {
    return items.find((item) => item.client_id === id);
  }

  function hear(frame: AckFrame | ErrorFrame): boolean {
    const item = find(frame.client_id);
    if (!item) return false;
    if (frame.t === "ack") {
      options.onAck?.(item, frame);
      forget(item.client_id);
    } else if (FINAL.has(frame.code)) {
      flights.delete(item.client_id);
      keep({ ...item, state: "failed", code: frame.code });
    } else {
      const failures = (flights.get(item.client_id)?.failures ?? 0) + 1;
      const wait = frame.retry_after ? frame.retry_after * 1000 : backoff(failures, random);
      flights.set(item.client_id, { failures, next: Date.now() + wait });
    }
    reload();
    return true;
  }

  function add(message: NewMessage): OutboxItem {
    const last = items.at(-1)?.created ?? 0;
    const item: OutboxItem = {
      attachments: [],
      client_id: uuid(),
      ...message,
      created: Math.max(Date.now(), last + 1),
      state: "waiting",
    };
    here.add(item.client_id);
    keep(item);
    reload();
    return item;
  }

  function retry(id: string): void {
    const item = find(id);
    if (!item || item.state !== "failed") return;
    const { code, ...rest } = item;
    // The server knows this id with other content: only a new one can get through.
    if (code === "conflict") forget(id);
    const fresh: OutboxItem = { ...rest, state: "waiting", client_id: code === "conflict" ? uuid() : id };
    here.add(fresh.client_id);
    keep(fresh);
    reload();
  }

  function lead(): void {
    leader = true;
    flush();
  }

  function takeLock(): void {
    const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
    if (!options.lock || !locks) return lead();
    const end = new Promise<void>((resolve) => (release = resolve));
    locks
      .request(options.lock, () => {
        if (!closed) lead();
        return closed ? undefined : end;
      })
      .catch(lead);
  }

  const unsubscribe = storage.subscribe(reload);
  takeLock();
  reload();

  return {
    get items() {
      return items;
    },
    add,
    connected() {
      for (const flight of flights.values()) flight.next = 0;
      flush();
    },
    hear,
    retry,
    discard(id) {
      forget(id);
      reload();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      unsubscribe();
      release();
    },
  };
}

function frameOf({ client_id, conversation, kind, text, attachments, data, page }: OutboxItem): SendFrame {
  const ids = attachments.map((each) => each.id);
  const frame: SendFrame = { t: "send", client_id, conversation, kind, text, attachments: ids };
  if (data) frame.data = data;
  if (page) frame.page = page;
  return frame;
}
