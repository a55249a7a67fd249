import { byId } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Filters } from "../features/search/Filters";
import { questionOf } from "../features/search/question";
import { FilterFields } from "../features/views/FilterFields";
import { contact, show, testDesk } from "./samples";

const jiwoo = contact(5, "지우", { email: "jiwoo@example.test" });
let asked: string[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(JSON.stringify({ items: [jiwoo] }), { status: 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const settled = () => act(() => new Promise((done) => setTimeout(done, 260)));

describe("the filter of a view", () => {
  it("finds a shopper on the server and holds only theirs", async () => {
    const onChange = vi.fn();
    show(testDesk(), <FilterFields filter={{ status: ["open"] }} onChange={onChange} />);
    const field = screen.getByTestId<HTMLInputElement>("filter-contact");
    await userEvent.type(field, "jiw");
    await waitFor(() => expect(asked.at(-1)).toContain("/contacts?limit=12&q=jiw"));
    fireEvent.click(screen.getByText("지우 · jiwoo@example.test"));
    expect(onChange).toHaveBeenLastCalledWith({ status: ["open"], contact: 5 });
  });

  it("names the shopper that was chosen before", async () => {
    const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, contacts: byId([jiwoo]) } }));
    show(desk, <FilterFields filter={{ contact: 5 }} onChange={vi.fn()} />);
    await settled();
    expect(screen.getByTestId<HTMLInputElement>("filter-contact").value).toBe("지우 · jiwoo@example.test");
  });
});

describe("a search", () => {
  it("is narrowed to a tag, and puts conversations in order too", async () => {
    const onChange = vi.fn();
    const tags = byId([{ id: 3, v: 1, name: "refund", color: "#0F766E", removed: false }]);
    const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, tags } }));
    show(desk, <Filters question={{ ...questionOf("?q=x"), among: "conversations" }} onChange={onChange} />);
    fireEvent.click(screen.getByTestId("search-tag"));
    fireEvent.click(await screen.findByText("refund"));
    expect(onChange).toHaveBeenLastCalledWith({ tag: "3" });
    fireEvent.click(screen.getByLabelText("Order", { selector: "input" }));
    fireEvent.click(await screen.findByText("Best match first"));
    expect(onChange).toHaveBeenLastCalledWith({ sort: "best" });
  });
});
