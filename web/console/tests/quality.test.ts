import { describe, expect, it } from "vitest";
import { concerns, cut, lines, scoresPath, type Line } from "../features/quality/scores";

const line = (start: number, end: number, more: Partial<Line> = {}): Line => ({ rule: "blame", severity: "serious", criterion: "respect", start, end, piece: "…", ...more });

describe("a reply with marks", () => {
  it("is cut where they begin and end, in letters and not in their halves", () => {
    expect(cut("😊 Read it. Bye", [line(2, 10)]).map(({ text, lines }) => [text, lines.length])).toEqual([
      ["😊 ", 0],
      ["Read it.", 1],
      [" Bye", 0],
    ]);
  });

  it("keeps every letter where marks overlap", () => {
    const pieces = cut("abcdef", [line(0, 4), line(2, 6)]);
    expect(pieces.map(({ text }) => text)).toEqual(["ab", "cd", "ef"]);
    expect(pieces.map(({ lines }) => lines.length)).toEqual([1, 2, 1]);
  });

  it("shows none whose wording is gone", () => {
    expect(cut("abc", [line(0, 3, { piece: null }), line(1, 9)]).every(({ lines }) => !lines.length)).toBe(true);
  });
});

describe("the line of weeks", () => {
  it("is interrupted where a week has no scores", () => {
    expect(lines([90, 80, null, 70]).map((dots) => dots.map(({ at }) => at))).toEqual([[0, 1], [3]]);
    expect(lines([null, null])).toEqual([]);
  });

  it("rises with the points", () => {
    const [dots] = lines([10, 90]);
    expect(dots![1]!.y).toBeLessThan(dots![0]!.y);
  });
});

describe("a change of scores", () => {
  const event = (agent_ids: number[]) => ({ type: "quality.changed", desk: { put: { quality: { 1: { id: 1, v: 5, agent_ids } } } } });

  it("concerns whom it names, and everybody where it names nobody", () => {
    expect(concerns(event([7]), 7)).toBe(true);
    expect(concerns(event([8]), 7)).toBe(false);
    expect(concerns(event([]), 7)).toBe(true);
    expect(concerns(event([8]))).toBe(true);
    expect(concerns({ type: "tag.changed" }, 7)).toBe(false);
  });
});

it("asks for the scores behind a number", () => {
  expect(scoresPath({ agent: 7, rule: "blame" })).toBe("/quality/scores?agent_id=7&rule=blame");
});
