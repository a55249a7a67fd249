/** The actions of the screen: what is mounted registers them, the keyboard and the palette run them. */

import { useEffect, useRef, type ReactNode } from "react";
import { COMMANDS, type Command, type CommandLine } from "./commandTable";
import { tokenOf, writes, type Press } from "./keyboard";

export type { Command } from "./commandTable";

const LINES: readonly CommandLine[] = COMMANDS;
const LETTERS_KEY = "sonnim:letter-keys";
const NEXT_WITHIN = 1_500;

const handlers = new Map<string, Set<() => void>>();
/** Handlers that go before those that were mounted later. */
const firsts = new WeakSet<() => void>();
const sources = new Set<() => Offer[]>();

/** Something that the palette offers besides the fixed actions: a colleague, a tag, a view. */
export interface Offer {
  id: string;
  /** In the reader's language. */
  title: string;
  icon?: ReactNode;
  run: () => void;
}

function newest(id: string): (() => void) | undefined {
  const known = [...(handlers.get(id) ?? [])];
  return known.findLast((each) => firsts.has(each)) ?? known.at(-1);
}

/** Runs the newest handler of an action; answers whether there was one. */
export function run(command: Command): boolean {
  const handler = newest(command);
  handler?.();
  return handler !== undefined;
}

/** The actions that can be run on this screen now, in the order of the table. */
export function available(): Command[] {
  return COMMANDS.filter(({ id }) => newest(id)).map(({ id }) => id);
}

export function offers(): Offer[] {
  return [...sources].flatMap((source) => source());
}

// ---- keys without Ctrl can be switched off: who dictates, or leans on the keyboard, resolves nothing by accident

export function lettersOn(): boolean {
  try {
    return localStorage.getItem(LETTERS_KEY) !== "off";
  } catch {
    return true; // storage is blocked
  }
}

export function setLetters(on: boolean): void {
  try {
    if (on) localStorage.removeItem(LETTERS_KEY);
    else localStorage.setItem(LETTERS_KEY, "off");
  } catch {
    // Storage is blocked: the choice cannot be kept.
  }
}

const bare = (keys: string) => !/^(Mod|Alt)\+/.test(keys);
const always = new Set(["Esc"]);

function active({ keys, local }: CommandLine): boolean {
  return keys !== undefined && !local && (lettersOn() || !bare(keys) || always.has(keys));
}

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys as they are shown, a blank between them: "Ctrl K", "G W". */
export function shownKeys(keys: string): string {
  return keys.replace("Mod+", MAC ? "⌘ " : "Ctrl ").replace("Alt+", MAC ? "⌥ " : "Alt ").replaceAll("Shift+", "⇧ ");
}

/** The key of an action for tips and lists; empty when it has none. */
export function keyOf(command: Command): string {
  const line = LINES.find(({ id }) => id === command);
  return line?.keys && (line.local || active(line)) ? shownKeys(line.keys) : "";
}

// ---- the listener

let first: { token: string; at: number } | null = null;

/** Which action a key press means, given the one pressed just before it; "first" when more has to follow. */
export function meaning(event: Press, before = ""): Command | "first" | null {
  const token = tokenOf(event, MAC);
  if (!token) return null;
  const lines = LINES.filter((line) => active(line));
  const both = before && lines.find(({ keys }) => keys === `${before} ${token}`);
  const found = both || lines.find(({ keys }) => keys === token);
  if (found) return found.id as Command;
  return lines.some(({ id, keys }) => keys?.startsWith(`${token} `) && newest(id)) ? "first" : null;
}

/** Whether a dialog or a menu was open when the key went down; the key may have closed it before it comes to us. */
let covered = false;
const look = () => void (covered = document.querySelector('[role="dialog"],[role="menu"]') !== null);

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const before = first && event.timeStamp - first.at < NEXT_WITHIN ? first.token : "";
  first = null;
  if (writes(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) return;
  if (covered) return;
  const meant = meaning(event, before);
  if (meant === "first") {
    first = { token: tokenOf(event, MAC), at: event.timeStamp };
    event.preventDefault();
  } else if (meant && run(meant)) event.preventDefault();
}

/** Listens while the frame is on the screen. */
export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", look, true);
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", look, true);
      window.removeEventListener("keydown", press);
    };
  }, []);
}

// ---- registering

/** Makes an action possible while the component is mounted and `enabled`; the newest one wins, or one that is `first`. */
export function useCommand(command: Command, handler: () => void, enabled = true, first = false): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const own = handlers.get(command) ?? new Set();
    handlers.set(command, own);
    const call = () => latest.current();
    own.add(call);
    if (first) firsts.add(call);
    return () => void own.delete(call);
  }, [command, enabled, first]);
}

/** Adds what `source` answers to the palette, each time that it opens. */
export function useOffers(source: () => Offer[]): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    const ask = () => latest.current();
    sources.add(ask);
    return () => void sources.delete(ask);
  }, []);
}
