/** Key presses as names: "J", "Shift+X", "?", "Mod+K", "Esc". */

export type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const NAMES: Record<string, string> = {
  Escape: "Esc",
  " ": "Space",
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
};
const SIGNS: Record<string, string> = { Period: ".", Comma: ",", Slash: "/" };
const NO_NAME = new Set(["Process", "Unidentified", "Dead"]);

/** The name of a key press; under a Korean or Chinese input method the letter is read from the key's place. */
export function tokenOf(event: Press, mac: boolean): string {
  const modifier = mac ? event.metaKey : event.ctrlKey;
  if (mac ? event.ctrlKey : event.metaKey) return "";
  const name = nameOf(event);
  if (!name) return "";
  // A sign such as "?" already says that Shift was held.
  const shift = event.shiftKey && (name.length > 1 || /[A-Z0-9]/.test(name));
  return `${modifier ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${name}`;
}

function nameOf({ key, code, shiftKey, altKey }: Press): string {
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code);
  const letter = place?.[1] ?? place?.[2];
  const there = letter ?? SIGNS[code];
  if (altKey && there) return there; // on a Mac the key itself is then a sign such as "ø" or "≥"
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (/^[!-~]$/.test(key)) return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return letter ?? NAMES[key] ?? (NO_NAME.has(key) ? "" : key);
}

const BOXES = new Set(["checkbox", "radio", "button", "submit", "file"]);

/** Whether key presses there are text. */
export function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && BOXES.has(target.type)) return false;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
