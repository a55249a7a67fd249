/** A desk that lives in the test: answers HTTP and one kind of socket, and can be cut off. */

import { vi } from "vitest";
import type { FrameConfig } from "../app/config";

export const agent = { id: 1, v: 1, name: "Mina", avatar_url: null, color: "#0F766E" };
export const config: FrameConfig = {
  key: "pk",
  locale: "en",
  shop: { name: "Ongi", color: "#0F766E", theme: "auto", titles: {}, closed: {} },
  greeting: {},
  agents: [agent],
  preview: false,
};

interface Said {
  t: string;
  [more: string]: unknown;
}

class FakeSocket {
  static open: FakeSocket[] = [];
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  constructor() {
    if (!desk.reachable) {
      setTimeout(() => this.onclose?.({ code: 1006 }));
      return;
    }
    FakeSocket.open.push(this);
    setTimeout(() => this.tell({ t: "hello", heartbeat: 25, version: 1 }));
  }
  tell(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  send(text: string): void {
    const frame = JSON.parse(text) as Said;
    desk.heard.push(frame);
    if (frame.t === "resume") this.tell({ t: "resumed", epoch: "e", pos: desk.pos });
    if (frame.t === "send" && desk.acknowledges) desk.accept(frame);
  }
  close(): void {
    FakeSocket.open = FakeSocket.open.filter((each) => each !== this);
  }
}

export const desk = {
  reachable: true,
  acknowledges: true,
  pos: 0,
  seq: 0,
  versions: 0,
  heard: [] as Said[],
  sessions: [] as Said[],
  session: {} as object,
  now: { mode: "auto", ahead: 0, wait_s: null, typing_preview: false, mail: false } as object,
  solved: [] as object[],
  reset(): void {
    Object.assign(desk, { reachable: true, acknowledges: true, pos: 0, seq: 0, heard: [], sessions: [], session: {}, solved: [] });
    desk.now = { mode: "auto", ahead: 0, wait_s: null, typing_preview: false, mail: false };
    FakeSocket.open = [];
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      if (!desk.reachable) throw new TypeError("no network");
      if (url.endsWith("/now")) return new Response(JSON.stringify(desk.now));
      if (url.endsWith("/solved")) desk.solved.push(JSON.parse(init.body as string));
      if (url.endsWith("/solved")) return new Response(null, { status: 204 });
      if (!url.endsWith("/session")) throw new Error(`unexpected ${url}`);
      desk.sessions.push(JSON.parse(init.body as string) as Said);
      const answer = {
        token: "visitor-token",
        epoch: "e",
        pos: desk.pos,
        shop: { ...config.shop, greeting: {}, locale: "en" },
        contact: { id: 8, name: null, verified: false, reachable: false },
        agents: [agent],
        conversation: null,
        entries: [],
        entries_before: null,
        limits: { text: 20_000, file_bytes: 20 * 1024 * 1024, files: 10 },
        now: desk.now,
        ...desk.session,
        conversations: [(desk.session as { conversation?: object }).conversation ?? []].flat(),
      };
      return new Response(JSON.stringify(answer));
    });
  },
  tell(frame: object): void {
    for (const socket of FakeSocket.open) socket.tell(frame);
  },
  event(put: object): void {
    const prev = desk.pos++;
    desk.tell({ t: "event", pos: desk.pos, prev, type: "x", conversation: 5, at: "", put });
  },
  entry(by: "contact" | "agent", text: string, clientId: string | null = null) {
    const seq = ++desk.seq;
    const author = { kind: by, id: by === "agent" ? 1 : 8 };
    const at = new Date().toISOString();
    const rest = { client_id: clientId, text, attachments: [], data: {}, at };
    return { conversation_id: 5, seq, id: 100 + seq, kind: "message" as const, author, ...rest };
  },
  conversation(part: object = {}) {
    const seen = { desk_seen_seq: 0, contact_seen_seq: 0 };
    return { id: 5, v: ++desk.versions, status: "open", solved: null, last_seq: desk.seq, ...seen, assignee_id: 1, created_at: "", ...part };
  },
  accept(frame: Said): void {
    const entry = desk.entry("contact", String(frame.text), String(frame.client_id));
    const { id, seq, at } = entry;
    desk.tell({ t: "ack", client_id: frame.client_id, id, conversation: 5, seq, at, repeat: false });
  },
  say(text: string): void {
    const entry = desk.entry("agent", text);
    desk.event({ entries: { [entry.id]: entry }, conversations: { 5: desk.conversation() } });
  },
  sent(): unknown[] {
    return desk.heard.filter((frame) => frame.t === "send").map((frame) => frame.text);
  },
};
