/** Puts a suggestion into the editor: one step that can be undone, in the look of what stands there. */

import { Fragment, Slice, type Mark, type Node, type ResolvedPos, type Schema } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Change } from "./marks";
import { spanOf, unitAt, type Places } from "./positions";

/** Answers whether there was a place for it. */
export function replaceIn(view: EditorView, places: Places, { from, to, text }: Change): boolean {
  const span = spanOf(places, from, to);
  if (!span) return false;
  const { state } = view;
  const at = state.doc.resolve(span.from);
  const look = span.from < span.to ? at.marksAcross(state.doc.resolve(span.to)) : at.marks();
  const transaction = state.tr.replace(span.from, span.to, sliceOf(state.schema, text, at, look ?? []));
  view.dispatch(transaction.scrollIntoView());
  return true;
}

function sliceOf(schema: Schema, text: string, at: ResolvedPos, around: readonly Mark[]): Slice {
  // Other words lead nowhere.
  const marks = around.filter(({ type }) => type.name !== "link");
  const written = (words: string, look: readonly Mark[] = marks) => (words ? [schema.text(words, look)] : []);
  const lines = text.split("\n");
  const paragraph = schema.nodes["paragraph"]!;
  const hardBreak = schema.nodes["hardBreak"]!;
  if (at.parent.type.spec.code) return new Slice(Fragment.from(written(text, [])), 0, 0);
  if (lines.length === 1 || at.parent.type !== paragraph || at.depth !== 1) {
    const inline = lines.flatMap<Node>((line, n) => [...(n ? [hardBreak.create()] : []), ...written(line)]);
    return new Slice(Fragment.from(inline), 0, 0);
  }
  return new Slice(Fragment.from(lines.map((line) => paragraph.create(null, written(line)))), 1, 1);
}

/** Takes the cursor to a place of the text. */
export function goTo(view: EditorView, places: Places, unit: number): void {
  const place = spanOf(places, unit, unit)?.from;
  if (place === undefined) return;
  const selection = TextSelection.near(view.state.doc.resolve(place));
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  view.focus();
}

/** Where in the text the cursor is. */
export function cursorIn(view: EditorView, places: Places): number {
  return unitAt(places, view.state.selection.from);
}
