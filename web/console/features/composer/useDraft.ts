/** A draft that is saved as one types, here and on the server, and follows what the same agent types elsewhere. */

import type { Attachment, Draft, Recipients } from "@sonnim/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { saveDraft } from "../../app/desk/actions";
import { useDesk, useDeskState } from "../../app/desk/context";
import type { Desk } from "../../app/desk/desk";
import { EMPTY, isEmpty, joined, same, type Content, type Kind } from "./content";
import { forgetHere, keepHere, keptHere } from "./keptHere";

const PAUSE = 600;

export type DraftState = "idle" | "saving" | "saved" | "unsaved";

export interface DraftHandle extends Content {
  state: DraftState;
  /** What stands there at this moment, drawn or not. */
  latest: () => Content;
  write: (said: Pick<Content, "text" | "rich">) => void;
  setKind: (kind: Kind) => void;
  /** To whom it goes; null is as usual. */
  address: (envelope: Recipients | null) => void;
  setAttachments: (change: (now: readonly Attachment[]) => readonly Attachment[]) => void;
  /** Empties it: the message is in the outbox now. */
  clear: () => void;
  /** Puts something back that was on its way, above what is there. */
  restore: (content: Content) => void;
}

export function contentOf(draft: Draft | undefined): Content {
  if (!draft) return EMPTY;
  const { text, data, attachments } = draft;
  return { text, rich: data.rich ?? null, attachments, kind: data.kind ?? "message", envelope: data.envelope ?? null };
}

/** Where it is kept here. Colleagues may share a browser, never a draft. */
export function placeOf(desk: Desk, conversation: number): string {
  return `${desk.base}:${desk.store.get().agentId}:${conversation}`;
}

export function useDraft(conversation: number): DraftHandle {
  const desk = useDesk();
  const place = placeOf(desk, conversation);
  const remote = useDeskState((state) => state.tables.drafts[conversation]);
  const live = useDeskState((state) => state.link === "live");
  // What this browser could not save is newer than what the server has.
  const [content, setContent] = useState<Content>(() => keptHere(place) ?? contentOf(remote));
  const [state, setState] = useState<DraftState>("idle");
  const now = useRef(content);
  // What the server has as far as this machine knows; a remote change is one that differs from it.
  const synced = useRef(contentOf(remote));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(false);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (saving.current) return;
    saving.current = true;
    try {
      while (!same(now.current, synced.current)) {
        const sent = now.current;
        setState("saving");
        await saveDraft(desk, conversation, sent);
        synced.current = sent;
        if (!same(now.current, sent)) await new Promise((done) => setTimeout(done, PAUSE));
      }
      forgetHere(place);
      setState("saved");
    } catch {
      // Kept here; the next key press or the next connection tries again.
      setState("unsaved");
    } finally {
      saving.current = false;
    }
  }, [desk, conversation, place]);

  const change = useCallback(
    (next: Content) => {
      now.current = next;
      setContent(next);
      setState("unsaved");
      keepHere(place, next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE);
    },
    [save, place],
  );

  useEffect(() => {
    const theirs = contentOf(remote);
    if (same(theirs, synced.current) || saving.current) return;
    // Somebody's keystrokes here are newer than what another machine has saved.
    const touched = !same(now.current, synced.current);
    synced.current = theirs;
    if (touched) return;
    now.current = theirs;
    setContent(theirs);
  }, [remote]);

  useEffect(() => {
    if (live && !same(now.current, synced.current)) void save();
  }, [live, save]);

  useEffect(() => () => void (timer.current && save()), [save]);

  return {
    ...content,
    state,
    latest: () => now.current,
    write: (said) => change({ ...now.current, ...said }),
    setKind: (kind) => (isEmpty(now.current) ? setContent((now.current = { ...now.current, kind })) : change({ ...now.current, kind })),
    address: (envelope) => change({ ...now.current, envelope }),
    setAttachments: (make) => change({ ...now.current, attachments: make(now.current.attachments) }),
    clear: () => {
      change(EMPTY);
      setState("idle");
      void save();
    },
    restore: (back) => change(joined(back, now.current)),
  };
}
