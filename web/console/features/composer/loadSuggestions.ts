/** What `/` and `@` offer comes after the page: nobody needs it to read. */

import type { Conversation } from "@sonnim/protocol";
import type { Desk } from "../../app/desk/desk";
import type { hasSaid } from "./said";
import type { Suggestions } from "./Suggestions";

interface Arrived {
  view: typeof Suggestions;
  told: typeof hasSaid;
}

let arrived: Arrived | null = null;

export const suggestions = (): Arrived | null => arrived;

/** Offline, or replaced by a newer release: whoever asks next tries again. */
export async function loadSuggestions(): Promise<Arrived | null> {
  try {
    const [{ Suggestions: view }, { hasSaid: told }] = await Promise.all([import("./Suggestions"), import("./said")]);
    arrived = { view, told };
  } catch {
    return null;
  }
  return arrived;
}

/** An answer has left. Before the scripts came, none of them can have been in it. */
export function tellSaid(desk: Desk, conversation: Conversation, text: string): void {
  arrived?.told(desk, conversation, text);
}
