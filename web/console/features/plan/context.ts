/** What the parts of the plan's page share. */

import type { Locale } from "@sonnim/protocol";
import { createContext, useContext, useMemo } from "react";
import { useDeskState } from "../../app/desk/context";
import type { Names } from "./telling";
import type { Document } from "./types";

export interface Writing {
  document: Document;
  /** The language that is being written. */
  language: Locale;
  setLanguage: (locale: Locale) => void;
  change: (change: (now: Document) => Document, step?: string) => void;
}

export const WritingContext = createContext<Writing | null>(null);

export function useWriting(): Writing {
  const writing = useContext(WritingContext);
  if (!writing) throw new Error("useWriting outside of the plan's editor");
  return writing;
}

/** How teams, agents and channels are called. */
export function useNames(): Names {
  const teams = useDeskState((state) => state.tables.teams);
  const agents = useDeskState((state) => state.tables.agents);
  const channels = useDeskState((state) => state.channels);
  return useMemo(() => ({ teams, agents, channels }), [teams, agents, channels]);
}
