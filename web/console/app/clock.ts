/** Time on the screen: a shared tick, durations, and moments in the shop's zone. */

import { useSyncExternalStore } from "react";
import { serverNow } from "./api";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(serverNow() / 1000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = Math.floor(serverNow() / 1000);
    for (const each of [...listeners]) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in milliseconds, renewed each `every` seconds. */
export function useNow(every = 1): number {
  return useSyncExternalStore(subscribe, () => Math.floor(second / every) * every * 1000);
}

/** "0:07", "12:34", "3:04:05" below a day. */
export function clockFace(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function offsetOf(timezone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second"));
  return local - Math.floor(at / 1000) * 1000;
}

export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export function wallTime(timezone: string, at: number): WallTime & { weekday: number } {
  const local = new Date(at + offsetOf(timezone, at));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    weekday: local.getUTCDay(),
  };
}

/** The moment at which clocks in that zone show this; days past the month's end run on. */
export function momentOf(timezone: string, { year, month, day, hour, minute }: WallTime): number {
  const local = Date.UTC(year, month - 1, day, hour, minute);
  // Twice, for the offset at the guess may lie on the other side of a clock change.
  const guess = local - offsetOf(timezone, local);
  return local - offsetOf(timezone, guess);
}

export type SnoozeChoice = "hour" | "tonight" | "tomorrow" | "monday";

/** What the snooze menu offers, in the shop's zone; "tonight" only while there is an evening left. */
export function snoozeChoices(timezone: string, now: number): { choice: SnoozeChoice; at: number }[] {
  const today = wallTime(timezone, now);
  const at = (days: number, hour: number) => momentOf(timezone, { ...today, day: today.day + days, hour, minute: 0 });
  const choices: { choice: SnoozeChoice; at: number }[] = [{ choice: "hour", at: now + 3_600_000 }];
  if (today.hour < 18) choices.push({ choice: "tonight", at: at(0, 20) });
  choices.push({ choice: "tomorrow", at: at(1, 9) });
  const toMonday = (8 - today.weekday) % 7 || 7;
  if (toMonday > 1) choices.push({ choice: "monday", at: at(toMonday, 9) });
  return choices;
}
