import { byId } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Composer } from "../features/composer/Composer";
import { placed } from "../features/composer/uploads";
import { contact, conversation, show, testDesk } from "./samples";

vi.mock("../features/composer/loadEditor", () => ({ loadEditor: () => new Promise(() => undefined) }));

const file = { id: 9, name: "photo.jpg", type: "image/jpeg", size: 3, width: 1, height: 1 };
let waiting: FakeRequest[] = [];
let saved: object[] = [];

class FakeRequest {
  upload: { onprogress?: unknown } = {};
  status = 201;
  response = file;
  aborted = false;
  onload = () => undefined;
  onabort = () => undefined;
  open = () => undefined;
  setRequestHeader = () => undefined;
  send = () => void waiting.push(this);
  abort() {
    this.aborted = true;
    this.onabort();
  }
}

beforeEach(() => {
  localStorage.clear();
  [waiting, saved] = [[], []];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body ?? "{}")) as object;
    saved.push(body);
    const draft = { conversation_id: 1, v: 5, text: "", data: {}, updated_at: "", ...body, attachments: [file] };
    return Promise.resolve(new Response(JSON.stringify({ draft }), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const desk = () =>
  testDesk((state) => ({ ...state, tables: { ...state.tables, conversations: byId([conversation(1)]), contacts: byId([contact(101, "지우")]) } }));

const drop = () => {
  const files = [new File(["abc"], "photo.jpg")];
  fireEvent.drop(screen.getByTestId("composer"), { dataTransfer: { files } });
};

describe("a file on its way up", () => {
  it("goes on while another conversation is open, and is with the draft on return", async () => {
    const same = desk();
    const { unmount } = show(same, <Composer conversation={conversation(1)} phone={false} />);
    drop();
    expect(waiting).toHaveLength(1);
    unmount();
    expect(waiting[0]?.aborted).toBe(false);
    await act(async () => waiting[0]?.onload());
    expect(saved).toEqual([{ text: "", attachments: [9] }]);
    show(same, <Composer conversation={conversation(1)} phone={false} />);
    expect(screen.getByTestId("composer-attachment").textContent).toContain("photo.jpg");
  });

  it("is still shown on the way when one comes back before it has arrived", async () => {
    const same = desk();
    const first = show(same, <Composer conversation={conversation(1)} phone={false} />);
    drop();
    first.unmount();
    show(same, <Composer conversation={conversation(1)} phone={false} />);
    expect(screen.getByTestId("composer-attachments").textContent).toContain("photo.jpg");
    await act(async () => waiting[0]?.onload());
    expect(screen.getAllByTestId("composer-attachment")).toHaveLength(1);
  });

  it("can be cancelled", async () => {
    show(desk(), <Composer conversation={conversation(1)} phone={false} />);
    drop();
    await act(async () => fireEvent.click(screen.getByLabelText(/Cancel/i)));
    expect([waiting[0]?.aborted, screen.queryByTestId("composer-attachments")]).toEqual([true, null]);
  });
});

describe("files that come in another order than they were put in", () => {
  it("stand in the order in which they were put in, behind what was there", async () => {
    show(desk(), <Composer conversation={conversation(1)} phone={false} />);
    const files = ["large.jpg", "small.jpg"].map((name) => new File(["abc"], name));
    fireEvent.drop(screen.getByTestId("composer"), { dataTransfer: { files } });
    const [large, small] = waiting;
    if (!large || !small) throw new Error("two were sent");
    small.response = { ...file, id: 21, name: "small.jpg" };
    large.response = { ...file, id: 22, name: "large.jpg" };
    await act(async () => small.onload());
    await act(async () => large.onload());
    expect(screen.getAllByTestId("composer-attachment").map((each) => each.textContent)).toEqual([
      expect.stringContaining("large.jpg"),
      expect.stringContaining("small.jpg"),
    ]);
    const before = { ...file, id: 3 };
    expect(placed([before], small.response).map(({ id }) => id)).toEqual([3, 21]);
  });
});
