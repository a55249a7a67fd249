import { byId } from "@sonnim/protocol";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GivenDesk } from "../app/desk/context";
import { WordsProvider } from "../app/i18n";
import { useContactEdit } from "../features/contact/useContactEdit";
import { contact, testDesk, words, type TestDesk } from "./samples";

const person = contact(101, "지우", { notes: "" });
let fate: "ok" | "down" | "refused";
let asked: object[];

beforeEach(() => {
  localStorage.clear();
  [fate, asked] = ["ok", []];
  vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
    if (fate === "down") return Promise.reject(new TypeError("no network"));
    const change = JSON.parse(String(init.body)) as object;
    asked.push(change);
    const body = fate === "ok" ? { ...person, ...change } : { code: "invalid" };
    return Promise.resolve(new Response(JSON.stringify(body), { status: fate === "ok" ? 200 : 422 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open() {
  const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, contacts: byId([person]) } }));
  const wrapper = ({ children }: { children: ReactNode }) => (
    <WordsProvider words={words}>
      <GivenDesk desk={desk}>{children}</GivenDesk>
    </WordsProvider>
  );
  const { result, unmount } = renderHook(() => useContactEdit(desk.store.get().tables.contacts[101]), { wrapper });
  return { desk, edit: result, unmount };
}

const notesIn = (desk: TestDesk) => desk.store.get().tables.contacts[101]?.notes;
const link = (desk: TestDesk, live: boolean) =>
  act(async () => desk.store.set((state) => ({ ...state, link: live ? "live" : ("connecting" as never) })));

describe("a note about a contact", () => {
  it("stays when saving fails, and is saved when the line is back", async () => {
    const { desk, edit } = open();
    fate = "down";
    await act(async () => edit.current({ notes: "VIP, 전화 선호" }));
    expect(notesIn(desk)).toBe("VIP, 전화 선호");
    await link(desk, false);
    fate = "ok";
    await link(desk, true);
    expect([asked, notesIn(desk)]).toEqual([[{ notes: "VIP, 전화 선호" }], "VIP, 전화 선호"]);
    expect(localStorage.length).toBe(0);
  });

  it("outlives the page", async () => {
    const first = open();
    fate = "down";
    await act(async () => first.edit.current({ notes: "later" }));
    first.unmount();
    fate = "ok";
    const { desk } = open();
    await act(async () => undefined);
    expect([asked, notesIn(desk)]).toEqual([[{ notes: "later" }], "later"]);
  });

  it("is taken back alone when the server does not want it", async () => {
    const { desk, edit } = open();
    fate = "down";
    await act(async () => edit.current({ notes: "kept" }));
    fate = "refused";
    await act(async () => edit.current({ email: "a,b@x.example" }));
    expect(notesIn(desk)).toBe("kept");
    expect(desk.store.get().tables.contacts[101]?.email).toBeNull();
    expect(localStorage.length).toBe(1);
  });
});
