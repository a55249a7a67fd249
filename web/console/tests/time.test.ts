import { describe, expect, it } from "vitest";
import { clockFace, momentOf, snoozeChoices, wallTime } from "../app/clock";
import { makeFormat } from "../app/format";

const SEOUL = "Asia/Seoul";
const iso = (at: number) => new Date(at).toISOString();

describe("the waiting clock", () => {
  it.each([
    [-5, "0:00"],
    [7_400, "0:07"],
    [754_000, "12:34"],
    [11_045_000, "3:04:05"],
  ])("shows %i ms as %s", (ms, text) => expect(clockFace(ms)).toBe(text));
});

describe("snoozing", () => {
  it("counts in the shop's zone, not in the agent's", () => {
    // Sunday 22 November, 12:04 in Seoul.
    const choices = snoozeChoices(SEOUL, Date.parse("2026-11-22T03:04:00Z"));
    expect(Object.fromEntries(choices.map(({ choice, at }) => [choice, iso(at)]))).toEqual({
      hour: "2026-11-22T04:04:00.000Z",
      tonight: "2026-11-22T11:00:00.000Z",
      tomorrow: "2026-11-23T00:00:00.000Z",
    });
  });

  it("offers Monday unless that is tomorrow, and no evening that is over", () => {
    // Monday 23 November, 19:30 in Seoul.
    const choices = snoozeChoices(SEOUL, Date.parse("2026-11-23T10:30:00Z"));
    expect(choices.map(({ choice }) => choice)).toEqual(["hour", "tomorrow", "monday"]);
    expect(iso(choices[2]!.at)).toBe("2026-11-30T00:00:00.000Z");
  });

  it("keeps nine o'clock across a clock change", () => {
    // The night to 1 November 2026 has an hour more in New York.
    const choices = snoozeChoices("America/New_York", Date.parse("2026-10-31T20:00:00Z"));
    expect(iso(choices.find(({ choice }) => choice === "tomorrow")!.at)).toBe("2026-11-01T14:00:00.000Z");
  });

  it("reads a wall clock back as the same moment", () => {
    const at = Date.parse("2026-03-29T12:34:00Z");
    for (const zone of ["Asia/Seoul", "Europe/Berlin", "America/St_Johns", "UTC"]) {
      expect(momentOf(zone, wallTime(zone, at))).toBe(at);
    }
  });
});

describe("formats", () => {
  it("tell a size in the reader's numbers", () => {
    const format = makeFormat("en-GB");
    expect([format.bytes(900), format.bytes(2048), format.bytes(20 * 1024 * 1024)]).toEqual(["900 B", "2 KB", "20 MB"]);
  });

  it("call yesterday yesterday", () => {
    const now = Date.parse("2026-11-22T12:00:00Z");
    expect(makeFormat("ko-KR").day("2026-11-21T12:00:00Z", now)).toBe("어제");
    expect(makeFormat("zh-CN").day("2026-11-22T11:00:00Z", now)).toBe("今天");
  });
});
