/** Lines under the pieces that the coach marked: drawn over the text, which never moves for them. */

import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { worst, type Remark, type Severity } from "./marks";
import { spanOf, type Places } from "./positions";

export interface Segment {
  from: number;
  to: number;
  severity: Severity;
  /** The remarks that have this piece in common. */
  ids: readonly string[];
}

/** What the lines tell of the hand that moves over them. */
export interface Pointing {
  over: (ids: readonly string[], at: DOMRect) => void;
  out: () => void;
  click: (ids: readonly string[], at: DOMRect) => void;
  /** Escape; true when there was something to close. */
  escape: () => boolean;
}

const KEY = new PluginKey<DecorationSet>("coach");

// Never by colour alone: the heavier the remark, the livelier the line. Persimmon is for those who wait.
const LINES: Record<Severity, string> = {
  note: "underline dotted 2px var(--mantine-color-dimmed)",
  warning: "underline dashed 2px var(--sonnim-accent)",
  serious: "underline wavy 1.5px var(--mantine-color-error)",
};

/** The lines of the remarks, cut where they overlap; each piece has the line of its heaviest remark. */
export function segmentsOf(remarks: readonly Remark[], places: Places): Segment[] {
  const drawn = remarks.flatMap((remark) => {
    const span = spanOf(places, remark.start, remark.end);
    return span && span.from < span.to ? [{ remark, ...span }] : [];
  });
  const ends = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return ends.slice(1).flatMap((to, n) => {
    const from = ends[n]!;
    const here = drawn.filter((each) => each.from <= from && to <= each.to).map(({ remark }) => remark);
    const severity = worst(here);
    return severity ? [{ from, to, severity, ids: here.map(({ id }) => id) }] : [];
  });
}

export function underlines(pointing: Pointing): Plugin<DecorationSet> {
  const pointed = (view: EditorView, event: Event, tell: Pointing["over"]) => {
    const line = event.target instanceof Element ? event.target.closest("[data-coach]") : null;
    if (!line || !view.dom.contains(line)) return false;
    const at = view.posAtDOM(line, 0);
    const found = KEY.getState(view.state)?.find(at, at + 1).find(({ from, to }) => from <= at && at < to);
    if (found) tell((found.spec as Segment).ids, line.getBoundingClientRect());
    return found !== undefined;
  };
  return new Plugin<DecorationSet>({
    key: KEY,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, set) {
        const segments = transaction.getMeta(KEY) as Segment[] | undefined;
        if (!segments) return set.map(transaction.mapping, transaction.doc);
        return DecorationSet.create(transaction.doc, segments.map(decorationOf));
      },
    },
    props: {
      decorations: (state) => KEY.getState(state),
      handleDOMEvents: {
        mouseover(view, event) {
          if (!pointed(view, event, pointing.over)) pointing.out();
          return false;
        },
        mouseleave() {
          pointing.out();
          return false;
        },
        click(view, event) {
          pointed(view, event, pointing.click);
          return false;
        },
        keydown(_view, event) {
          if (event.key !== "Escape" || event.isComposing || !pointing.escape()) return false;
          event.preventDefault();
          event.stopPropagation();
          return true;
        },
      },
    },
  });
}

function decorationOf(segment: Segment): Decoration {
  const { from, to, severity } = segment;
  const look = `text-decoration: ${LINES[severity]}; text-underline-offset: 4px; text-decoration-skip-ink: none; cursor: pointer;`;
  return Decoration.inline(from, to, { style: look, "data-coach": severity }, segment);
}

/** Draws these lines and no others; nothing happens when they stand there already. */
export function draw(view: EditorView, segments: readonly Segment[]): void {
  if (saidOf(linesIn(view.state)) === saidOf(segments)) return;
  view.dispatch(view.state.tr.setMeta(KEY, segments));
}

function linesIn(state: EditorState): Segment[] {
  const drawn = KEY.getState(state)?.find() ?? [];
  return drawn.map(({ from, to, spec }) => ({ ...(spec as Segment), from, to })).sort((a, b) => a.from - b.from);
}

function saidOf(segments: readonly Segment[]): string {
  return JSON.stringify(segments.map(({ from, to, severity, ids }) => [from, to, severity, ids]));
}

export const UNDERLINES = KEY;
