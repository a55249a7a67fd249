/** How I want to be told: read once the desk is up, kept on the server. */

import { api } from "../../app/api";
import { createStore } from "../../app/store";

export const KINDS = ["mention", "question", "due", "promise", "assigned", "message", "new", "followed"] as const;
export type Kind = (typeof KINDS)[number];

export interface Quiet {
  on: boolean;
  start: string;
  end: string;
  /** Monday is 0. */
  off_days: number[];
}

export interface Preferences {
  sound: boolean;
  desktop: boolean;
  preview: boolean;
  email: boolean;
  kinds: Record<Kind, boolean>;
  quiet: Quiet;
}

export type Changes = Partial<Omit<Preferences, "kinds" | "quiet">> & {
  kinds?: Partial<Record<Kind, boolean>>;
  quiet?: Partial<Quiet>;
};

/** Null until they are known: until then nothing rings. */
export const preferences = createStore<Preferences | null>(null);

export async function readPreferences(base: string): Promise<void> {
  const read = await api.get<Preferences>(`${base}/notifications/preferences`);
  preferences.set(() => read);
}

export async function changePreferences(base: string, changes: Changes): Promise<void> {
  const before = preferences.get();
  if (!before) return;
  preferences.set(() => ({
    ...before,
    ...changes,
    kinds: { ...before.kinds, ...changes.kinds },
    quiet: { ...before.quiet, ...changes.quiet },
  }));
  try {
    const kept = await api.patch<Preferences>(`${base}/notifications/preferences`, changes);
    preferences.set(() => kept);
  } catch (error) {
    preferences.set(() => before);
    throw error;
  }
}

const SWITCH: Record<string, Kind> = { answered: "question", overdue: "question", late: "promise", missed: "due" };

export function wants({ kinds }: Preferences, kind: string): boolean {
  return kinds[SWITCH[kind] ?? (kind as Kind)] ?? false;
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether a moment lies in the quiet hours, in the shop's time; the server decides the same for pushes. */
export function isQuiet(quiet: Quiet, at: number, zone: string): boolean {
  if (!quiet.on) return false;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  if (quiet.off_days.includes(DAYS.indexOf(parts["weekday"] ?? ""))) return true;
  const now = `${parts["hour"]}:${parts["minute"]}`;
  if (quiet.start < quiet.end) return quiet.start <= now && now < quiet.end;
  return now >= quiet.start || now < quiet.end;
}
