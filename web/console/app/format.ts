/** Numbers, sizes and times in words of the reader's language. */

import { useWords } from "./i18n";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

export interface Format {
  /** "14:05" today, "Tue 14:05" this week, "3 Nov" before. */
  short: (iso: string, now: number) => string;
  time: (iso: string) => string;
  day: (iso: string, now: number) => string;
  full: (iso: string | number, timezone?: string) => string;
  /** "Mon 23 Nov, 09:00" on the clocks of that zone. */
  moment: (iso: string | number, timezone: string) => string;
  relative: (iso: string, now: number) => string;
  /** Date and time in few letters, for tables. */
  stamp: (iso: string | number) => string;
  bytes: (size: number) => string;
  number: (value: number) => string;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function makeFormat(tag: string): Format {
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const time = make({ hour: "numeric", minute: "2-digit" });
  const weekday = make({ weekday: "short", hour: "numeric", minute: "2-digit" });
  const date = make({ month: "short", day: "numeric" });
  const longDay = make({ weekday: "long", month: "long", day: "numeric" });
  const yearDay = make({ year: "numeric", month: "long", day: "numeric" });
  const full = make({ dateStyle: "full", timeStyle: "medium" });
  const stamp = make({ dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const number = new Intl.NumberFormat(tag);
  const one = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const days = (iso: string, now: number) =>
    Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(iso).setHours(0, 0, 0, 0)) / 86_400_000);
  return {
    short(iso, now) {
      const old = days(iso, now);
      return (old === 0 ? time : old > 0 && old < 7 ? weekday : date).format(new Date(iso));
    },
    time: (iso) => time.format(new Date(iso)),
    day(iso, now) {
      const old = days(iso, now);
      if (old === 0 || old === 1) return capital(relative.format(-old, "day"));
      return (old < 300 ? longDay : yearDay).format(new Date(iso));
    },
    full: (iso, timezone) =>
      timezone
        ? make({ dateStyle: "full", timeStyle: "short", timeZone: timezone }).format(new Date(iso))
        : full.format(new Date(iso)),
    moment: (iso, timeZone) =>
      make({ weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", timeZone }).format(new Date(iso)),
    stamp: (iso) => stamp.format(new Date(iso)),
    relative(iso, now) {
      const past = now - Date.parse(iso);
      for (const [unit, ms] of STEPS) if (Math.abs(past) >= ms) return relative.format(-Math.trunc(past / ms), unit);
      return relative.format(0, "second");
    },
    bytes(size) {
      if (size < 1024) return `${number.format(size)} B`;
      if (size < 1024 * 1024) return `${number.format(Math.round(size / 1024))} KB`;
      return `${one.format(size / 1024 / 1024)} MB`;
    },
    number: (value) => number.format(value),
  };
}

const made = new Map<string, Format>();

/** One for each language: to make one takes a millisecond, and every line of a list asks for it. */
export function useFormat(): Format {
  const { tag } = useWords();
  const found = made.get(tag) ?? makeFormat(tag);
  made.set(tag, found);
  return found;
}
