/** A draft that is saved as one types, and follows what the same agent types on another machine. */

import type { Attachment, Draft } from "@sonnim/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { saveDraft } from "../../app/desk/actions";
import { useDesk, useDeskState } from "../../app/desk/context";

const PAUSE = 600;

export type DraftState = "idle" | "saving" | "saved" | "unsaved";

export interface DraftHandle {
  text: string;
  attachments: readonly Attachment[];
  state: DraftState;
  setText: (text: string) => void;
  setAttachments: (change: (now: readonly Attachment[]) => readonly Attachment[]) => void;
  /** Empties it: the message is in the outbox now. */
  clear: () => void;
}

interface Content {
  text: string;
  attachments: readonly Attachment[];
}

const EMPTY: Content = { text: "", attachments: [] };

function same(a: Content, b: Content): boolean {
  return a.text === b.text && a.attachments.map((x) => x.id).join() === b.attachments.map((x) => x.id).join();
}

function contentOf(draft: Draft | undefined): Content {
  return draft ? { text: draft.text, attachments: draft.attachments } : EMPTY;
}

export function useDraft(conversation: number): DraftHandle {
  const desk = useDesk();
  const remote = useDeskState((state) => state.tables.drafts[conversation]);
  const live = useDeskState((state) => state.link === "live");
  const [content, setContent] = useState<Content>(() => contentOf(remote));
  const [state, setState] = useState<DraftState>("idle");
  const now = useRef(content);
  // What the server has as far as this machine knows; a remote change is one that differs from it.
  const synced = useRef(content);
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
        await saveDraft(desk, conversation, sent.text, sent.attachments.map((each) => each.id));
        synced.current = sent;
        if (!same(now.current, sent)) await new Promise((done) => setTimeout(done, PAUSE));
      }
      setState("saved");
    } catch {
      // Kept on the screen; the next key press or the next connection tries again.
      setState("unsaved");
    } finally {
      saving.current = false;
    }
  }, [desk, conversation]);

  const change = useCallback(
    (next: Content) => {
      now.current = next;
      setContent(next);
      setState("unsaved");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE);
    },
    [save],
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
    text: content.text,
    attachments: content.attachments,
    state,
    setText: (text) => change({ ...now.current, text }),
    setAttachments: (make) => change({ ...now.current, attachments: make(now.current.attachments) }),
    clear: () => {
      change(EMPTY);
      setState("idle");
      void save();
    },
  };
}
