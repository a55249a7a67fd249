/** The glossary while it is looked at; saved whole, and read anew where somebody else was faster. */

import type { CoachGlossary } from "@sonnim/protocol";
import { useEffect, useRef } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import type { Words } from "../../../app/i18n";
import { errorText } from "../../../ui/toast";
import { useFollowing, useResource } from "../resource";
import { GlossaryTrouble, type Change } from "./glossary";

export function useGlossary() {
  const { base } = useDesk();
  const { data, failed, reload, set } = useResource<CoachGlossary>("/coach/glossary");
  const latest = useRef(data);
  useEffect(() => void (latest.current = data), [data]);
  useFollowing((event) => event.type === "coach.changed" && reload(), reload);
  /** Throws what stands in the way. */
  const save = async (change: Change) => {
    const now = latest.current;
    if (!now) return;
    try {
      const saved = await api.put<CoachGlossary>(`${base}/coach/glossary`, { v: now.v, terms: change(now.terms) });
      latest.current = saved;
      set(() => saved);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
      reload();
      throw new GlossaryTrouble("changed");
    }
  };
  return { terms: data?.terms ?? null, failed, reload, save };
}

const WORDS = { there: "coach.termThere", full: "coach.termsFull", changed: "coach.termsChanged" } as const;

export function explain(words: Words, error: unknown): string {
  return error instanceof GlossaryTrouble ? words.t(WORDS[error.why]) : errorText(words, error);
}
