/** Drafts that have not reached the server yet, kept in this browser: a closed tab or a dead line loses nothing. */

import type { Content } from "./content";

const nameOf = (place: string) => `sonnim:draft:${place}`;

export function keptHere(place: string): Content | null {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(place)) ?? "null") as Content | null;
    return kept && typeof kept.text === "string" && Array.isArray(kept.attachments) ? kept : null;
  } catch {
    return null; // storage is blocked, or somebody else wrote there
  }
}

export function keepHere(place: string, content: Content): void {
  try {
    localStorage.setItem(nameOf(place), JSON.stringify(content));
  } catch {
    // Storage is blocked or full: the server's copy follows within a second.
  }
}

export function forgetHere(place: string): void {
  try {
    localStorage.removeItem(nameOf(place));
  } catch {
    // Storage is blocked: nothing was kept either.
  }
}
