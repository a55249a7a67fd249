/** The scorecard in force and what one is making of it, kept while one looks elsewhere; and what others save meanwhile. */

import type { QualityMark, QualityScorecard } from "@sonnim/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ApiError } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { createStore, useStore } from "../../app/store";
import { useFollowing } from "../settings/resource";
import { isSame, merged, written, type Sheet } from "./scorecard";

const PATH = "/quality/scorecard";

interface Kept {
  /** What was read when the first change was made. */
  base: QualityScorecard;
  now: Sheet;
}

const drafts = createStore<Readonly<Record<string, Kept>>>({});

export interface Writing {
  /** What is saved, as far as this page knows. */
  saved: QualityScorecard;
  now: Sheet;
  dirty: boolean;
  /** Saved by somebody while something else was typed here, on top of `base`. */
  theirs: QualityScorecard | null;
  base: QualityScorecard;
  write: (now: Sheet) => void;
  /** Answers false where somebody was faster: then `theirs` says what. Throws what else stands in the way. */
  save: () => Promise<boolean>;
  takeIn: () => void;
  /** What was typed is gone; answers how to have it back. */
  drop: () => () => void;
}

export function useScorecard(): { writing: Writing | null; failed: boolean; reload: () => void } {
  const { base: shop } = useDesk();
  const me = useDeskState((state) => state.agentId);
  const place = `${shop}:${me}`;
  const kept = useStore(drafts, (all) => all[place]);
  const { saved, failed, reload, accept } = useSaved(shop);
  const keep = useCallback((next: Kept | null) => drafts.set((all) => Object.fromEntries([...Object.entries(all).filter(([each]) => each !== place), ...(next ? [[place, next] as const] : [])])), [place]);
  if (!saved) return { writing: null, failed, reload };

  const base = kept?.base ?? saved;
  const now = kept?.now ?? saved;
  const dirty = kept !== undefined && !isSame(now, base);
  const theirs = dirty && saved.version > base.version ? saved : null;
  const writing: Writing = {
    saved,
    now: dirty ? now : saved,
    dirty,
    theirs,
    base,
    write: (next) => keep({ base: dirty ? base : saved, now: next }),
    async save() {
      try {
        const answer = await api.put<QualityScorecard>(`${shop}${PATH}`, { version: base.version, ...written(now) });
        accept(answer);
        // What was typed while it was on its way is not in it yet.
        const latest = drafts.get()[place]?.now ?? now;
        keep(isSame(latest, now) ? null : { base: answer, now: latest });
        return true;
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 409)) throw error;
        accept(await api.get<QualityScorecard>(`${shop}${PATH}`));
        return false;
      }
    },
    takeIn: () => theirs && keep({ base: theirs, now: merged(base, now, theirs) }),
    drop() {
      const was = kept;
      keep(null);
      return () => was && keep(was);
    },
  };
  return { writing, failed, reload };
}

/** Read when it is looked at, and again when somebody has saved one; a version never goes back. */
function useSaved(shop: string) {
  const [saved, setSaved] = useState<QualityScorecard | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const wanted = useRef(true);
  const accept = useCallback((next: QualityScorecard) => setSaved((now) => (now && now.version > next.version ? now : next)), []);
  const reload = useCallback(() => setRound((now) => now + 1), []);
  useEffect(() => {
    wanted.current = true;
    api.get<QualityScorecard>(`${shop}${PATH}`).then(
      (answer) => {
        if (!wanted.current) return;
        accept(answer);
        setFailed(false);
      },
      () => wanted.current && setFailed(true),
    );
    return () => void (wanted.current = false);
  }, [accept, shop, round]);
  useFollowing(({ type, desk }) => {
    const marks = Object.values(desk?.put?.["quality"] ?? {}) as QualityMark[];
    // A scorecard is nobody's in particular.
    if (type === "quality.changed" && marks.some(({ agent_ids }) => !agent_ids.length)) reload();
  }, reload);
  return { saved, failed, reload, accept };
}
