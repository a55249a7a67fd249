import { byId, type Conversation } from "@sonnim/protocol";
import { act, cleanup, createEvent, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeskState } from "../app/desk/state";
import { Composer } from "../features/composer/Composer";
import { contact, conversation, show, testDesk } from "./samples";

// The plain field, as it is until the editor has arrived.
vi.mock("../features/composer/loadEditor", () => ({ loadEditor: () => new Promise(() => undefined) }));

const calls: { method: string; url: string; body: unknown }[] = [];

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  calls.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    calls.push({ method: init.method ?? "GET", url, body: init.body ? JSON.parse(String(init.body)) : null });
    const draft = { conversation_id: 1, v: calls.length, data: {}, attachments: [], updated_at: "", ...(init.body ? JSON.parse(String(init.body)) : {}) };
    return Promise.resolve(new Response(JSON.stringify({ draft }), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(more: Partial<Conversation> = {}, person = contact(101, "지우"), change = (state: DeskState) => state) {
  const each = conversation(1, more);
  const desk = testDesk((state) =>
    change({ ...state, tables: { ...state.tables, conversations: byId([each]), contacts: byId([person]) } }),
  );
  show(desk, <Composer conversation={each} phone={false} />);
  return { desk, input: screen.getByTestId<HTMLTextAreaElement>("composer-input") };
}

/** What was kept of drafts; the strips around the field ask for other things. */
const drafts = () => calls.filter(({ url }) => url.endsWith("/draft"));

function type(input: HTMLElement, text: string) {
  fireEvent.change(input, { target: { value: text } });
}

function enter(input: HTMLElement, more: object = {}, composing = false) {
  const event = createEvent.keyDown(input, { key: "Enter", code: "Enter", ...more });
  Object.defineProperty(event, "isComposing", { value: composing });
  fireEvent(input, event);
  return event;
}

describe("the composer", () => {
  it("sends with Enter, as the words are, and is empty then", () => {
    const { desk, input } = open();
    type(input, "  안녕하세요 ");
    enter(input);
    expect(desk.sent).toEqual([{ conversation: 1, kind: "message", text: "안녕하세요", attachments: [] }]);
    expect(input.value).toBe("");
  });

  it("makes a new line with Shift and Enter", () => {
    const { desk, input } = open();
    type(input, "one");
    const event = enter(input, { shiftKey: true });
    expect(desk.sent).toEqual([]);
    expect(event.defaultPrevented).toBe(false);
  });

  it("does not send with the Enter that ends a Korean or Chinese composition", () => {
    const { desk, input } = open();
    fireEvent.compositionStart(input);
    type(input, "안녕하세");
    enter(input, {}, true);
    enter(input, { keyCode: 229 });
    expect(desk.sent).toEqual([]);
    fireEvent.compositionEnd(input);
    enter(input, { keyCode: 229 });
    expect(desk.sent).toEqual([]);
    enter(input);
    expect(desk.sent).toHaveLength(1);
  });

  it("sends nothing that is only spaces", () => {
    const { desk, input } = open();
    type(input, "  \n ");
    enter(input);
    expect(desk.sent).toEqual([]);
    expect(screen.getByTestId("send")).toHaveProperty("disabled", true);
  });

  it("says why a text that is too long cannot be sent", () => {
    const { desk, input } = open();
    type(input, "x".repeat(20_003));
    enter(input);
    expect(desk.sent).toEqual([]);
    expect(screen.getByTestId("composer-hint").textContent).toContain("3");
  });

  it("writes no answer to a blocked contact, but still a note", () => {
    const { desk, input } = open({}, contact(101, "x", { blocked: true }));
    expect(input.disabled).toBe(true);
    expect(screen.getByTestId("composer-hint").textContent).not.toBe("");
    fireEvent.click(screen.getByRole("radio", { name: "Note" }));
    expect(input.disabled).toBe(false);
    type(input, "beware");
    enter(input);
    expect(desk.sent[0]).toMatchObject({ kind: "note", text: "beware" });
  });

  it("saves a draft after a pause, and once for many keys", async () => {
    const { input } = open();
    type(input, "h");
    type(input, "he");
    type(input, "hello");
    expect(drafts()).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(700));
    expect(drafts()).toEqual([
      { method: "PUT", url: "/api/v1/shops/1/conversations/1/draft", body: { text: "hello", attachments: [] } },
    ]);
  });

  it("deletes the draft of what was sent", async () => {
    const { input } = open();
    type(input, "hello");
    await act(() => vi.advanceTimersByTimeAsync(700));
    enter(input);
    await act(() => vi.advanceTimersByTimeAsync(700));
    expect(drafts().at(-1)?.method).toBe("DELETE");
  });

  const remote = (text: string, v: number) => ({ conversation_id: 1, v, text, data: {}, attachments: [], updated_at: "" });

  it("begins with the draft of another machine and follows it", async () => {
    const { desk, input } = open({}, contact(101, "x"), (state) => ({
      ...state,
      tables: { ...state.tables, drafts: { 1: remote("begun", 1) } },
    }));
    expect(input.value).toBe("begun");
    await act(async () => desk.store.set((state) => ({ ...state, tables: { ...state.tables, drafts: { 1: remote("begun elsewhere", 2) } } })));
    expect(input.value).toBe("begun elsewhere");
  });

  it("never overwrites what is being typed here with what another machine has", async () => {
    const { desk, input } = open();
    type(input, "mine");
    await act(async () => desk.store.set((state) => ({ ...state, tables: { ...state.tables, drafts: { 1: remote("theirs", 2) } } })));
    expect(input.value).toBe("mine");
  });

  it("tells of typing once in three seconds and when it ends, and of notes only colleagues", async () => {
    const { desk, input } = open();
    type(input, "a");
    type(input, "ab");
    expect(desk.typed).toEqual([true]);
    await act(() => vi.advanceTimersByTimeAsync(5_100));
    expect(desk.typed).toEqual([true, false]);
    fireEvent.click(screen.getByRole("radio", { name: "Note" }));
    type(input, "abc");
    expect(desk.typed).toEqual([true, false]);
    expect(desk.whispered).toEqual([true]);
  });
});
