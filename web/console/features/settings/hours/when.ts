/** How it stands, in a sentence: open until when, or closed until when. */

import { serverNow } from "../../../app/api";
import { useWords } from "../../../app/i18n";
import type { Opening } from "./calendar";

const DAY = 86_400_000;

export function useStanding(): (now: Opening, zone: string) => string {
  const { t, tag } = useWords();
  return (now, zone) => {
    if (!now.changes_at) return t(now.is_open ? "hours.openAlways" : "hours.closedAlways");
    const when = momentIn(tag, zone, new Date(now.changes_at), serverNow());
    return t(now.is_open ? "hours.openUntil" : "hours.opensAt", { when });
  };
}

/** "18:00" today, "Monday 09:00" within a week, "28 September 09:00" after that; on the clocks of that zone. */
export function momentIn(tag: string, zone: string, at: Date, now: number): string {
  const date = (moment: Date | number) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(moment);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { ...options, timeZone: zone }).format(at);
  const time = format({ hour: "numeric", minute: "2-digit" });
  if (date(at) === date(now)) return time;
  // One format for both would put the weekday into brackets in Korean.
  return `${format(at.getTime() - now < 6 * DAY ? { weekday: "long" } : { month: "long", day: "numeric" })} ${time}`;
}

/** Monday is 0. */
export function dayNames(tag: string): string[] {
  const format = new Intl.DateTimeFormat(tag, { weekday: "long", timeZone: "UTC" });
  return [...Array(7).keys()].map((day) => format.format(Date.UTC(2024, 0, 1 + day)));
}

export function dateText(tag: string, date: string): string {
  return new Intl.DateTimeFormat(tag, { year: "numeric", month: "short", day: "numeric", weekday: "short", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
