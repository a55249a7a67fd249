/** What every line of a timeline needs to know, handed down once. */

import type { Entry, Locale } from "@sonnim/protocol";
import { createContext, useContext } from "react";

export interface Scene {
  conversation: number;
  contact: number;
  /** The shopper's language, in whose script the talk is set. */
  locale: Locale;
  /** Whether this channel tells what the shopper has read. */
  tells: boolean;
  /** Whether its messages have subjects and recipients. */
  letters: boolean;
  /** The line that a link or a search has led to. */
  marked: number | null;
  editing: number | null;
  /** Opens the menu of a line at the button that asks for it. */
  openMenu: (entry: Entry, button: HTMLElement) => void;
  openPicture: (id: number) => void;
  openTrace: (entry: Entry) => void;
  endEditing: () => void;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error("useScene outside of a timeline");
  return scene;
}
