import { localOutboxStorage } from "@sonnim/protocol";
import { describe, expect, it, vi } from "vitest";
import { borrowShelf, openMemory } from "../app/memory";

describe("a frame that may keep nothing itself", () => {
  const page = { origin: "https://store.example", locale: null };

  it("finds what the page kept, and hands over every change", () => {
    const say = vi.fn();
    const memory = openMemory("pk", borrowShelf([["sonnim:pk:token", "t"]], { ...page, say }));
    expect(memory.get("token")).toBe("t");
    memory.set("draft", "half a word");
    memory.set("token", null);
    expect(memory.get("token")).toBeNull();
    expect(say.mock.calls).toEqual([
      ["keep", { name: "sonnim:pk:draft", value: "half a word" }],
      ["keep", { name: "sonnim:pk:token" }],
    ]);
  });

  it("has its unsent messages kept by the page, each under its own name", () => {
    const kept = new Map<string, string>();
    const say = (_: string, more?: object) => {
      const { name, value } = more as { name: string; value?: string };
      if (value === undefined) kept.delete(name);
      else kept.set(name, value);
    };
    const item = {
      client_id: "a",
      conversation: null,
      kind: "message" as const,
      text: "hello",
      attachments: [],
      created: 1,
      state: "waiting" as const,
    };
    localOutboxStorage("sonnim:pk:outbox", borrowShelf([], { ...page, say })).put(item);
    const later = localOutboxStorage("sonnim:pk:outbox", borrowShelf([...kept], { ...page, say }));
    expect(later.load()).toEqual([item]);
    later.remove("a");
    expect(kept.size).toBe(0);
  });
});
