import { describe, expect, it } from "vitest";
import { blank, criterionName, differences, evened, faults, isComplete, isSame, merged, ruled, sumOf, written, type Criterion, type Sheet } from "../features/quality/scorecard";

const line = (id: string, weight: number, more: Partial<Criterion> = {}): Criterion => ({ id, names: { en: id, ko: "", zh: "" }, weight, critical: false, kind: "marks", rules: [`${id}-1`], ...more });
const sheet = (criteria: Criterion[], per_week = 2): Sheet => ({ criteria, per_week });
const base = sheet([line("answers", 60, { rules: ["curt", "blame"] }), line("courtesy", 40, { rules: ["cold"] })]);
const change = (id: string, more: Partial<Criterion>, from = base): Sheet => ({ ...from, criteria: from.criteria.map((each) => (each.id === id ? { ...each, ...more } : each)) });

describe("a scorecard that is being written", () => {
  it("can be saved with weights of 100, names, and rules where rules are what counts", () => {
    expect(isComplete(base)).toBe(true);
    expect(isComplete(change("answers", { weight: 59 }))).toBe(false);
    expect(isComplete(sheet([]))).toBe(false);
    expect([...faults(change("answers", { names: { en: " " }, rules: [] }))]).toEqual([["answers", ["name", "rules"]]]);
    expect(faults(change("answers", { rules: [], kind: "people" })).size).toBe(0);
    expect(faults(change("answers", { names: { ko: "가".repeat(81) } })).get("answers")).toEqual(["name"]);
  });

  it("is called by another language's name where the reader's has none", () => {
    expect(criterionName(line("own-1", 5, { names: { ko: " ", zh: "态度" } }), "ko")).toBe("态度");
    expect(criterionName(line("own-1", 5, { names: {} }), "ko")).toBe("own-1");
  });

  it("sends no empty names, and no rules that do not count", () => {
    expect(written(change("answers", { kind: "clocks" })).criteria[0]).toEqual({ ...base.criteria[0], names: { en: "answers" }, kind: "clocks", rules: [] });
  });

  it("knows when everything is as it was", () => {
    expect(isSame(base, change("answers", { rules: ["blame", "curt"], names: { zh: " ", en: "answers" } }))).toBe(true);
    expect(isSame(base, { ...base, per_week: 3 })).toBe(false);
    expect(isSame(base, change("answers", { critical: true }))).toBe(false);
  });

  it("has each rule in one criterion", () => {
    const moved = ruled(base.criteria, "courtesy", ["cold", "blame"]);
    expect(moved.map(({ rules }) => rules)).toEqual([["curt"], ["cold", "blame"]]);
  });

  it("evens weights out to 100 in their proportion", () => {
    const even = (...weights: number[]) => evened(weights.map((weight, n) => line(`c${n}`, weight))).map(({ weight }) => weight);
    expect(even(10, 10, 10)).toEqual([34, 33, 33]);
    expect(even(60, 60)).toEqual([50, 50]);
    expect(even(0, 0, 0)).toEqual([34, 33, 33]);
    expect(even(1, 0)).toEqual([100, 0]);
    for (let n = 1; n <= 20; n++) expect(sumOf(evened(Array.from({ length: n }, (_, at) => line(`c${at}`, (at * 7 + n) % 13)))) === 100).toBe(true);
  });

  it("gives a new criterion an id the server takes, and never an old one", () => {
    const ids = Array.from({ length: 200 }, () => blank().id);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{3,39}$/);
  });
});

describe("what somebody else saved meanwhile", () => {
  it("is told change by change", () => {
    const theirs = sheet([line("answers", 50, { rules: ["curt", "greet-back"], critical: true }), line("new", 50)], 3);
    expect(differences(base, theirs).map((each) => each.what)).toEqual(["weight", "critical", "rules", "added", "removed", "perWeek"]);
    expect(differences(base, theirs)[2]).toMatchObject({ more: ["greet-back"], fewer: ["blame"] });
    expect(differences(base, structuredClone(base) as Sheet)).toEqual([]);
  });

  it("is put together with mine, and mine stays where both changed the same", () => {
    const mine = change("answers", { weight: 70, names: { en: "Answering" } });
    const theirs = { ...change("answers", { weight: 50, critical: true }, change("courtesy", { weight: 50 })), per_week: 5 };
    const both = merged(base, mine, theirs);
    expect(both.criteria.map(({ weight }) => weight)).toEqual([70, 50]);
    expect(both.criteria[0]).toMatchObject({ critical: true, names: { en: "Answering" } });
    expect(both.per_week).toBe(5);
  });

  it("loses nothing that was added here or there, and keeps gone what one of us took out", () => {
    const mine = sheet([...base.criteria.slice(1), line("mine", 60)]);
    const theirs = sheet([...base.criteria, line("theirs", 0)]);
    expect(merged(base, mine, theirs).criteria.map(({ id }) => id)).toEqual(["courtesy", "theirs", "mine"]);
    expect(merged(base, base, mine).criteria.map(({ id }) => id)).toEqual(["courtesy", "mine"]);
    // What they took out, and I was at work on, stays.
    expect(merged(base, change("answers", { weight: 10 }), mine).criteria.map(({ id }) => id)).toEqual(["courtesy", "mine", "answers"]);
  });

  it("stands in my order where I moved something, else in theirs", () => {
    const three = sheet([...base.criteria, line("speed", 0)]);
    const turned = (from: Sheet, ...ids: string[]) => ({ ...from, criteria: ids.map((id) => from.criteria.find((each) => each.id === id)!) });
    const order = ({ criteria }: Sheet) => criteria.map(({ id }) => id);
    const mine = turned(three, "speed", "answers", "courtesy");
    const theirs = sheet([...turned(three, "courtesy", "answers", "speed").criteria, line("theirs", 0)]);
    expect(differences(three, theirs).map((each) => each.what)).toEqual(["added", "order"]);
    expect(isSame(three, mine)).toBe(false);
    expect(order(merged(three, { ...three, per_week: 3 }, theirs))).toEqual(["courtesy", "answers", "speed", "theirs"]);
    expect(order(merged(three, mine, theirs))).toEqual(["speed", "theirs", "answers", "courtesy"]);
    expect(order(merged(three, { ...mine, criteria: [line("mine", 0), ...mine.criteria] }, three))).toEqual(["mine", "speed", "answers", "courtesy"]);
    // To add or to take out is not to move.
    expect(differences(three, sheet([line("new", 0), ...three.criteria.slice(1)])).map((each) => each.what)).toEqual(["added", "removed"]);
  });

  it("leaves each rule in one criterion, wherever we moved it", () => {
    const mine = { ...base, criteria: ruled(base.criteria, "courtesy", ["cold", "blame"]) };
    const theirs = { ...base, criteria: ruled([...base.criteria, line("new", 0, { rules: [] })], "new", ["blame", "cold"]) };
    const both = merged(base, mine, theirs).criteria;
    expect(Object.fromEntries(both.map(({ id, rules }) => [id, rules]))).toEqual({ answers: ["curt"], courtesy: ["blame"], new: ["cold"] });
  });
});
