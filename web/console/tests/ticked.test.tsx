import { byId } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { run, useCommand } from "../app/commands";
import { SendMenu } from "../features/composer/SendMenu";
import { BulkBar } from "../features/inbox/BulkBar";
import type { Selection } from "../features/inbox/selection";
import { conversation, show, testDesk } from "./samples";

const asked: { url: string; body: object }[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, body: JSON.parse(String(init.body)) as object });
    return Promise.resolve(new Response(JSON.stringify({ id: 1, v: 1, what: "resolve", changed: 2 }), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Open({ onResolve }: { onResolve: () => void }) {
  useCommand("resolve", onResolve);
  useCommand("assign", onResolve);
  return null;
}

function open(...ids: number[]) {
  const selection = { ids: new Set(ids), every: false, on: true, whole: false, clear: vi.fn() } as unknown as Selection;
  const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, conversations: byId([1, 2, 3].map((id) => conversation(id))) } }));
  const alone = vi.fn();
  // The open conversation is mounted after the bar, as when another one is opened.
  show(
    desk,
    <>
      <BulkBar list="all" selection={selection} order={[1, 2, 3]} />
      <Open onResolve={alone} />
    </>,
  );
  return { alone, selection };
}

describe("the keys of a conversation", () => {
  it("act on the ticked ones while some are ticked", async () => {
    const { alone } = open(1, 2);
    await act(async () => void run("resolve"));
    expect(alone).not.toHaveBeenCalled();
    expect(asked).toEqual([{ url: "/api/v1/shops/1/conversations/bulk", body: { what: "resolve", ids: [1, 2] } }]);
  });

  it("open the bar's menu where there is a choice", async () => {
    const { alone } = open(1, 2);
    await act(async () => void run("assign"));
    expect(alone).not.toHaveBeenCalled();
    expect(await screen.findByText("Nobody")).toBeTruthy();
  });

  it("act on the open one when nothing is ticked", async () => {
    const { alone } = open();
    await act(async () => void run("resolve"));
    expect([alone.mock.calls.length, asked]).toEqual([1, []]);
  });
});

describe("the menu of ways to send", () => {
  it("closes with Escape wherever the focus is", () => {
    const onOpen = vi.fn();
    const nothing = () => undefined;
    const rest = { note: false, ready: true, why: "", phone: false, narrow: false, onSend: nothing, onLater: nothing };
    show(testDesk(), <SendMenu conversation={conversation(1)} opened="menu" onOpen={onOpen} {...rest} />);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(onOpen).toHaveBeenCalledWith(null);
  });
});
