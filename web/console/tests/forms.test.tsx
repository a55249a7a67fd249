import { afterEach, describe, expect, it, vi } from "vitest";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { addable, added, begun, bodyOf, free, moved, said, type Field, type Template } from "../features/settings/forms/form";
import { FormEditor } from "../features/settings/forms/FormEditor";
import { Card, cardOf } from "../features/timeline/Card";
import { show, testDesk } from "./samples";

const field = (id: string, type: Field["type"]): Field => ({ id, type, labels: { en: id }, help: {}, required: false, max: null, choices: [] });

describe("a form that is being edited", () => {
  it("moves a field to any place, and nowhere beyond the ends", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 1, 9)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b", "c"], 1, -5)).toEqual(["b", "a", "c"]);
  });

  it("gives every new field an id of its own, and a choice an answer to begin with", () => {
    const fields = added(added([field("text", "text")], "text", { ko: "질문" }, {}), "choice", { ko: "고르기" }, { ko: "답" });
    expect(fields.map(({ id }) => id)).toEqual(["text", "text2", "choice"]);
    expect(fields[2]?.choices).toEqual([{ id: "a1", labels: { ko: "답" } }]);
    expect(free([{ id: "a" }, { id: "a2" }], "a")).toBe("a3");
  });

  it("has a name, an address and a number once, and no more fields than fit", () => {
    expect(addable([field("email", "email")])).not.toContain("email");
    expect(addable([field("text", "text")])).toContain("text");
    expect(addable(Array.from({ length: 25 }, (_, i) => field(`t${i}`, "text")))).toEqual([]);
  });

  it("begins as its template says, and is sent without what the server does not want", () => {
    const template: Template = { kind: "claim", name: { ko: "불편 접수", en: "Claim" }, texts: { title: { en: "Claim" } }, fields: [] };
    const draft = begun(template, "ko");
    expect(draft.name).toBe("불편 접수");
    expect(bodyOf(draft)).not.toHaveProperty("v");
    expect(bodyOf(draft)).not.toHaveProperty("team_id");
    expect(bodyOf({ ...draft, id: 7, v: 3 })).toMatchObject({ v: 3, team_id: null });
    expect(bodyOf({ ...draft, id: 7, v: 3 })).not.toHaveProperty("id");
  });

  it("says a label in the nearest language that there is", () => {
    expect(said({ ko: "이름", en: "Name" }, "zh")).toBe("Name");
    expect(said({ zh: "姓名" }, "ko")).toBe("姓名");
    expect(said({}, "ko")).toBe("");
  });
});

describe("the way back from a form", () => {
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it("asks before it throws away what was changed, and only then", () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 422 })));
    const onClose = vi.fn();
    const start = begun({ kind: "own", name: { en: "Ask" }, texts: { title: { en: "Ask" } }, fields: [] }, "en");
    show(testDesk(), <FormEditor start={start} onSaved={vi.fn()} onClose={onClose} />);
    fireEvent.click(screen.getByTestId("form-back"));
    expect(onClose).toHaveBeenCalledTimes(1);
    fireEvent.change(screen.getByTestId("form-name"), { target: { value: "Ask us" } });
    fireEvent.click(screen.getByTestId("form-back"));
    expect(onClose).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByTestId("confirm"));
    expect(onClose).toHaveBeenCalledTimes(2);
  });
});

describe("a card", () => {
  const rows = [
    { label: { ko: "주문번호", en: "Order" }, type: "order", value: "<b>A-1</b>" },
    { label: { ko: "문제", en: "Problem" }, type: "choice", value: { ko: "깨짐", en: "Broken" } },
    { label: { ko: "동의", en: "Consent" }, type: "consent", value: "yes" },
    { label: { ko: "받은 날", en: "Received" }, type: "date", value: "2026-11-03" },
    { label: { ko: "파일", en: "Files" }, type: "file", value: "a.txt" },
  ];

  it("shows labels and values in the reader's language, as text", () => {
    show(testDesk(), <Card card={{ title: { ko: "불편 접수", en: "Claim" }, rows }} />);
    for (const text of ["Claim", "Order", "<b>A-1</b>", "Broken", "Yes", "3 November 2026"]) expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByText("Files")).toBeNull();
  });

  it("links to the page it was sent from, and to nothing that could run", () => {
    const { unmount } = show(testDesk(), <Card card={{ title: "Claim", rows: [], page: { url: "https://shop.example/jar", title: "Jar" } }} />);
    expect(screen.getByRole("link", { name: "Jar" }).getAttribute("href")).toBe("https://shop.example/jar");
    unmount();
    show(testDesk(), <Card card={{ title: "Claim", rows: [], page: { url: "javascript:alert(1)", title: "Jar" } }} />);
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("is there only where a message has one", () => {
    expect(cardOf({})).toBeNull();
    expect(cardOf(undefined)).toBeNull();
    expect(cardOf({ card: { rows: "x" } })).toBeNull();
    expect(cardOf({ card: { rows } })?.rows).toHaveLength(5);
  });
});
