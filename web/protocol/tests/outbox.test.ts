import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createOutbox, type OutboxItem, type OutboxOptions } from "../src/outbox";
import { localOutboxStorage, memoryStorage } from "../src/storage";
import type { Shelf } from "../src/storage";
import type { AckFrame, ErrorFrame, SendFrame } from "../src/types";
import { Desk, seeded } from "./server";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(more: Partial<OutboxOptions> = {}) {
  const disk = new Map<string, OutboxItem>();
  const sent: SendFrame[] = [];
  const line = { up: true };
  const outbox = createOutbox({
    storage: memoryStorage(disk),
    transmit: (frame) => {
      if (line.up) sent.push(frame);
      return line.up;
    },
    onChange: () => undefined,
    random: () => 0,
    ...more,
  });
  return { disk, sent, line, outbox };
}

const write = (text: string, conversation: number | null = 1) => ({ conversation, kind: "message" as const, text });
const ack = (client_id: string): AckFrame => ({ t: "ack", client_id, id: 1, conversation: 1, seq: 1, at: "", repeat: false });
const error = (client_id: string, code: string, retry_after: number | null = null): ErrorFrame => ({
  t: "error",
  code,
  message: "",
  client_id,
  retry_after,
});

describe("an outbox", () => {
  it("keeps a message before it sends it", () => {
    const disk = new Map<string, OutboxItem>();
    const kept: number[] = [];
    const outbox = createOutbox({
      storage: memoryStorage(disk),
      transmit: () => kept.push(disk.size) > 0,
      onChange: () => undefined,
    });
    outbox.add(write("hello"));
    expect(kept).toEqual([1]);
  });

  it("sends nothing while the line is down and everything in order when it is back", () => {
    const { sent, line, outbox } = setUp();
    line.up = false;
    const [a, b] = [outbox.add(write("one")), outbox.add(write("two"))];
    line.up = true;
    outbox.connected();
    outbox.hear(ack(a.client_id));
    outbox.hear(ack(b.client_id));
    expect(sent.map((frame) => frame.text)).toEqual(["one", "two"]);
    expect(outbox.items).toEqual([]);
  });

  it("holds the second message of a conversation until the first is acknowledged, but not another conversation's", () => {
    const { sent, outbox } = setUp();
    const first = outbox.add(write("one", 1));
    outbox.add(write("two", 1));
    outbox.add(write("elsewhere", 2));
    expect(sent.map((frame) => frame.text)).toEqual(["one", "elsewhere"]);
    outbox.hear(ack(first.client_id));
    expect(sent.at(-1)?.text).toBe("two");
  });

  it("hands on rich text beside the characters, and none where there is none", () => {
    const { sent, outbox } = setUp();
    const data = { rich: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: "one", bold: true }] }] };
    outbox.add({ ...write("one", 1), data });
    outbox.add(write("two", 2));
    expect(sent.map((frame) => frame.data)).toEqual([data, undefined]);
    expect("data" in sent[1]!).toBe(false);
  });

  it("sends again under the same id after a reconnect and after a silent 15 seconds", async () => {
    const { sent, outbox } = setUp();
    const { client_id } = outbox.add(write("one"));
    outbox.connected();
    await vi.advanceTimersByTimeAsync(15_100);
    expect(sent.map((frame) => frame.client_id)).toEqual([client_id, client_id, client_id]);
  });

  it("keeps the order when the server throttles the first of two", async () => {
    const { sent, outbox } = setUp();
    const a = outbox.add(write("one"));
    outbox.add(write("two"));
    outbox.hear(error(a.client_id, "throttled", 3));
    expect(sent.map((frame) => frame.text)).toEqual(["one"]);
    await vi.advanceTimersByTimeAsync(3_100);
    outbox.hear(ack(a.client_id));
    expect(sent.map((frame) => frame.text)).toEqual(["one", "one", "two"]);
  });

  it("marks a final error as failed, lets the next one through, and can retry or discard", () => {
    const { sent, disk, outbox } = setUp();
    const a = outbox.add(write("one"));
    outbox.add(write("two"));
    outbox.hear(error(a.client_id, "attachments_invalid"));
    expect(outbox.items[0]).toMatchObject({ state: "failed", code: "attachments_invalid" });
    expect(sent.at(-1)?.text).toBe("two");
    outbox.retry(a.client_id);
    expect(outbox.items[0]).toMatchObject({ state: "waiting", client_id: a.client_id });
    outbox.discard(a.client_id);
    expect(disk.has(a.client_id)).toBe(false);
  });

  it("takes a new id to retry what the server knows with other content", () => {
    const { sent, outbox } = setUp();
    const a = outbox.add(write("one"));
    outbox.hear(error(a.client_id, "conflict"));
    outbox.retry(a.client_id);
    expect(sent).toHaveLength(2);
    expect(sent[1]!.client_id).not.toBe(a.client_id);
  });

  it("survives a reload: what was not acknowledged is sent by the next page", () => {
    const { disk, line, outbox } = setUp();
    line.up = false;
    const { client_id } = outbox.add(write("one"));
    outbox.close();
    const next = setUp({ storage: memoryStorage(disk) });
    expect(next.sent.map((frame) => frame.client_id)).toEqual([client_id]);
  });

  it("says nothing about frames of others", () => {
    const { outbox } = setUp();
    expect(outbox.hear(ack("stranger"))).toBe(false);
  });

  it("still sends a message that the storage refuses to keep", () => {
    const full = { ...memoryStorage(), put: () => { throw new DOMException("full", "QuotaExceededError"); } };
    const { sent, outbox } = setUp({ storage: full });
    const { client_id } = outbox.add(write("one"));
    expect(sent).toHaveLength(1);
    outbox.hear(ack(client_id));
    expect(outbox.items).toEqual([]);
  });

  it("leaves another tab's message to that tab, but not for ever", async () => {
    const disk = new Map<string, OutboxItem>();
    vi.stubGlobal("navigator", { locks: { request: () => new Promise(() => undefined) } });
    const { sent, outbox } = setUp({ storage: memoryStorage(disk), lock: "tabs" });
    vi.unstubAllGlobals();
    const theirs = { ...outbox.add(write("mine")), client_id: "theirs", conversation: 9 };
    disk.set("theirs", theirs);
    outbox.connected();
    expect(sent.filter((frame) => frame.client_id === "theirs")).toEqual([]);
    outbox.hear(ack(outbox.items[0]!.client_id));
    await vi.advanceTimersByTimeAsync(10_100);
    expect(sent.filter((frame) => frame.client_id === "theirs")).toHaveLength(1);
  });
});

describe("localStorage", () => {
  it("gives back what it was given and ignores what is not an outbox item", () => {
    const cells: Record<string, string> = { "box:bad": "{", "other:1": "{}" };
    const store: Shelf = {
      get length() {
        return Object.keys(cells).length;
      },
      key: (index) => Object.keys(cells)[index] ?? null,
      getItem: (key) => cells[key] ?? null,
      setItem: (key, value) => void (cells[key] = value),
      removeItem: (key) => void delete cells[key],
    };
    vi.stubGlobal("window", { localStorage: store });
    const storage = localOutboxStorage("box");
    const item: OutboxItem = { ...write("one"), attachments: [], client_id: "a", created: 1, state: "waiting" };
    storage.put(item);
    expect(storage.load()).toEqual([item]);
    storage.remove("a");
    expect(storage.load()).toEqual([]);
    vi.unstubAllGlobals();
  });
});

describe("through a bad line", () => {
  it.each(Array.from({ length: 40 }, (_, i) => i + 1))("every message is stored once and in order (seed %i)", async (seed) => {
    const random = seeded(seed);
    const desk = new Desk();
    const disk = new Map<string, OutboxItem>();
    const open = () => {
      const transmit = (frame: SendFrame) => {
        if (random() < 0.2) return false;
        if (random() < 0.2) return true; // lost on the way
        setTimeout(() => {
          if (random() < 0.15) desk.sendErrors.push({ code: random() < 0.5 ? "throttled" : "unavailable", retry_after: 1 });
          const answer = desk.store(frame) as AckFrame | ErrorFrame;
          if (random() < 0.8) box.current.hear(answer); // else the answer is lost
        }, random() * 200);
        return true;
      };
      return createOutbox({ storage: memoryStorage(disk), transmit, onChange: () => undefined, random });
    };
    const box = { current: open() };
    const texts: string[] = [];
    for (let step = 0; step < 60; step++) {
      const dice = random();
      if (dice < 0.5) texts.push(box.current.add(write(`m${step}`)).text);
      else if (dice < 0.65) box.current.connected();
      else if (dice < 0.72) {
        box.current.close();
        box.current = open();
      }
      await vi.advanceTimersByTimeAsync(random() * 400);
    }
    for (let i = 0; i < 400 && disk.size; i++) {
      box.current.connected();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(desk.order).toEqual(texts);
    expect(disk.size).toBe(0);
  });
});
