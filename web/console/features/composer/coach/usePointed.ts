/** Which underlined piece shows its card: the hand rests on it, or a key went there. */

import type { Editor } from "@tiptap/core";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { Remark } from "./marks";
import type { Place } from "./Pointed";
import { spanOf, type Places } from "./positions";
import { UNDERLINES, draw, segmentsOf, underlines } from "./underlines";
import { placesFor } from "./useCoach";

const REST = 350;
const GRACE = 250;
/** The input method writes its last letters a moment after it says that it is done. */
const COMPOSED = 60;

export interface Shown {
  ids: readonly string[];
  at: Place;
  /** Stays when the hand leaves. */
  pinned: boolean;
  asking: boolean;
}

/** Draws the lines under the remarks, and answers of which ones the card is to be shown. */
export function usePointed(editor: Editor | null, text: string, remarks: readonly Remark[]) {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = useCallback((pause: number, what: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(what, pause);
  }, []);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setShown(null);
  }, []);
  const stay = useCallback(() => clearTimeout(timer.current), []);
  const leave = useCallback(() => after(GRACE, () => setShown((now) => (now?.pinned ? now : null))), [after]);
  const escape = useEffectEvent(() => {
    if (shown) close();
    return shown !== null;
  });

  useEffect(() => {
    if (!editor) return undefined;
    const show = (ids: readonly string[], at: DOMRect, pinned: boolean) => setShown((now) => (now?.asking ? now : { ids, at: boxOf(at), pinned, asking: false }));
    const plugin = underlines({
      over: (ids, at) => after(REST, () => show(ids, at, false)),
      out: leave,
      click: (ids, at) => show(ids, at, true),
      escape: () => escape(),
    });
    editor.registerPlugin(plugin);
    return () => void (editor.isDestroyed || editor.unregisterPlugin(UNDERLINES));
  }, [editor, after, leave]);

  useEffect(() => {
    if (!editor) return undefined;
    const now = () => {
      const places = placesFor(editor, text);
      if (places) draw(editor.view, segmentsOf(remarks, places));
    };
    const { view } = editor;
    const ended = () => setTimeout(now, COMPOSED);
    // Letters that are being put together are not touched; and never from within a key press.
    const soon = setTimeout(() => (view.composing ? view.dom.addEventListener("compositionend", ended, { once: true }) : now()));
    return () => {
      clearTimeout(soon);
      view.dom.removeEventListener("compositionend", ended);
    };
  }, [editor, text, remarks]);

  // Whoever writes on has no use for the card.
  const [written, setWritten] = useState(text);
  if (written !== text) {
    setWritten(text);
    setShown(null);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const pin = useCallback(
    (places: Places, remark: Remark, asking: boolean) => {
      const span = spanOf(places, remark.start, remark.end);
      if (!editor || !span) return false;
      const at = editor.view.coordsAtPos(span.from);
      stay();
      setShown({ ids: [remark.id], at: { left: at.left, top: at.top, width: 1, height: at.bottom - at.top }, pinned: true, asking });
      return true;
    },
    [editor, stay],
  );
  const ask = useCallback(() => setShown((now) => now && { ...now, pinned: true }), []);
  return useMemo(() => ({ shown, pin, ask, stay, leave, close }), [shown, pin, ask, stay, leave, close]);
}

function boxOf({ left, top, width, height }: DOMRect): Place {
  return { left, top, width, height };
}
