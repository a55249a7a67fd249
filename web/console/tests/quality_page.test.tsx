import type { EventFrame } from "@sonnim/protocol";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { Suspense, useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Scorecard from "../features/quality/Scorecard";
import { Scores } from "../features/quality/Scores";
import { PAUSE } from "../features/quality/useQuality";
import { show, testDesk } from "./samples";

type Answer = (path: string, init: RequestInit) => unknown;
const asked: string[] = [];
let answer: Answer = () => ({});
let tell: (event: EventFrame) => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const path = url.replace("/api/v1/shops/1/quality", "");
    asked.push(`${init.method ?? "GET"} ${path}`);
    const given = answer(path, init);
    return Promise.resolve(given instanceof Response ? given : Response.json(given));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = (ms = 0) => act(() => vi.advanceTimersByTimeAsync(ms));

let desks = 0;
function desk() {
  // Somebody else each time: what one types is kept as long as the page is open.
  const made = testDesk((state) => ({ ...state, agentId: 100 + ++desks, permissions: ["quality.review", "plan.manage"] }));
  return Object.assign(made, { listen: (hear: typeof tell) => ((tell = hear), () => undefined) });
}
const changed = async (...agent_ids: number[]) => {
  tell({ type: "quality.changed", desk: { put: { quality: { 1: { id: 1, v: 1, agent_ids } } } } } as never);
  await settle(10);
};

const card = (version: number, courtesy: number, per_week = 2) => ({
  version,
  per_week,
  changed_by_id: version ? 1 : null,
  changed_at: version ? "2026-11-22T03:00:00.000Z" : null,
  criteria: [
    { id: "courtesy", names: { en: "Courtesy" }, weight: courtesy, critical: false, kind: "marks", rules: ["curt"] },
    { id: "rest", names: { en: "Rest" }, weight: 100 - courtesy, critical: false, kind: "people", rules: [] },
  ],
});
const weight = (at: number) => screen.getAllByTestId<HTMLInputElement>("criterion-weight")[at]!;
const write = (at: number, to: string) => fireEvent.change(weight(at), { target: { value: to } });

it("keeps what was typed when somebody else was faster, says what they did, and saves both on top of it", async () => {
  const bodies: { version: number }[] = [];
  let saved = card(0, 40);
  answer = (path, { method, body }) => {
    if (path !== "/scorecard") return { under_way: false, since: null, done: 0, total: 0 };
    if (method !== "PUT") return saved;
    bodies.push(JSON.parse(String(body)) as { version: number });
    if (bodies.at(-1)?.version === saved.version) return (saved = { ...card(2, 30), ...bodies.at(-1), version: 2 });
    return Response.json({ code: "conflict", detail: "" }, { status: 409 });
  };
  show(desk(), <Suspense><Scorecard /></Suspense>);
  await settle(10);
  write(0, "30");
  write(1, "70");
  saved = card(1, 40, 5);
  fireEvent.click(screen.getByTestId("scorecard-save"));
  await settle(10);
  expect(screen.getByTestId("scorecard-meanwhile").textContent).toContain("2 → 5");
  expect([weight(0).value, weight(1).value]).toEqual(["30", "70"]);
  expect(screen.getByTestId<HTMLButtonElement>("scorecard-save").disabled).toBe(true);
  fireEvent.click(screen.getByTestId("scorecard-take-in"));
  fireEvent.click(screen.getByTestId("scorecard-save"));
  await settle(10);
  expect(bodies.at(-1)).toMatchObject({ version: 1, per_week: 5, criteria: [{ weight: 30 }, { weight: 70 }] });
  expect(screen.getByTestId("scorecard-saved")).toBeTruthy();
});

it("says why it cannot be saved, and has what was typed still there when one comes back", async () => {
  answer = (path) => (path === "/scorecard" ? card(0, 40) : { under_way: true, since: "2026-11-01T00:00:00.000Z", done: 3, total: 12 });
  const own = desk();
  const { unmount } = show(own, <Suspense><Scorecard /></Suspense>);
  await settle(10);
  write(0, "35");
  expect(screen.getByTestId("scorecard-sum").textContent).toContain("5 still to give out");
  fireEvent.click(screen.getByTestId("scorecard-save"));
  await settle(10);
  expect(screen.getByTestId("scorecard-wrong").textContent).toContain("100");
  expect(asked.filter((each) => each.startsWith("PUT"))).toEqual([]);
  expect(screen.getByTestId("scorecard-under-way").textContent).toContain("3 of 12");
  unmount();
  show(own, <Suspense><Scorecard /></Suspense>);
  await settle(10);
  expect(weight(0).value).toBe("35");
  fireEvent.click(screen.getByTestId("scorecard-even"));
  expect([weight(0).value, weight(1).value]).toEqual(["37", "63"]);
});

const order = () => screen.getAllByTestId("criterion").map((row) => row.dataset["criterion"]);
const handle = (at: number) => screen.getAllByTestId("criterion-handle")[at]!;

it("moves a criterion by the arrow keys, which stay on it, says where it went, and saves it there", async () => {
  let sent: { criteria: { id: string }[] } | undefined;
  answer = (path, { method, body }) => {
    if (path !== "/scorecard") return { under_way: false, since: null, done: 0, total: 0 };
    if (method !== "PUT") return card(0, 40);
    sent = JSON.parse(String(body)) as typeof sent;
    return { ...card(1, 40), ...sent, version: 1 };
  };
  show(desk(), <Suspense><Scorecard /></Suspense>);
  await settle(10);
  fireEvent.keyDown(handle(0), { key: "ArrowUp" });
  expect(screen.queryByTestId("scorecard-save")).toHaveProperty("disabled", true);
  fireEvent.keyDown(handle(0), { key: "ArrowDown" });
  await settle(20);
  expect(order()).toEqual(["rest", "courtesy"]);
  expect(document.activeElement).toBe(handle(1));
  expect(handle(1).getAttribute("aria-label")).toBe("Move Courtesy");
  expect(screen.getByText("Courtesy: moved to 2 of 2").getAttribute("aria-live")).toBe("polite");
  fireEvent.keyDown(handle(1), { key: "ArrowDown" });
  fireEvent.click(screen.getByTestId("scorecard-save"));
  await settle(10);
  expect(sent?.criteria.map(({ id }) => id)).toEqual(["rest", "courtesy"]);
  expect([order(), weight(0).value]).toEqual([["rest", "courtesy"], "60"]);
});

it("moves a criterion by mouse, and puts it back when changes are discarded", async () => {
  answer = (path) => (path === "/scorecard" ? card(0, 40) : { under_way: false, since: null, done: 0, total: 0 });
  show(desk(), <Suspense><Scorecard /></Suspense>);
  await settle(10);
  fireEvent.dragStart(handle(1));
  fireEvent.dragOver(screen.getAllByTestId("criterion")[0]!);
  fireEvent.dragEnd(handle(0));
  expect(order()).toEqual(["rest", "courtesy"]);
  fireEvent.dragOver(screen.getAllByTestId("criterion")[1]!);
  expect(order()).toEqual(["rest", "courtesy"]);
  fireEvent.click(screen.getByTestId("scorecard-discard"));
  expect(order()).toEqual(["courtesy", "rest"]);
});

it("shows that it could not be read, and reads it again", async () => {
  answer = () => Response.json({ code: "unavailable" }, { status: 503 });
  show(desk(), <Suspense><Scorecard /></Suspense>);
  await settle(10);
  answer = (path) => (path === "/scorecard" ? card(0, 40) : { under_way: false, since: null, done: 0, total: 0 });
  fireEvent.click(screen.getByRole("button"));
  await settle(10);
  expect(weight(0).value).toBe("40");
});

const score = (id: number) => ({ id, conversation_id: id, agent_id: 7, criteria: {}, points: 90, critical: false, dispute: null, listed: null, reviews: 0, marks: 1, resolved_at: "2026-11-22T03:00:00.000Z" });
const rows = () => screen.queryAllByTestId("quality-row").map((row) => Number(row.dataset["score"]));
const page = (from: number, many: number, more: boolean) => ({ items: Array.from({ length: many }, (_, n) => score(from - n)), next: more ? "further" : null });

it("reads a list again once for many changes, as far as it was read before", async () => {
  answer = (path) => (path.includes("before=") ? page(80, 20, true) : path.includes("limit=40") ? page(101, 40, true) : page(100, 20, true));
  show(desk(), <Suspense><Scores wanted={{ agent: 7 }} onScore={() => undefined} /></Suspense>);
  await settle(10);
  fireEvent.click(screen.getByRole("button", { name: "Show earlier entries" }));
  await settle(10);
  expect(rows()).toHaveLength(40);
  asked.length = 0;
  for (let n = 0; n < 30; n++) await changed(7);
  await changed(8);
  expect(asked).toEqual([]);
  await settle(PAUSE);
  expect(asked).toEqual(["GET /scores?agent_id=7&limit=40"]);
  expect([rows().length, rows()[0]]).toEqual([40, 101]);
});

it("shows no rows of another rule while those that are wanted come", async () => {
  let arrive: () => void = () => undefined;
  answer = () => page(100, 2, false);
  function Filtered() {
    const [rule, setRule] = useState<string>();
    return (
      <Suspense>
        <button onClick={() => setRule("curt")}>only</button>
        <Scores wanted={{ agent: 7, rule }} onScore={() => undefined} onAll={() => undefined} />
      </Suspense>
    );
  }
  show(desk(), <Filtered />);
  await settle(10);
  expect(rows()).toEqual([100, 99]);
  vi.stubGlobal("fetch", () => new Promise((done) => (arrive = () => done(Response.json(page(50, 1, false))))));
  fireEvent.click(screen.getByRole("button", { name: "only" }));
  await settle(10);
  expect(rows()).toEqual([]);
  expect(screen.getByRole("button", { name: "Show all" })).toBeTruthy();
  arrive();
  await settle(10);
  expect(rows()).toEqual([50]);
});
