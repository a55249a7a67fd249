import { byId } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Suggestions, type Chooser } from "../features/composer/Suggestions";
import { contact, conversation, show, testDesk } from "./samples";

const MACROS = [
  { id: 1, name: "Refund and settle", steps: [], canned_id: null, used: 0 },
  { id: 2, name: "Ask the warehouse", steps: [], canned_id: null, used: 0 },
];
let posted: { url: string; body: unknown }[] = [];

beforeEach(() => {
  posted = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "POST") posted.push({ url, body: JSON.parse(String(init.body)) });
    const answer = url.endsWith("/run") ? { changed: 1, refused: [], bulk_ids: [], canned_id: null } : { items: url.endsWith("/macros") ? MACROS : [] };
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(query: string, said = true) {
  const each = conversation(1);
  const desk = testDesk((state) => ({
    ...state,
    ready: true,
    cannedRead: true,
    tables: { ...state.tables, conversations: byId([each]), contacts: byId([contact(101, "지우")]) },
  }));
  const chooser = createRef<Chooser>();
  const put: unknown[] = [];
  const trigger = { sign: "/" as const, query, from: 0, to: 1 + query.length };
  show(
    desk,
    <Suggestions ref={chooser} conversation={each} trigger={trigger} onChoose={(document) => put.push(document)} onClose={() => undefined} {...(said && { onSay: () => undefined })} />,
  );
  return { chooser, put };
}

describe("the menu behind the slash", () => {
  it("offers the shop's macros too, and choosing one by key runs it here and leaves no slash", async () => {
    const { chooser, put } = open("refund");
    const offered = await screen.findByTestId("suggestion-macro");
    expect(offered.textContent).toBe("Refund and settle");
    expect(screen.getByTestId("suggestion-group").textContent).toBe("Macros");
    await act(async () => {
      expect(chooser.current?.key(new KeyboardEvent("keydown", { key: "Enter" }))).toBe(true);
      await Promise.resolve();
    });
    expect(put).toEqual([[{ type: "paragraph", content: [] }]]);
    expect(posted).toEqual([{ url: expect.stringMatching(/\/macros\/1\/run$/) as string, body: { ids: [1] } }]);
  });

  it("runs one that is clicked", async () => {
    open("");
    const [, second] = await screen.findAllByTestId("suggestion-macro");
    fireEvent.click(second!);
    await vi.waitFor(() => expect(posted.map(({ url }) => url.slice(-13))).toEqual(["/macros/2/run"]));
  });

  it("offers none where a letter is yet to begin a conversation", async () => {
    open("", false);
    await screen.findByText(/No scripts|scripts yet/i);
    expect(screen.queryByTestId("suggestion-macro")).toBeNull();
  });
});
