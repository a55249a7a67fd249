import { byId } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Composer } from "../features/composer/Composer";
import { setHolds } from "../features/composer/holding";
import { contact, conversation, show, testDesk } from "./samples";

vi.mock("../features/composer/loadEditor", () => ({ loadEditor: () => new Promise(() => undefined) }));

type Asked = { client_id: string; text: string };
let stored: Map<string, string>;
let asked: Asked[];
let withdrawn: string[];
/** What the network does to the next answers. */
let fate: ("lost" | "unheard")[];

beforeEach(() => {
  localStorage.clear();
  [stored, asked, withdrawn, fate] = [new Map(), [], [], []];
  setHolds(true);
  vi.useFakeTimers();
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url.endsWith("/draft")) return answer({ draft: null });
    const now = fate.shift();
    if (now === "unheard") return Promise.reject(new TypeError("no network"));
    if (init.method === "DELETE") withdrawn.push(url.split("/").at(-1) ?? "");
    else {
      const body = JSON.parse(String(init.body)) as Asked;
      asked.push(body);
      if (!stored.has(body.client_id)) stored.set(body.client_id, body.text);
    }
    return now === "lost" ? Promise.reject(new TypeError("no network")) : answer({ id: 5 });
  });
});
afterEach(() => {
  cleanup();
  setHolds(false);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const answer = (body: object) => Promise.resolve(new Response(JSON.stringify(body), { status: 200 }));

function open() {
  const each = conversation(1);
  const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, conversations: byId([each]), contacts: byId([contact(101, "지우")]) } }));
  show(desk, <Composer conversation={each} phone={false} />);
  return { desk, input: screen.getByTestId<HTMLTextAreaElement>("composer-input") };
}

async function send(input: HTMLElement, text?: string) {
  if (text !== undefined) fireEvent.change(input, { target: { value: text } });
  fireEvent.keyDown(input, { key: "Enter", code: "Enter" });
  await act(() => vi.advanceTimersByTimeAsync(50));
}

describe("a held message whose answer is lost", () => {
  it("comes back to the composer, and is one message when it is sent again", async () => {
    const { input } = open();
    fate = ["lost"];
    await send(input, "배송 시작했어요");
    expect(input.value).toBe("배송 시작했어요");
    await send(input);
    expect([...stored.values()]).toEqual(["배송 시작했어요"]);
    expect(input.value).toBe("");
  });

  it("is one message, too, when the line has broken and it goes by the outbox", async () => {
    const { desk, input } = open();
    fate = ["lost"];
    await send(input, "hello");
    await act(async () => desk.store.set((state) => ({ ...state, link: "connecting" as never })));
    await send(input);
    expect(desk.sent).toMatchObject([{ text: "hello", client_id: asked[0]?.client_id }]);
  });

  it("is taken back when something else is sent instead", async () => {
    const { input } = open();
    fate = ["lost"];
    await send(input, "one");
    await send(input, "one, better");
    expect(asked.map((each) => each.text)).toEqual(["one", "one", "one, better"]);
    expect(withdrawn).toEqual(["5"]);
    expect(asked[2]?.client_id).not.toBe(asked[0]?.client_id);
  });

  it("leaves the composer as soon as it is known to have arrived", async () => {
    const { desk, input } = open();
    fate = ["lost"];
    await send(input, "hello");
    const waiting = { id: 5, v: 1, conversation_id: 1, client_id: asked[0]?.client_id, due_at: "2026-11-22T03:00:00Z", held: true, state: "due", text: "hello", attachments: [] };
    await act(async () => desk.store.set((state) => ({ ...state, link: "connecting" as never, tables: { ...state.tables, scheduled: { 5: waiting as never } } })));
    expect(input.value).toBe("");
    await send(input, "hello");
    expect(desk.sent).toMatchObject([{ text: "hello" }]);
    expect(desk.sent[0]?.client_id).toBeUndefined();
  });

  it("keeps nothing of what the server never heard once it is sent", async () => {
    const { input } = open();
    fate = ["unheard"];
    await send(input, "hello");
    await send(input);
    expect([...stored.values()]).toEqual(["hello"]);
    await send(input, "hello");
    expect(stored.size).toBe(2);
  });
});
