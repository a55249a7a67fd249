/** The keyboard: one listener, named commands, handlers of whatever is on the screen. */

import { useEffect, useRef } from "react";

export type Command =
  | "next"
  | "previous"
  | "reply"
  | "note"
  | "resolve"
  | "snooze"
  | "assign"
  | "filter"
  | "keys"
  | "close";

export const KEYS: [Command, string][] = [
  ["next", "J"],
  ["previous", "K"],
  ["reply", "R"],
  ["note", "N"],
  ["resolve", "E"],
  ["snooze", "Z"],
  ["assign", "A"],
  ["filter", "/"],
  ["keys", "?"],
  ["close", "Esc"],
];

export function keyOf(command: Command): string {
  return KEYS.find(([each]) => each === command)?.[1] ?? "";
}

const BY_LETTER: Record<string, Command> = {
  j: "next",
  k: "previous",
  r: "reply",
  n: "note",
  e: "resolve",
  z: "snooze",
  a: "assign",
};

/** Which command a key press means; under a Korean or Chinese input method the letter is read from the key's place. */
export function commandOf(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey">): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "/") return "filter";
  if (event.key === "?") return "keys";
  if (event.key === "Escape") return "close";
  const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
  return BY_LETTER[letter.toLowerCase()] ?? null;
}

const handlers = new Map<Command, Set<() => void>>();

/** Runs the newest handler of a command; answers whether there was one. */
export function run(command: Command): boolean {
  const handler = [...(handlers.get(command) ?? [])].at(-1);
  handler?.();
  return handler !== undefined;
}

export const showKeys = (): void => void run("keys");

function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || writes(event.target)) return;
  // A dialog that this very key press has closed is gone from the page, but still around the key's target.
  const layer = '[role="dialog"],[role="menu"]';
  if (document.querySelector(layer) || (event.target instanceof Element && event.target.closest(layer))) return;
  const command = commandOf(event);
  if (command && run(command)) event.preventDefault();
}

export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

export function useCommand(command: Command, handler: () => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const own = handlers.get(command) ?? new Set();
    handlers.set(command, own);
    const call = () => latest.current();
    own.add(call);
    return () => void own.delete(call);
  }, [command]);
}
