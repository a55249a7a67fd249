/** A calendar as the editor holds it, and what may be done to its days. Pure. */

import type { HoursCalendar, HoursHoliday, HoursOpening } from "@sonnim/protocol";

export type Calendar = HoursCalendar;
export type Opening = HoursOpening;
export type Holiday = HoursHoliday;
/** Start and end, `["09:00", "18:00"]`; an end that is not after its start is on the next day. */
export type Interval = [string, string];
export type Week = Record<DayName, Interval[]>;
/** What is focused by keyboard must not come to lie below the bar with the button. */
export const CLEAR_OF_BAR = { input: { scrollMarginBottom: 96 } };
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type DayName = (typeof DAYS)[number];
const WORKDAYS: readonly DayName[] = ["tue", "wed", "thu", "fri"];
/** Most shops have fewer; the server takes twelve. */
export const MOST_INTERVALS = 6;

/** What is said of one date: other intervals, none (closed), or with null as on any other week. */
export interface SpecialDay {
  date: string;
  name: string;
  intervals: Interval[] | null;
}

/** What is saved as a whole. */
export interface Draft {
  name: string;
  zone: string;
  week: Week;
  countries: string[];
  days: SpecialDay[];
  is_standard: boolean;
}

export function draftOf(calendar: Calendar): Draft {
  const week = Object.fromEntries(DAYS.map((day) => [day, typed(calendar.week[day] ?? [])])) as Week;
  const days = calendar.days.map(({ date, name, intervals }) => ({ date, name, intervals: intervals && typed(intervals) }));
  const { name, zone, countries, is_standard } = calendar;
  return { name, zone, week, countries, days, is_standard };
}

export function newDraft(name: string, zone: string): Draft {
  const week = Object.fromEntries(DAYS.map((day) => [day, WORKDAYS.includes(day) || day === "mon" ? [["09:00", "18:00"]] : []]));
  return { name, zone, week: week as Week, countries: [], days: [], is_standard: false };
}

export function sameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** One more interval of a day: after the last one, as far as there is room. */
export function withInterval(intervals: Interval[]): Interval[] {
  const last = intervals.at(-1);
  if (!last) return [["09:00", "18:00"]];
  const start = Math.min(minutes(last[1]) + 60, 23 * 60);
  return [...intervals, [written(start), written(Math.min(start + 120, 24 * 60))]];
}

export function copiedToWorkdays(week: Week): Week {
  return { ...week, ...Object.fromEntries(WORKDAYS.map((day) => [day, week.mon.map((each) => [...each])])) };
}

/** Whether it runs past midnight; one that ends at midnight itself does not. */
export function isOvernight([start, end]: Interval): boolean {
  return end !== "00:00" && minutes(end) <= minutes(start);
}

/** Times as they are typed; an end of 00:00 is the end of the day. */
export function isComplete(draft: Draft): boolean {
  const all = [...Object.values(draft.week), ...draft.days.map((day) => day.intervals ?? [])];
  return !!draft.name.trim() && all.every((day) => day.every(([start, end]) => !!start && !!end)) && draft.days.every((day) => day.date);
}

/** What is to be said of a country's days: its holidays, and the days that it works on weekends on which nobody is there
 * otherwise. Of several countries nobody knows by whose weekends a shop lives.
 */
export function said(holidays: Holiday[], week: Week, alone: boolean): Holiday[] {
  return holidays.filter(({ date, worked }) => !worked || (alone && !week[dayOf(date)].length));
}

function dayOf(date: string): DayName {
  return DAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "mon";
}

/** A date is as in any other week, or is what the country's list says again: a holiday that is worked, a weekend that is none. */
export function withOwnWay(days: SpecialDay[], date: string, own: boolean): SpecialDay[] {
  const others = days.filter((day) => day.date !== date);
  return own ? inOrder([...others, { date, name: "", intervals: null }]) : others;
}

export function inOrder(days: SpecialDay[]): SpecialDay[] {
  return [...days].sort((a, b) => a.date.localeCompare(b.date));
}

/** A field for times has no 24:00, and needs none: 00:00 as an end is the same. */
function typed(intervals: string[][]): Interval[] {
  return intervals.map(([start, end]) => [start ?? "", end === "24:00" ? "00:00" : (end ?? "")]);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

function written(at: number): string {
  return `${String(Math.floor(at / 60) % 24).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}
