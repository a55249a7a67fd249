import { describe, expect, it } from "vitest";
import {
  copiedToWorkdays,
  draftOf,
  inOrder,
  isComplete,
  isOvernight,
  newDraft,
  withInterval,
  said,
  withOwnWay,
  type Calendar,
} from "../features/settings/hours/calendar";
import { dayNames, momentIn } from "../features/settings/hours/when";

const HOUR = 3_600_000;
const FRIDAY = Date.UTC(2026, 8, 18, 5); // 14:00 in Seoul

describe("a week", () => {
  it("begins with workdays, and takes Monday over to them", () => {
    const { week } = newDraft("Desk", "Asia/Seoul");
    expect(week.mon).toEqual([["09:00", "18:00"]]);
    expect(week.sun).toEqual([]);
    week.mon = [["10:00", "12:00"], ["13:00", "19:00"]];
    const copied = copiedToWorkdays(week);
    expect(copied.fri).toEqual(week.mon);
    expect(copied.sat).toEqual([]);
    copied.fri[0]![0] = "11:00";
    expect(copied.mon[0]![0]).toBe("10:00");
  });

  it("gets one more interval after the last one, and never past midnight", () => {
    expect(withInterval([])).toEqual([["09:00", "18:00"]]);
    expect(withInterval([["09:00", "12:00"]]).at(-1)).toEqual(["13:00", "15:00"]);
    expect(withInterval([["09:00", "22:30"]]).at(-1)).toEqual(["23:00", "00:00"]);
  });

  it("tells what runs past midnight from what ends with the day", () => {
    expect(isOvernight(["22:00", "02:00"])).toBe(true);
    expect(isOvernight(["22:00", "00:00"])).toBe(false);
    expect(isOvernight(["09:00", "18:00"])).toBe(false);
  });
});

describe("a calendar", () => {
  const calendar = { name: "Desk", zone: "Asia/Seoul", week: { mon: [["00:00", "24:00"]] }, countries: [], days: [], is_standard: true };

  it("is read with all its days, and with times that a field can hold", () => {
    const draft = draftOf(calendar as unknown as Calendar);
    expect(draft.week.mon).toEqual([["00:00", "00:00"]]);
    expect(draft.week.tue).toEqual([]);
  });

  it("is complete once it has a name, and every time and date is typed", () => {
    const draft = newDraft("Desk", "UTC");
    expect(isComplete(draft)).toBe(true);
    expect(isComplete({ ...draft, name: " " })).toBe(false);
    expect(isComplete({ ...draft, week: { ...draft.week, sat: [["10:00", ""]] } })).toBe(false);
    expect(isComplete({ ...draft, days: [{ date: "", name: "", intervals: [] }] })).toBe(false);
  });

  it("keeps holidays that are worked among its days, in order", () => {
    const later = { date: "2026-12-24", name: "", intervals: [] };
    const worked = withOwnWay([later], "2026-09-25", true);
    expect(worked).toEqual([{ date: "2026-09-25", name: "", intervals: null }, later]);
    expect(withOwnWay(worked, "2026-09-25", false)).toEqual([later]);
    expect(inOrder([later, worked[0]!])).toEqual(worked);
  });

  it("are told of the weekends that a country works only where they are closed otherwise, and of one country", () => {
    const { week } = newDraft("Desk", "Asia/Shanghai");
    const off = { date: "2026-10-07", country: "CN", name: "国庆节", worked: false };
    const made = { date: "2026-10-10", country: "CN", name: "调休上班", worked: true };
    expect(said([off, made], week, true)).toEqual([off, made]);
    expect(said([off, made], week, false)).toEqual([off]);
    expect(said([off, made], { ...week, sat: [["09:00", "12:00"]] }, true)).toEqual([off]);
  });
});

describe("when it changes", () => {
  it("is a time today, a weekday within a week, and a date after that, on the clocks of its zone", () => {
    const at = (hours: number) => momentIn("en-GB", "Asia/Seoul", new Date(FRIDAY + hours * HOUR), FRIDAY);
    expect(at(4)).toBe("18:00");
    expect(at(67)).toMatch(/^Monday 0?9:00$/);
    expect(at(240)).toBe("28 September 14:00");
    expect(momentIn("ko-KR", "Asia/Seoul", new Date(FRIDAY + 67 * HOUR), FRIDAY)).toMatch(/^월요일 \S+ 9:00$/);
  });

  it("names the days from Monday", () => {
    expect(dayNames("zh-CN")[0]).toBe("星期一");
    expect(dayNames("ko-KR")[6]).toBe("일요일");
  });
});
