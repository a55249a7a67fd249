import type { RichDocument } from "@sonnim/protocol";
import { Editor } from "@tiptap/core";
import { afterEach, describe, expect, it } from "vitest";
import { documentOf, fromPlain } from "../features/composer/content";
import { changed, changeFor, changeOf, moved, remarkAfter, remarkAt, remarksOf, worst, type Mark } from "../features/composer/coach/marks";
import { placesIn, spanOf, unitAt } from "../features/composer/coach/positions";
import { cursorIn, goTo, replaceIn } from "../features/composer/coach/replacing";
import { draw, segmentsOf, underlines } from "../features/composer/coach/underlines";
import { fromEditor, toEditor } from "../features/composer/editor/convert";
import { extensions } from "../features/composer/editor/extensions";
import cases from "../../protocol/tests/rich.json";

const editors: Editor[] = [];
afterEach(() => editors.splice(0).forEach((each) => each.destroy()));

const silent = { over: () => undefined, out: () => undefined, click: () => undefined, escape: () => false };

function editing(document: RichDocument): Editor {
  const editor = new Editor({ element: window.document.createElement("div"), extensions: extensions(), content: toEditor(document) });
  editor.registerPlugin(underlines(silent));
  editors.push(editor);
  return editor;
}

const text = (words: string, look: object = {}) => ({ type: "text" as const, text: words, ...look });
const saidIn = (editor: Editor) => fromEditor(editor.getJSON()).text;
/** What stands in the editor where a piece of the plain text is said to be. */
function shownOf(editor: Editor, piece: string): string {
  const places = placesIn(editor.state.doc);
  const start = places.text.indexOf(piece);
  const span = spanOf(places, start, start + piece.length);
  return span ? editor.state.doc.textBetween(span.from, span.to, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : `@${String(leaf.attrs["label"])}`)) : "nowhere";
}

const mark = (start: number, end: number, more: Partial<Mark> = {}): Mark => ({
  rule: "curt", severity: "warning", strict: false, start, end, message: "why", suggestion: null, ...more,
});

describe("where the words of a draft lie in the editor", () => {
  it.each(cases)("is known for the whole text: $plain", ({ document, plain }) => {
    expect(placesIn(editing(document as RichDocument).state.doc).text).toBe(plain);
  });

  const everything: RichDocument = [
    { type: "paragraph", content: [text("안녕 👩‍👧 "), text("굵게", { bold: true }), { type: "break" }, text("둘째 줄 😀 끝")] },
    { type: "paragraph", content: [] },
    { type: "bullets", items: [[text("first 😀"), { type: "break" }, text("under it")], [text("second")]] },
    { type: "numbers", items: [[text("eins")], [text("zwei "), { type: "mention", agent_id: 7, name: "윤서연" }, text(" drei")]] },
    { type: "quote", content: [text("zitiert"), { type: "break" }, text("weiter")] },
    { type: "paragraph", content: [text("see "), text("the ", { link: "https://ongi.example/a" }), text("page", { link: "https://ongi.example/a", bold: true }), text(" now")] },
    { type: "code", text: "a = 1\nb = 2" },
  ];

  it.each(["안녕", "👩‍👧", "굵게", "둘째 줄 😀 끝", "굵게\n둘째", "first 😀", "under it", "second", "eins", "@윤서연", "zwei @윤서연 drei", "zitiert", "weiter", "the page", " now", "b = 2"])(
    "is where it is seen: %s",
    (piece) => expect(shownOf(editing(everything), piece)).toBe(piece),
  );

  it("has no place for what only the plain text has", () => {
    const editor = editing(everything);
    expect(placesIn(editor.state.doc).text).toBe(saidIn(editor));
    for (const made of ["• ", "1. ", "> ", " (https://ongi.example/a)"]) expect(shownOf(editor, made)).toBe("nowhere");
    expect(shownOf(editor, "the page (https://ongi.example/a) now")).toBe("the page now");
  });

  it("and back again is the same unit", () => {
    const editor = editing(everything);
    const places = placesIn(editor.state.doc);
    places.spans.forEach((span, unit) => {
      if (span && places.spans[unit - 1]?.from !== span.from) expect(unitAt(places, span.from)).toBe(unit);
    });
  });
});

describe("the marks of a text", () => {
  it("count code points, and become units; one outside of the text is dropped", () => {
    const found = remarksOf("😀😀 ok 👍", [mark(3, 5), mark(6, 7), mark(6, 99)]);
    expect(found.map(({ piece }) => piece)).toEqual(["ok", "👍"]);
  });

  it("have names that tell the same words at another place apart", () => {
    const found = remarksOf("ok ok", [mark(0, 2), mark(3, 5)]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });

  it("follow the words while one writes, and go when one writes into them", () => {
    const [first, second] = remarksOf("ok. no.", [mark(0, 3), mark(4, 7)]);
    const pieces = (after: string) => moved([first!, second!], "ok. no.", after).map(({ start, end }) => after.slice(start, end));
    expect(pieces("Hello ok. no.")).toEqual(["ok.", "no."]);
    expect(pieces("ok. And no.")).toEqual(["ok.", "no."]);
    expect(pieces("ok. nope.")).toEqual(["ok."]);
    expect(pieces("")).toEqual([]);
  });

  it("give the smallest change that their suggestion asks for, and cut no character in two", () => {
    const [greet] = remarksOf("네", [mark(0, 1, { suggestion: "안녕하세요! 네" })]);
    expect(changeFor(greet!)).toEqual({ from: 0, to: 0, text: "안녕하세요! " });
    const change = changeOf("a😀b", "a😁b");
    expect(change).toEqual({ from: 1, to: 3, text: "😁" });
    expect(changed("a😀b", change)).toBe("a😁b");
  });

  it("tell the heaviest, the one at the cursor, and the next one round", () => {
    const all = remarksOf("one two six", [mark(0, 3, { severity: "note" }), mark(4, 7, { severity: "serious" }), mark(8, 11)]);
    expect(worst(all)).toBe("serious");
    expect(worst([])).toBeNull();
    expect(remarkAt(all, 5)).toBe(all[1]);
    expect(remarkAfter(all, 0)).toBe(all[1]);
    expect(remarkAfter(all, 8)).toBe(all[0]);
  });
});

describe("the lines under the marks", () => {
  const plain = "Hello 😀 there. ok";
  const lines = (editor: Editor) => [...editor.view.dom.querySelectorAll("[data-coach]")].map((line) => [line.textContent, line.getAttribute("data-coach")]);

  function drawn(marks: Mark[]) {
    const editor = editing(fromPlain(plain));
    const remarks = remarksOf(plain, marks);
    draw(editor.view, segmentsOf(remarks, placesIn(editor.state.doc)));
    return { editor, remarks };
  }

  it("stand under the words, the heavier one where two share them, and move neither text nor cursor", () => {
    const editor = editing(fromPlain(plain));
    editor.commands.setTextSelection(7);
    const before = { text: saidIn(editor), at: editor.state.selection.from };
    const remarks = remarksOf(plain, [mark(6, 14, { severity: "note" }), mark(8, 13, { severity: "serious" })]);
    draw(editor.view, segmentsOf(remarks, placesIn(editor.state.doc)));
    expect(lines(editor)).toEqual([["😀 ", "note"], ["there", "serious"], [".", "note"]]);
    expect({ text: saidIn(editor), at: editor.state.selection.from }).toEqual(before);
  });

  it("go along with what is written before them", () => {
    const { editor } = drawn([mark(15, 17)]);
    editor.commands.insertContentAt(1, "So: ");
    expect(lines(editor)).toEqual([["ok", "warning"]]);
  });

  it("are not drawn again when they stand there already", () => {
    const { editor, remarks } = drawn([mark(15, 17)]);
    let drawings = 0;
    editor.on("transaction", () => void drawings++);
    draw(editor.view, segmentsOf(remarks, placesIn(editor.state.doc)));
    expect(drawings).toBe(0);
    draw(editor.view, []);
    expect([drawings, lines(editor)]).toEqual([1, []]);
  });
});

describe("a suggestion that is taken", () => {
  const take = (editor: Editor, piece: string, suggestion: string) => {
    const places = placesIn(editor.state.doc);
    const start = places.text.indexOf(piece);
    return replaceIn(editor.view, places, { from: start, to: start + piece.length, text: suggestion });
  };

  it("keeps the look of the words it replaces, and can be undone", () => {
    const editor = editing([{ type: "paragraph", content: [text("well "), text("no", { bold: true }), text(".")] }]);
    expect(take(editor, "no", "yes")).toBe(true);
    expect(fromEditor(editor.getJSON()).rich).toEqual([{ type: "paragraph", content: [text("well "), text("yes", { bold: true }), text(".")] }]);
    editor.commands.undo();
    expect(saidIn(editor)).toBe("well no.");
  });

  it("makes paragraphs of its lines, and lines of an item", () => {
    const editor = editing(fromPlain("one. two. three."));
    take(editor, "one. two", "one.\n\ntwo");
    expect(saidIn(editor)).toBe("one.\n\ntwo. three.");
    const list = editing([{ type: "bullets", items: [[text("one. two.")]] }]);
    take(list, " two", "\ntwo");
    expect(saidIn(list)).toBe("• one.\n  two.");
  });

  it("goes where nothing stood", () => {
    const editor = editing(documentOf({ text: "네", rich: null }));
    replaceIn(editor.view, placesIn(editor.state.doc), { from: 1, to: 1, text: ", 맞아요." });
    expect(saidIn(editor)).toBe("네, 맞아요.");
  });

  it("is found again from the cursor", () => {
    const editor = editing(fromPlain("a\n😀 bc"));
    goTo(editor.view, placesIn(editor.state.doc), 5);
    expect(cursorIn(editor.view, placesIn(editor.state.doc))).toBe(5);
  });
});
