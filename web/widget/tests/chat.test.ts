import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createChat } from "../app/chat";
import type { Chat } from "../app/chat";
import { openMemory } from "../app/memory";
import type { Parent, Said } from "../app/parent";
import { rowsOf } from "../app/state";
import { config, desk } from "./desk";

const page = { url: "http://store/moon-jar", title: "Moon jar", named: true, referrer: "" };
const told: [string, object?][] = [];
const parent: Parent = { origin: "http://store", locale: "en", say: (type, more) => void told.push([type, more]) };

function said(type: Said["type"], part: Partial<Said> = {}): Said {
  return { type, locale: "en", page, identity: null, modal: false, restored: false, ...part };
}

/** A page load: what came before it is only what the browser keeps. */
function load(): Chat {
  const chat = createChat(config, openMemory("pk"), parent);
  chat.hear(said("init"));
  return chat;
}

async function opened(): Promise<Chat> {
  const chat = load();
  chat.hear(said("open"));
  await vi.advanceTimersByTimeAsync(50);
  return chat;
}

function log(chat: Chat): [string, string | null][] {
  return rowsOf(chat.store.state).flatMap((row) => (row.is === "message" ? [[row.text, row.tick]] : []));
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  told.length = 0;
  desk.reset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("opening", () => {
  it("greets before anything has been asked of the desk", () => {
    desk.reachable = false;
    const chat = load();
    chat.hear(said("open"));
    expect(chat.store.state.greeting?.more).toContain("Moon jar");
    expect(desk.sessions).toEqual([]);
  });

  it("asks nothing of the desk while the chat is only preloaded", async () => {
    load();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(desk.sessions).toEqual([]);
  });

  it("does not greet again when a chat stays open over a page change", async () => {
    await opened();
    const next = load();
    next.hear(said("open", { restored: true }));
    expect(next.store.state.greeting).toBeNull();
  });

  it("hands the store's signed identity to the desk", async () => {
    const chat = createChat(config, openMemory("pk"), parent);
    chat.hear(said("init", { identity: "signed" }));
    chat.hear(said("open"));
    await vi.advanceTimersByTimeAsync(50);
    expect(desk.sessions[0]).toMatchObject({ key: "pk", token: null, identity: "signed", locale: "en" });
  });

  it("forgets a proven customer who has signed out of the store", async () => {
    desk.session = { contact: { id: 8, name: "Jiwoo", verified: true } };
    await opened();
    const next = load();
    next.hear(said("open"));
    expect(next.store.state.greeting?.hello).not.toContain("Jiwoo");
    await vi.advanceTimersByTimeAsync(50);
    expect(desk.sessions.at(-1)?.token).toBeNull();
  });

  it("calls a shopper who gave a name by it on the next visit", async () => {
    desk.session = { contact: { id: 8, name: "Jiwoo", verified: false } };
    await opened();
    const next = await opened();
    expect(next.store.state.greeting?.hello).toContain("Jiwoo");
  });

  it("comes back as the same visitor", async () => {
    await opened();
    await opened();
    expect(desk.sessions.map((session) => session.token)).toEqual([null, "visitor-token"]);
  });
});

describe("sending", () => {
  it("goes from sending to sent to seen", async () => {
    const chat = await opened();
    desk.acknowledges = false;
    chat.send("hello", []);
    expect(log(chat)).toEqual([["hello", "sending"]]);
    desk.accept(desk.heard.find((frame) => frame.t === "send")!);
    expect(log(chat)).toEqual([["hello", "sent"]]);
    desk.event({ conversations: { 5: desk.conversation({ desk_seen_seq: 1 }) } });
    expect(log(chat)).toEqual([["hello", "seen"]]);
  });

  it("keeps what could not be sent over a reload, and sends it in order once", async () => {
    desk.reachable = false;
    const before = await opened();
    before.send("one", []);
    before.send("two", []);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(log(before).map(([, tick]) => tick)).toEqual(["sending", "sending"]);

    desk.reachable = true;
    const after = load();
    expect(log(after).map(([text]) => text)).toEqual(["one", "two"]);
    after.hear(said("open"));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([...new Set(desk.sent())]).toEqual(["one", "two"]);
    expect(log(after)).toEqual([
      ["one", "sent"],
      ["two", "sent"],
    ]);
  });

  it("says so when a message is refused for good, and lets it be discarded", async () => {
    const chat = await opened();
    desk.acknowledges = false;
    chat.send("bad", []);
    const { client_id } = desk.heard.find((frame) => frame.t === "send")!;
    desk.tell({ t: "error", code: "text_invalid", message: "", client_id, ref: "send", retry_after: null });
    expect(log(chat)).toEqual([["bad", "failed"]]);
    chat.discard(String(client_id));
    expect(log(chat)).toEqual([]);
  });
});

describe("hearing", () => {
  it("counts what comes while the panel is shut, and tells the launcher", async () => {
    const chat = await opened();
    chat.hear(said("shut"));
    desk.say("hello");
    expect(told.at(-1)).toEqual(["unread", { count: 1 }]);
    chat.hear(said("open"));
    expect(told.at(-1)).toEqual(["unread", { count: 0 }]);
  });

  it("tells the desk once how far the shopper has read", async () => {
    const chat = await opened();
    desk.say("hello");
    chat.looked();
    chat.looked();
    expect(desk.heard.filter((frame) => frame.t === "seen")).toEqual([{ t: "seen", conversation: 5, seq: 1 }]);
  });

  it("lets typing end by itself, by a word, or by an answer", async () => {
    const chat = await opened();
    const typing = (on: boolean) => desk.tell({ t: "typing", conversation: 5, author: { kind: "agent", id: 1 }, on });
    typing(true);
    expect(chat.store.state.typing).toBe(1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(chat.store.state.typing).toBeNull();
    typing(true);
    typing(false);
    expect(chat.store.state.typing).toBeNull();
    typing(true);
    desk.say("there you are");
    expect(chat.store.state.typing).toBeNull();
  });

  it("does not tell of every keystroke", async () => {
    const chat = await opened();
    for (let n = 0; n < 20; n++) chat.typing(true);
    chat.typing(false);
    expect(desk.heard.filter((frame) => frame.t === "typing").map((frame) => frame.on)).toEqual([true, false]);
  });

  it("shows everything of a fresh start after the desk forgot the position", async () => {
    const chat = await opened();
    desk.say("old");
    desk.session = { entries: [desk.entry("agent", "fresh")], conversation: desk.conversation() };
    desk.tell({ t: "reset", epoch: "e2", reason: "epoch" });
    await vi.advanceTimersByTimeAsync(50);
    expect(log(chat).map(([text]) => text)).toEqual(["fresh"]);
  });

  it("takes nothing from an answer that was meant for somebody who has signed out since", async () => {
    const chat = await opened();
    const swift = fetch;
    vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
      await new Promise((done) => setTimeout(done, 500));
      return swift(...asked);
    });
    desk.session = { token: "jiwoo", contact: { id: 9, name: "Jiwoo", verified: true, reachable: true } };
    chat.hear(said("identify", { identity: "signed" }));
    await vi.advanceTimersByTimeAsync(100);
    chat.hear(said("identify"));
    await vi.advanceTimersByTimeAsync(450);
    expect(chat.memory.get("token")).toBeNull();
    desk.session = {};
    await vi.advanceTimersByTimeAsync(600);
    expect(desk.sessions.at(-1)).toMatchObject({ identity: null, token: null });
    expect(chat.memory.get("token")).toBe("visitor-token");
    expect(chat.store.state.link).toBe("live");
  });

  it("tells what the shopper looks at, also where only its title has changed", async () => {
    const chat = await opened();
    chat.hear(said("page", { page: { ...page, title: "Tea bowl" } }));
    expect(desk.heard.filter((frame) => frame.t === "page")).toEqual([{ t: "page", url: page.url, title: "Tea bowl" }]);
  });
});
