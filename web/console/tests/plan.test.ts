/** The draft of a plan: undone step by step, kept one request at a time, and never over somebody else's work. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../app/api";
import { makeWords } from "../app/i18n";
import { addRow, freshId, moveRow, removeRow, setField } from "../features/plan/changing";
import { AGAIN, makeKeeper, PAUSE, type Line } from "../features/plan/keeper";
import { duration, limitText, within } from "../features/plan/telling";
import type { Document, Draft, DraftState } from "../features/plan/types";
import en from "../locales/en.json";

const EMPTY: Document = {
  languages: ["ko", "zh", "en"],
  topics: [],
  decisions: [],
  information: [],
  channels: [],
  returns: [],
  claims: [],
  concessions: [],
  ladder: [],
  refusals: [],
};
const STATE: DraftState = {
  v: 1,
  base: 0,
  in_force: 0,
  author_id: 7,
  updated_at: null,
  changed: true,
  meter: { percent: 0, shares: [], open: [] },
  faults: [],
};
const words = makeWords("en", en);

const withTopics = (...ids: string[]) => ids.reduce((document, id) => addRow(document, "topics", id), EMPTY);
const ids = (document: Document) => document.topics.map((row) => row.id);
const draft = (v: number, document: Document): Draft => ({ ...STATE, v, document });

function desk(given: Partial<Line> = {}) {
  const written: [number, Document][] = [];
  const line: Line = {
    read: () => Promise.resolve(draft(9, withTopics("theirs"))),
    write: (v, document) => {
      written.push([v, document]);
      return Promise.resolve({ ...STATE, v: v + 1 });
    },
    ...given,
  };
  return { keeper: makeKeeper(draft(1, EMPTY), line), written };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a change of the plan", () => {
  it("adds, moves and removes rows and leaves the former plan as it was", () => {
    const plan = withTopics("a", "b", "c");
    expect(ids(moveRow(plan, "topics", "c", -1))).toEqual(["a", "c", "b"]);
    expect(moveRow(plan, "topics", "a", -1)).toBe(plan);
    expect(ids(removeRow(plan, "topics", "b"))).toEqual(["a", "c"]);
    expect(ids(plan)).toEqual(["a", "b", "c"]);
  });

  it("gives a new row an id that none has", () => {
    const numbers = [0.5, 0.5, 0.25];
    const first = freshId(EMPTY, "topics", () => numbers.shift() ?? 0);
    const second = freshId(withTopics(first), "topics", () => numbers.shift() ?? 0);
    expect(second).not.toBe(first);
    expect(second).toMatch(/^[a-z0-9][a-z0-9_-]{0,39}$/);
  });
});

describe("the keeper of the draft", () => {
  it("writes once after a pause, however many letters were typed", async () => {
    const { keeper, written } = desk();
    const text = (said: string) =>
      keeper.change((now) => setField(addRow(now, "topics", `t${said.length}`), "topics", "t1", "note", said), "t1.note");
    text("a");
    text("ab");
    expect(keeper.store.get().saving).toBe("waiting");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(written.map(([v]) => v)).toEqual([1]);
    expect(keeper.store.get()).toMatchObject({ saving: "saved", state: { v: 2 } });
  });

  it("undoes the letters of one text together and other changes one by one", () => {
    const { keeper } = desk();
    keeper.change(() => withTopics("a"));
    keeper.change(() => withTopics("a", "b"), "a.note");
    keeper.change(() => withTopics("a", "b", "c"), "a.note");
    keeper.undo();
    expect(ids(keeper.store.get().document)).toEqual(["a"]);
    keeper.undo();
    expect(ids(keeper.store.get().document)).toEqual([]);
    keeper.undo();
    expect(keeper.store.get().past).toEqual([]);
  });

  it("sends what was typed during a request after it, with the new number", async () => {
    const answers: ((state: DraftState) => void)[] = [];
    const sent: number[] = [];
    const { keeper } = desk({
      write: (v) => {
        sent.push(v);
        return new Promise((resolve) => answers.push(resolve));
      },
    });
    keeper.change(() => withTopics("a"));
    await vi.advanceTimersByTimeAsync(PAUSE);
    keeper.change(() => withTopics("a", "b"));
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(sent).toEqual([1]);
    answers[0]?.({ ...STATE, v: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([1, 2]);
    answers[1]?.({ ...STATE, v: 3 });
    expect(await keeper.settled()).toBe(3);
  });

  it("tries again when nothing could be sent, and says so until then", async () => {
    let down = true;
    const { keeper } = desk({
      write: (v) => (down ? Promise.reject(new ApiError(0, "network", "")) : Promise.resolve({ ...STATE, v: v + 1 })),
    });
    keeper.change(() => withTopics("a"));
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(keeper.store.get()).toMatchObject({ saving: "failed", conflict: null });
    await expect(keeper.settled()).rejects.toBeInstanceOf(ApiError);
    down = false;
    await vi.advanceTimersByTimeAsync(AGAIN);
    expect(keeper.store.get().saving).toBe("saved");
  });

  it("stops at a conflict, names who was first, and lets me choose whose shall stay", async () => {
    const sent: number[] = [];
    const refuse = new ApiError(409, "conflict", "", { v: "5", author_id: "3" } as unknown as Record<string, string[]>);
    const { keeper } = desk({
      write: (v) => {
        sent.push(v);
        return v === 5 ? Promise.resolve({ ...STATE, v: 6 }) : Promise.reject(refuse);
      },
    });
    keeper.change(() => withTopics("mine"));
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(keeper.store.get().conflict).toEqual({ v: 5, authorId: 3 });
    keeper.change(() => withTopics("mine", "more"));
    await vi.advanceTimersByTimeAsync(PAUSE + AGAIN);
    expect(sent).toEqual([1]);
    keeper.keepMine();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([1, 5]);
    expect(ids(keeper.store.get().document)).toEqual(["mine", "more"]);
    await keeper.showTheirs();
    expect(keeper.store.get()).toMatchObject({ conflict: null, state: { v: 9 } });
    expect(ids(keeper.store.get().document)).toEqual(["theirs"]);
  });

  it("shows what somebody else wrote, unless I am in the middle of writing myself", async () => {
    const { keeper } = desk();
    keeper.change(() => withTopics("mine"));
    await keeper.look();
    expect(ids(keeper.store.get().document)).toEqual(["mine"]);
    await keeper.settled();
    await keeper.look();
    expect(ids(keeper.store.get().document)).toEqual(["theirs"]);
  });
});

describe("a version that somebody else publishes", () => {
  it("leaves what is on the screen, and the way back", async () => {
    let inForce = 0;
    const { keeper } = desk({ read: () => Promise.resolve({ ...draft(2, withTopics("mine")), in_force: inForce }) });
    keeper.change(() => withTopics("mine"));
    await keeper.settled();
    const shown = keeper.store.get();
    await keeper.look();
    expect(keeper.store.get()).toBe(shown);
    inForce = 4;
    await keeper.look();
    expect(keeper.store.get().state.in_force).toBe(4);
    expect(keeper.store.get().document).toBe(shown.document);
    keeper.undo();
    expect(ids(keeper.store.get().document)).toEqual([]);
  });
});

describe("the plan's values in words", () => {
  it("says times in the largest whole unit", () => {
    expect([15, 60, 90, 1440, 4320].map((minutes) => duration(minutes, words))).toEqual([
      "15 minutes",
      "1 hour",
      "90 minutes",
      "1 day",
      "3 days",
    ]);
  });

  it("groups sums without making a float of them", () => {
    const limit = { role: "agent", measure: "amount", value: "1234567890.1005", currency: "KRW" } as const;
    expect(limitText(limit, words)).toBe("up to 1,234,567,890.1005 KRW");
    expect(limitText({ ...limit, value: "" }, words)).toBe("not decided");
    expect(limitText({ ...limit, measure: "any" }, words)).toBe("Without limit");
  });

  it("falls back to a language that says something", () => {
    expect(within({ ko: " ", zh: "你好", en: "" }, "ko")).toBe("你好");
  });
});
