import { plainOf, type Attachment, type RichDocument } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { EMPTY, fromPlain, isEmpty, joined, same, trimmed, type Content } from "../features/composer/content";
import { fromEditor, placeOf, toEditor, type Node } from "../features/composer/editor/convert";
import { triggerIn } from "../features/composer/editor/trigger";
import { fill, fillText, gapIn, type Values } from "../features/composer/fill";
import cases from "../../protocol/tests/rich.json";

const text = (words: string, look: object = {}) => ({ type: "text" as const, text: words, ...look });
const paragraph = (...content: object[]) => ({ type: "paragraph", content });
const said = (more: Partial<Content>): Content => ({ ...EMPTY, ...more });

describe("the editor's tree and our documents", () => {
  it.each(cases)("are the same after going there and back: $plain", ({ document, plain }) => {
    const back = fromEditor(toEditor(document as RichDocument));
    expect(back.text).toBe(plain);
    expect(back.rich).toEqual(document);
  });

  it("keep what is only characters as characters, a line for each paragraph", () => {
    const plain = "하나\n\n  둘 https://ongi.example";
    expect(fromEditor(toEditor(fromPlain(plain)))).toEqual({ text: plain, rich: null });
  });

  it("take an address that links to itself for the characters that it is", () => {
    const link = { type: "link", attrs: { href: "https://ongi.example" } };
    const alone: Node = { type: "doc", content: [paragraph({ type: "text", text: "https://ongi.example", marks: [link] })] };
    expect(fromEditor(alone).rich).toBeNull();
    const named: Node = { type: "doc", content: [paragraph({ type: "text", text: "here", marks: [link] })] };
    expect(fromEditor(named)).toMatchObject({ text: "here (https://ongi.example)" });
    expect(fromEditor(named).rich).not.toBeNull();
  });

  it("say with lines what our documents cannot say with blocks", () => {
    const quote: Node = { type: "blockquote", content: [paragraph(text("one")), paragraph(text("two"))] };
    expect(fromEditor({ type: "doc", content: [quote] }).text).toBe("> one\n> two");
  });

  it("let no line end into a run, whatever is pasted", () => {
    const pasted: Node = { type: "doc", content: [paragraph({ type: "text", text: "a\r\nb\u2028c\u0000d\te", marks: [{ type: "bold" }] })] };
    expect(fromEditor(pasted).text).toBe("a\nb\nc\nd\te");
  });

  it("keep no address that the server would refuse the message for", () => {
    const linked = (href: string) =>
      fromEditor({ type: "doc", content: [paragraph({ type: "text", text: "here", marks: [{ type: "link", attrs: { href } }] })] }).rich;
    expect(linked("https://ongi.example/a b.pdf")).toEqual([paragraph(text("here", { link: "https://ongi.example/a%20b.pdf" }))]);
    for (const bad of ["mailto:", "https://ongi.example/\u202efdp", `https://ongi.example/${"a".repeat(2_000)}`]) expect(linked(bad)).toBeNull();
  });

  it("know where in the editor an offset of the plain field is", () => {
    // Each line is a paragraph: one step in, and two from one to the next instead of the line end's one.
    expect([0, 1, 3, 4, 5].map((offset) => placeOf("ab\n\nc", offset))).toEqual([1, 2, 5, 7, 8]);
  });
});

describe("what is being written", () => {
  const bold: RichDocument = [{ type: "paragraph", content: [text("b", { bold: true })] }];

  it("goes without the empty lines around it, and keeps those within", () => {
    expect(trimmed(said({ text: " \n a\n\nb \n" })).text).toBe("a\n\nb");
    const rich = [...fromPlain("\n "), ...bold, ...fromPlain("\n"), ...bold, ...fromPlain("")];
    expect(trimmed(said({ rich, text: plainOf(rich) })).text).toBe("b\n\n\nb");
    const blank: RichDocument = [{ type: "paragraph", content: [text(" ", { bold: true })] }];
    expect(trimmed(said({ rich: blank, text: " " }))).toMatchObject({ text: "", rich: null });
  });

  it("comes back above what was written meanwhile, with its files", () => {
    const file = { id: 1, name: "a" } as Attachment;
    expect(joined(said({ text: "sent", attachments: [file] }), EMPTY)).toMatchObject({ text: "sent", attachments: [file] });
    expect(joined(said({ text: "sent" }), said({ text: "more" }))).toMatchObject({ text: "sent\nmore", rich: null });
    expect(joined(said({ text: "b", rich: bold }), said({ text: "more" }))).toMatchObject({
      text: "b\nmore",
      rich: [...bold, ...fromPlain("more")],
    });
  });

  it("is the same only with the same form, files and purpose", () => {
    expect(same(said({ text: "b" }), said({ text: "b" }))).toBe(true);
    expect(same(said({ text: "b" }), said({ text: "b", rich: bold }))).toBe(false);
    expect(same(said({ text: "b" }), said({ text: "b", kind: "note" }))).toBe(false);
    expect(same(said({ text: " " }), said({ kind: "note" }))).toBe(true);
    const link = "https://ongi.example";
    const typed: RichDocument = [{ type: "paragraph", content: [{ type: "text", text: "b", link, bold: true }] }];
    const kept: RichDocument = [{ content: [{ bold: true, link, text: "b", type: "text" }], type: "paragraph" }];
    expect(same(said({ text: "b", rich: typed }), said({ text: "b", rich: kept }))).toBe(true);
    expect(isEmpty(said({ text: "\n" }))).toBe(true);
  });
});

describe("a word that asks for something", () => {
  it("begins with its sign, at the beginning or after a blank", () => {
    expect(triggerIn("/", 1)).toEqual({ sign: "/", query: "", from: 0, to: 1 });
    expect(triggerIn("네 /환불", 10)).toEqual({ sign: "/", query: "환불", from: 7, to: 10 });
    expect(triggerIn("\ufffc @서", 5)).toEqual({ sign: "@", query: "서", from: 3, to: 5 });
  });

  it("is no address, no date and no fraction", () => {
    for (const before of ["a@b", "https://ongi", "10/20", "and/or", "/a b", "//", "@ b"]) expect(triggerIn(before, 9)).toBeNull();
  });
});

describe("variables", () => {
  const values: Values = {
    contact: { name: "한 지우", email: null, phone: null, attributes: { 등급: "골드", n: 3, list: [1] } },
    agent: "Nora",
    shop: "온기",
    conversation: 7,
  };

  it("are filled with what is known, else with their fallback", () => {
    expect(fillText("{{contact.name|손님}}님, {{ shop.name }}의 {{agent.name}}", values)).toBe("한 지우님, 온기의 Nora");
    expect(fillText("{{contact.email| your address }} #{{conversation.id}}", values)).toBe("your address #7");
    expect(fillText("{{contact.phone|}}!", values)).toBe("!");
    expect(fillText("{{contact.attributes.등급}} {{contact.attributes.n}}", values)).toBe("골드 3");
  });

  it("stay to be seen where there is neither", () => {
    expect(fillText("{{contact.email}}", values)).toBe("{{contact.email}}");
    expect(gapIn(fillText("Write to {{contact.email}}.", values))).toBe("{{contact.email}}");
    expect(gapIn("{{ x }} is how Vue says it")).toBeNull();
  });

  it("are looked into once, and reach nothing but what is named", () => {
    const evil = { ...values, contact: { ...values.contact!, name: "{{shop.name}} $& $1" } };
    expect(fillText("{{contact.name}}", evil)).toBe("{{shop.name}} $& $1");
    for (const name of ["contact.__proto__", "constructor", "contact.attributes.__proto__", "contact.attributes.toString", "contact.attributes.list"])
      expect(fillText(`{{${name}|none}}`, values)).toBe("none");
  });

  it("make no line and no more than a value", () => {
    const long = { ...values, contact: { ...values.contact!, name: `a\nb\u2028${"x".repeat(500)}` } };
    const filled = fillText("{{contact.name}}", long);
    expect(filled).toHaveLength(200);
    expect(filled).toMatch(/^a b x+$/);
  });

  it("are filled in every part of a document, and an empty part is left out", () => {
    const document: RichDocument = [
      { type: "bullets", items: [[text("{{contact.phone|}}", { bold: true }), text("{{agent.name}}")]] },
      { type: "code", text: "{{shop.name}}" },
      { type: "quote", content: [{ type: "break" }] },
    ];
    expect(fill(document, values)).toEqual([
      { type: "bullets", items: [[text("Nora")]] },
      { type: "code", text: "온기" },
      { type: "quote", content: [{ type: "break" }] },
    ]);
  });
});
