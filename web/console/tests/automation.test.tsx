import { byId, type Offer } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { emptyState } from "../app/desk/state";
import OfferCard from "../features/routing/OfferCard";
import { bounded, fresh, isComplete, sayDeed, vocabularyOf, withGone, type Part } from "../features/settings/automation/rule";
import { show, testDesk, words } from "./samples";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const agents = byId([
  { id: 1, name: "Nora", removed: false },
  { id: 2, name: "Gone Gil", removed: true },
]) as never;
const vocabulary = vocabularyOf(words, { ...emptyState().tables, agents }, []);
const rule = (...then: Part[]) => ({ ...fresh(), then });

describe("a rule being written", () => {
  it("is not complete while an action or a condition waits to be chosen", () => {
    expect(isComplete(rule({ do: "assign" }))).toBe(false);
    expect(isComplete(rule({ do: "assign", agent_id: null, team_id: 3 }))).toBe(true);
    expect(isComplete(rule({ do: "tag", add: [], remove: [] }))).toBe(false);
    expect(isComplete(rule({ do: "note", text: "  " }))).toBe(false);
    expect(isComplete(rule({ do: "script" }))).toBe(false);
    expect(isComplete(rule({ do: "resolve" }))).toBe(true);
    expect(isComplete({ ...rule({ do: "resolve" }), if: { all: [{ field: "tag", op: "is", value: [] }], any: [] } })).toBe(false);
  });

  it("offers nobody who is gone, and says so of those who were chosen before", () => {
    expect(vocabulary["agent"]).toEqual([{ value: "1", label: "Nora" }]);
    expect(sayDeed(words, vocabulary, { do: "assign", agent_id: 2 })).toContain("(removed)");
    expect(withGone(words, vocabulary["agent"], ["1", "2"]).map(({ label }) => label)).toEqual(["Nora", "(removed)"]);
  });

  it("lets nothing last shorter than a minute or longer than ninety days", () => {
    expect([bounded(1), bounded(3_600), bounded(129_600 * 86_400)]).toEqual([60, 3_600, 90 * 86_400]);
  });
});

describe("an offer", () => {
  const offer = { id: 5, v: 1, conversation_id: 1, contact_name: "지우", channel: "chat", text: "hello", made_at: new Date().toISOString(), until: new Date(Date.now() + 60_000).toISOString() } as Offer;
  const answered = async (response: () => Promise<Response>) => {
    vi.stubGlobal("fetch", response);
    const desk = testDesk((state) => ({ ...state, tables: { ...state.tables, offers: byId([offer]) } }));
    show(desk, <OfferCard offer={offer} first />);
    await act(async () => {
      fireEvent.click(screen.getByTestId("offer-accept"));
      await new Promise((done) => setTimeout(done));
    });
    return () => Object.keys(desk.store.get().tables.offers);
  };

  it("stays where the line was cut before an answer came", async () => {
    const left = await answered(() => Promise.reject(new TypeError("offline")));
    await vi.waitFor(() => expect(screen.getByTestId<HTMLButtonElement>("offer-accept").disabled).toBe(false));
    expect(left()).toEqual(["5"]);
  });

  it("is gone where somebody else has it by now", async () => {
    const left = await answered(() => Promise.resolve(new Response(JSON.stringify({ title: "x", status: 409, code: "conflict", detail: "taken" }), { status: 409 })));
    await vi.waitFor(() => expect(left()).toEqual([]));
  });
});
