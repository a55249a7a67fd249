import type { Envelope, Sender } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { joined, same, type Content } from "../features/composer/content";
import { dataOf } from "../features/composer/useSending";
import { addressesIn, bareSubject, faultOf, hasOthers, isAddress, NOBODY, recipientsOf, replyAll, wantedAt } from "../features/letters/addressing";
import { colorsOf, pageOf, paperOf } from "../features/letters/paper";

const OURS: Sender[] = [
  { id: 1, address: "help@ongi.example", name: "Ongi", is_default: true },
  { id: 2, address: "Wholesale@ongi.example", name: "", is_default: false },
];
const named = (address: string) => ({ name: "", address });

describe("who gets an answer", () => {
  const last: Envelope = {
    sender: { name: "Kim", address: "Kim@mail.example" },
    to: [named("help+c12.34.abc@ongi.example"), named("bada@mail.example")],
    cc: [named("wholesale@ongi.example"), named("bada@mail.example"), named("depot@store.example"), named("undisclosed")],
    source_id: 2,
  };

  it("goes to everybody but our own mailboxes, each once, the writer first", () => {
    expect(replyAll(last, OURS)).toEqual({ ...NOBODY, to: ["kim@mail.example"], cc: ["bada@mail.example", "depot@store.example"], source_id: 2 });
    expect(hasOthers(last, OURS)).toBe(true);
  });

  it("has nobody else to reach where only the writer and we are named", () => {
    expect(hasOthers({ sender: named("kim@mail.example"), to: [named("help@ongi.example")] }, OURS)).toBe(false);
  });

  it("goes on to those we wrote to, when the last mail was ours", () => {
    const ours = { sender: named("help@ongi.example"), to: [named("a@mail.example")], cc: [named("b@mail.example")] };
    expect(replyAll(ours, OURS)).toMatchObject({ to: ["a@mail.example"], cc: ["b@mail.example"] });
  });
});

describe("where a writer wants answers", () => {
  const last: Envelope = { sender: named("kim@mail.example"), reply_to: [named("Desk@works.example"), named("help+c1@ongi.example")], flags: [] };

  it("is offered, and is never the usual recipient of anybody's answer", () => {
    expect(wantedAt(last, OURS)).toEqual(["desk@works.example"]);
    expect(replyAll(last, OURS).to).toEqual(["kim@mail.example"]);
  });

  it.each(["spoofed", "unverified", "automatic"])("is not even offered of a mail that is %s", (flag) => {
    expect(wantedAt({ ...last, flags: [flag] }, OURS)).toEqual([]);
  });

  it("is nowhere where nothing is said of it", () => {
    expect(wantedAt({ sender: named("kim@mail.example") }, OURS)).toEqual([]);
  });
});

describe("addresses", () => {
  it("are found in what people paste", () => {
    expect(addressesIn('"Kim, Haneul" <a@x.kr>')).toContain("a@x.kr");
    expect(addressesIn("Kim <A@x.kr>; b@y.example,\n c@z.example")).toEqual(["a@x.kr", "b@y.example", "c@z.example"]);
    expect(addressesIn("a@x.kr b@y.example")).toEqual(["a@x.kr", "b@y.example"]);
  });

  it.each(["kim", "kim@", "kim@host", "a b@x.kr", "a@x.kr>", "a,b@x.kr", `${"a".repeat(65)}@x.kr`])("%s is none", (text) => {
    expect(isAddress(text)).toBe(false);
    expect(faultOf({ ...NOBODY, to: [text] })).toBe("recipients.wrong");
  });

  it("are at most fifty", () => {
    const many = Array.from({ length: 51 }, (_, n) => `a${n}@x.example`);
    expect(faultOf({ ...NOBODY, to: many })).toBe("recipients.tooMany");
    expect(faultOf({ ...NOBODY, to: many.slice(1) })).toBe("");
  });

  it("come back from a held message as they were chosen", () => {
    const chosen = { subject: "S", to: ["a@x.kr"], cc: [], bcc: ["b@x.kr"], source_id: 2 };
    const kept: Envelope = { subject: "S", to: [named("a@x.kr")], cc: [], bcc: [named("b@x.kr")], source_id: 2 };
    expect(recipientsOf(kept)).toEqual(chosen);
  });
});

it.each([
  ["Re: Fwd: 그릇", "그릇"],
  ["RE[2]: AW: bowl", "bowl"],
  ["회신: 전달: 그릇", "그릇"],
  ["回复：转发: 碗", "碗"],
  ["Regarding: bowl", "Regarding: bowl"],
])("the subject %s is about %s", (subject, bare) => expect(bareSubject(subject)).toBe(bare));

describe("a draft", () => {
  const written: Content = { text: "Hello", rich: null, attachments: [], kind: "message", envelope: { ...NOBODY, to: ["a@x.kr"] } };

  it("is another one when it goes to somebody else, whatever the order of the keys", () => {
    expect(same(written, { ...written, envelope: { source_id: null, bcc: [], cc: [], to: ["a@x.kr"], subject: "" } })).toBe(true);
    expect(same(written, { ...written, envelope: null })).toBe(false);
  });

  it("keeps its recipients when something comes back above it, and a note has none", () => {
    expect(joined({ ...written, envelope: null }, written).envelope).toEqual(written.envelope);
    expect(dataOf(written)).toEqual({ data: { envelope: written.envelope } });
    expect(dataOf({ ...written, kind: "note" })).toEqual({});
  });
});

describe("the paper of a mail", () => {
  const html = '<p>Hi</p><img src="picture:0" height="90"><img src="attachment:7"><td background="picture:1">x</td><table background="picture:1"></table>';

  it("names nothing that could be fetched until its pictures are here", () => {
    const paper = paperOf(html, {});
    expect(paper.html).not.toMatch(/picture:|attachment:|https?:/);
    expect(paper.attachments).toEqual([7]);
  });

  it("takes pictures only as what they are themselves", () => {
    const shown = paperOf(html, { "picture:0": "data:image/png;base64,AA==", "attachment:7": "data:image/gif;base64,BB==" }).html;
    expect(shown).toContain('src="data:image/png;base64,AA=="');
    expect(shown).toContain('src="data:image/gif;base64,BB=="');
    expect(paperOf('<img src="https://track.example/x.png">', {}).html).not.toContain("track.example");
  });

  it("is white in the dark where the mail has colours of its own, and forbids every request", () => {
    expect(colorsOf(true, true)).toEqual(colorsOf(false, false));
    expect(colorsOf(false, true)).not.toEqual(colorsOf(true, true));
    expect(pageOf("x", colorsOf(false, false))).toContain("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
  });
});
