import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createChat } from "../app/chat";
import type { Chat } from "../app/chat";
import { openMemory } from "../app/memory";
import type { Parent, Said } from "../app/parent";
import { App } from "../app/ui/App";
import { config, desk } from "./desk";

const parent: Parent = { origin: "http://store", locale: "en", say: vi.fn() };
const page = { url: "http://store/", title: "", named: false, referrer: "" };
let chat: Chat;

function said(type: Said["type"], part: Partial<Said> = {}): Said {
  return { type, locale: "en", page, identity: null, modal: false, restored: false, ...part };
}

/** The chat, open and connected. */
async function open(): Promise<void> {
  chat = createChat(config, openMemory("pk"), parent);
  render(<App chat={chat} />);
  chat.hear(said("init"));
  chat.hear(said("open"));
  await vi.advanceTimersByTimeAsync(50);
}
const composer = () => screen.getByTestId<HTMLTextAreaElement>("composer");
async function write(text: string): Promise<void> {
  fireEvent.input(composer(), { target: { value: text } });
  await vi.advanceTimersByTimeAsync(20);
}
async function send(text: string): Promise<void> {
  await write(text);
  fireEvent.keyDown(composer(), { key: "Enter" });
  desk.event({ conversations: { 5: desk.conversation() } });
  await vi.advanceTimersByTimeAsync(2_000);
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  desk.reset();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("waiting", () => {
  const now = { mode: "open", ahead: 2, wait_s: 150, typing_preview: false, mail: false };

  it("says before anything is written how long an answer takes", async () => {
    desk.now = now;
    await open();
    expect(screen.getByTestId("expected").textContent).toBe("We usually answer within 3 minutes.");
  });

  it("says who comes first, asks again, and stops once somebody has answered", async () => {
    desk.now = now;
    await open();
    await send("Hello");
    expect(screen.getByTestId("place").textContent).toContain("Waiting before you: 2.");
    desk.now = { ...now, ahead: 0, wait_s: null };
    await vi.advanceTimersByTimeAsync(30_000);
    expect(screen.getByTestId("place").textContent).toBe("You're next.");
    desk.say("Good day");
    await vi.advanceTimersByTimeAsync(20);
    expect(screen.queryByTestId("place")).toBeNull();
  });

  it("offers to leave an address when it takes long, and not to somebody who has left one", async () => {
    desk.now = { ...now, wait_s: 60 };
    desk.session = { online: [1] };
    await open();
    await send("Hello");
    expect(screen.queryByTestId("contact-prompt")).toBeNull();
    await vi.advanceTimersByTimeAsync(95_000);
    expect(screen.getByTestId("contact-prompt").textContent).toContain("You needn't wait here");
    cleanup();
    desk.session = { online: [1], contact: { id: 8, name: null, verified: false, reachable: true } };
    await open();
    await vi.advanceTimersByTimeAsync(95_000);
    expect(screen.queryByTestId("contact-prompt")).toBeNull();
  });

  it("tells that the shop is closed, in the shop's own words where it has some", async () => {
    desk.now = { ...now, mode: "closed" };
    desk.session = { shop: { ...config.shop, greeting: {}, closed: { en: "Back on Monday." }, locale: "en" }, online: [1] };
    await open();
    expect(screen.getByTestId("closed").textContent).toBe("Back on Monday.");
    expect(screen.getByTestId("presence").textContent).toBe("Closed just now");
    await send("Hello");
    expect(screen.queryByTestId("place")).toBeNull();
    expect(screen.getByTestId("contact-prompt").textContent).toContain("We're away just now");
  });
});

describe("under the greeting", () => {
  it("stands who answers for the shop, if the shop has told", async () => {
    desk.session = { shop: { ...config.shop, greeting: {}, locale: "en", imprint: "Ongi · represented by Kim" } };
    await open();
    expect(screen.getByTestId("imprint").textContent).toBe("Ongi · represented by Kim");
    cleanup();
    desk.session = {};
    await open();
    expect(screen.queryByTestId("imprint")).toBeNull();
  });
});

describe("a settled conversation", () => {
  const settle = async (solved: boolean | null = null): Promise<void> => {
    desk.event({ conversations: { 5: desk.conversation({ status: "resolved", solved }) } });
    await vi.advanceTimersByTimeAsync(20);
  };

  it("is asked about with one tap, and takes words for yes", async () => {
    await open();
    await settle();
    fireEvent.click(screen.getByTestId("solved-yes"));
    await settle(true);
    fireEvent.input(screen.getByTestId("solved-words"), { target: { value: " Thank you " } });
    fireEvent.submit(screen.getByTestId("solved-words").closest("form")!);
    await vi.advanceTimersByTimeAsync(20);
    expect(desk.solved).toEqual([
      { conversation: 5, solved: true, words: "" },
      { conversation: 5, solved: true, words: "Thank you" },
    ]);
    expect(screen.getByTestId("resolved").textContent).toContain("We've passed it on.");
  });

  it("that was not solved goes on where the shopper writes", async () => {
    await open();
    await settle();
    fireEvent.click(screen.getByTestId("solved-no"));
    await vi.advanceTimersByTimeAsync(20);
    expect(desk.solved).toEqual([{ conversation: 5, solved: false, words: "" }]);
    expect(document.activeElement).toBe(composer());
  });

  it("says so when the answer did not get through", async () => {
    await open();
    await settle();
    desk.reachable = false;
    fireEvent.click(screen.getByTestId("solved-yes"));
    await vi.advanceTimersByTimeAsync(20);
    expect(screen.getByRole("alert").textContent).toContain("Couldn't save that");
  });
});

describe("what the shopper is writing", () => {
  const typed = () => desk.heard.filter((frame) => frame.t === "typing").map((frame) => frame["text"]);

  it("stays here, unless the shop shows it and says so", async () => {
    await open();
    await write("a secret");
    expect(typed()).toEqual([undefined]);
    expect(screen.queryByTestId("preview-notice")).toBeNull();
  });

  it("is told as it stands, not with every letter, where the shop shows it", async () => {
    desk.now = { mode: "auto", ahead: 0, wait_s: null, typing_preview: true, mail: false };
    await open();
    await write("a");
    expect(screen.getByTestId("preview-notice")).toBeTruthy();
    await write("a s");
    await vi.advanceTimersByTimeAsync(700);
    await write("a sec");
    expect(typed()).toEqual(["a", "a sec"]);
  });
});

describe("what the page says", () => {
  it("proposes a text, but never in the place of the shopper's own", async () => {
    await open();
    chat.hear(said("message", { text: "Is it still there?" }));
    await vi.advanceTimersByTimeAsync(20);
    expect(composer().value).toBe("Is it still there?");
    chat.hear(said("message", { text: "Something else" }));
    await vi.advanceTimersByTimeAsync(20);
    expect(composer().value).toBe("Is it still there?");
  });

  it("who the shopper is: the chat begins anew as that person, and shows nothing of the former one", async () => {
    await open();
    await send("Hello");
    desk.session = { contact: { id: 9, name: "Jiwoo", verified: true, reachable: true } };
    chat.hear(said("identify", { identity: "signed" }));
    await vi.advanceTimersByTimeAsync(50);
    expect(screen.queryAllByTestId("message")).toHaveLength(0);
    expect(desk.sessions.at(-1)).toMatchObject({ identity: "signed" });
    expect(parent.say).toHaveBeenCalledWith("identified", { verified: true });
    chat.hear(said("identify", { identity: null }));
    await vi.advanceTimersByTimeAsync(50);
    expect(desk.sessions.at(-1)).toMatchObject({ identity: null, token: null });
  });

  it("theme and language", async () => {
    await open();
    chat.hear(said("look", { theme: "dark", locale: "ko" }));
    await vi.advanceTimersByTimeAsync(20);
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(document.documentElement.lang).toBe("ko");
  });
});

describe("emoji", () => {
  it("go where the cursor stands", async () => {
    await open();
    await write("Hello!");
    composer().setSelectionRange(5, 5);
    fireEvent.click(screen.getByTestId("emoji"));
    vi.useRealTimers();
    const picker = await screen.findByTestId("emoji-picker");
    expect(picker.querySelectorAll("button").length).toBeGreaterThan(100);
    fireEvent.click(picker.querySelector("button")!);
    await vi.waitFor(() => expect(composer().value).toBe("Hello😀!"));
    expect(screen.queryByTestId("emoji-picker")).toBeNull();
  });
});

describe("rich text of the desk", () => {
  it("is elements, and only safe addresses are links", async () => {
    await open();
    const rich = [
      { type: "paragraph", content: [{ type: "text", text: "bold", bold: true }, { type: "break" }, { type: "text", text: "<b>x" }] },
      { type: "numbers", items: [[{ type: "text", text: "one" }], [{ type: "text", text: "two", link: "https://a.example/" }]] },
      { type: "quote", content: [{ type: "text", text: "bad", link: "javascript:alert(1)" }] },
      { type: "code", text: "a\nb" },
    ];
    const entry = { ...desk.entry("agent", "plain"), data: { rich } };
    desk.event({ entries: { [entry.id]: entry }, conversations: { 5: desk.conversation() } });
    await vi.advanceTimersByTimeAsync(20);
    const text = screen.getByTestId("message").querySelector(".rich")!;
    expect([...text.children].map((each) => each.tagName)).toEqual(["P", "OL", "BLOCKQUOTE", "PRE"]);
    expect(text.querySelector("p")!.textContent).toBe("bold<b>x");
    expect([...text.querySelectorAll("a")].map((each) => each.href)).toEqual(["https://a.example/"]);
  });

  it("of a kind that nobody here knows is shown as plain text", async () => {
    await open();
    const entry = { ...desk.entry("agent", "plain words"), data: { rich: [{ type: "table" }] } };
    desk.event({ entries: { [entry.id]: entry }, conversations: { 5: desk.conversation() } });
    await vi.advanceTimersByTimeAsync(20);
    expect(screen.getByTestId("message").textContent).toContain("plain words");
    expect(document.querySelector(".rich")).toBeNull();
  });
});
