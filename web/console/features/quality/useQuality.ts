/** Something of the quality score while it is looked at: read again when scores change, and shown as lists page by page. */

import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { useFollowing, useResource, type Resource } from "../settings/resource";
import { concerns } from "./scores";

/** Scores come by the dozen, when the past is scored anew: they are read once for all that comes within this. */
export const PAUSE = 2_000;
const PAGE = 20;
const MOST = 100;

export function useQuality<T>(path: string, agent?: number): Resource<T> {
  const found = useResource<T>(path);
  useChanges(agent, found.reload);
  return found;
}

/** Calls `again` when scores of this agent, or of anybody, have changed: not more often than every PAUSE. */
function useChanges(agent: number | undefined, again: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(again);
  useEffect(() => void (latest.current = again));
  useEffect(() => () => clearTimeout(timer.current), []);
  useFollowing((event) => {
    if (!concerns(event, agent) || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, PAUSE);
  }, again);
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** A list; what was read of it is read again as far as it was read, and belongs to its path alone. */
export function usePages<T>(path: string, agent?: number) {
  const words = useWords();
  const { base } = useDesk();
  const [found, setFound] = useState<(Page<T> & { path: string }) | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const shown = found?.path === path ? found : null;
  const many = useRef(0);
  useEffect(() => void (many.current = shown?.items.length ?? 0));

  const read = useCallback(
    async (before: string | null, limit: number, signal?: AbortSignal) => {
      const asked = `${base}${path}${path.includes("?") ? "&" : "?"}limit=${limit}`;
      return api.get<Page<T>>(before ? `${asked}&before=${encodeURIComponent(before)}` : asked, signal);
    },
    [base, path],
  );
  useEffect(() => {
    const away = new AbortController();
    const all = async () => {
      const items: T[] = [];
      let next: string | null = null;
      do {
        const page: Page<T> = await read(next, Math.min(MOST, Math.max(PAGE, many.current - items.length)), away.signal);
        items.push(...page.items);
        next = page.next;
      } while (next && items.length < many.current);
      if (away.signal.aborted) return;
      setFound({ path, items, next });
      setFailed(null);
    };
    all().catch(() => away.signal.aborted || setFailed(path));
    return () => away.abort();
  }, [path, read, round]);
  const reload = useCallback(() => setRound((now) => now + 1), []);
  useChanges(agent, reload);

  const more = async () => {
    if (!shown?.next || busy) return;
    setBusy(true);
    await attempt(words, async () => {
      const page = await read(shown.next, PAGE);
      // Where the list was read again meanwhile, this page may be in it.
      setFound((now) => (now === shown ? { path, items: [...now.items, ...page.items], next: page.next } : now));
    });
    setBusy(false);
  };
  return { items: shown?.items ?? null, next: shown?.next ?? null, failed: failed === path, reload, more: () => void more(), busy };
}
