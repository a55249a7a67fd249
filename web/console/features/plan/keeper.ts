/** Keeps the draft: on the screen at once, with the server a moment later, one request at a time, with a way back. */

import { ApiError } from "../../app/api";
import { createStore, type Store } from "../../app/store";
import type { Document, Draft, DraftState } from "./types";

export const PAUSE = 700;
export const AGAIN = 5_000;
const MOST_UNDONE = 60;

export type SaveState = "saved" | "waiting" | "saving" | "failed";

/** Who has saved meanwhile, and with which `v`. */
export interface Conflict {
  v: number;
  authorId: number | null;
}

export interface Kept {
  document: Document;
  state: DraftState;
  saving: SaveState;
  conflict: Conflict | null;
  past: readonly { document: Document; step: string }[];
}

export interface Line {
  read: () => Promise<Draft>;
  write: (v: number, document: Document) => Promise<DraftState>;
}

export interface Keeper {
  store: Store<Kept>;
  /** Changes with the same `step`, such as letters of one text, are undone together. */
  change: (change: (now: Document) => Document, step?: string) => void;
  undo: () => void;
  /** A draft that the server has made: of a template, a file or a version. It can be undone. */
  take: (draft: Draft) => void;
  /** Resolves when all that was written is kept, and answers its `v`. */
  settled: () => Promise<number>;
  /** After a conflict: what the other one wrote, or what I did. */
  showTheirs: () => Promise<void>;
  keepMine: () => void;
  /** What somebody else has written or published since, unless I am in the middle of it myself. */
  look: () => Promise<void>;
  reload: () => Promise<void>;
}

function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const told = error.fields as unknown as { v?: string; author_id?: string };
  return { v: Number(told.v), authorId: told.author_id ? Number(told.author_id) : null };
}

export function makeKeeper(draft: Draft, { read, write }: Line): Keeper {
  const fresh = ({ document, ...state }: Draft, past: Kept["past"] = []): Kept => ({ document, state, past, saving: "saved", conflict: null });
  const store = createStore<Kept>(fresh(draft));
  const set = (part: Partial<Kept>) => store.set((now) => ({ ...now, ...part }));
  let saved = draft.document;
  let v = draft.v;
  let busy: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: Draft, past: Kept["past"] = []) => {
    clearTimeout(timer);
    saved = next.document;
    v = next.v;
    store.set(() => fresh(next, past));
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };
  async function send(document: Document): Promise<void> {
    set({ saving: "saving" });
    try {
      const state = await write(v, document);
      saved = document;
      v = state.v;
      set({ state, saving: store.get().document === document ? "saved" : "waiting" });
    } catch (error) {
      const conflict = conflictOf(error);
      set({ saving: "failed", conflict });
      if (!conflict) later(AGAIN);
    }
  }
  async function save(): Promise<void> {
    clearTimeout(timer);
    if (busy) await busy;
    const { document, conflict } = store.get();
    if (conflict || document === saved) return;
    busy ??= send(document).finally(() => (busy = null));
    await busy;
  }
  const put = (document: Document, past: Kept["past"]) => {
    const { conflict } = store.get();
    set({ document, past, saving: conflict ? "failed" : "waiting" });
    if (!conflict) later(PAUSE);
  };
  return {
    store,
    change(make, step = "") {
      const { document: was, past } = store.get();
      const document = make(was);
      if (document === was) return;
      const joined = step !== "" && past.at(-1)?.step === step;
      put(document, joined ? past : [...past.slice(1 - MOST_UNDONE), { document: was, step }]);
    },
    undo() {
      const { past } = store.get();
      const last = past.at(-1);
      if (last) put(last.document, past.slice(0, -1));
    },
    take(next) {
      const { document, past } = store.get();
      show(next, [...past, { document, step: "" }]);
    },
    async settled() {
      await save();
      if (store.get().document !== saved) throw new ApiError(0, "network", "");
      return v;
    },
    showTheirs: async () => show(await read()),
    keepMine() {
      const { conflict } = store.get();
      if (!conflict) return;
      v = conflict.v;
      set({ conflict: null });
      void save();
    },
    async look() {
      const { document } = store.get();
      if (busy || document !== saved) return;
      const now = await read();
      const told = store.get();
      if (busy || told.document !== document) return;
      if (now.v > v) show(now);
      else if (now.v === v && now.in_force !== told.state.in_force) show({ ...now, document }, told.past);
    },
    reload: async () => show(await read()),
  };
}
