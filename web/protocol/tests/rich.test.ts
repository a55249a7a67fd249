import { describe, expect, it } from "vitest";
import { plainOf, richOf, safeLink, type RichDocument } from "../src/rich";
import cases from "./rich.json";

describe("rich text", () => {
  it.each(cases)("reads $plain", ({ plain, document }) => {
    expect(plainOf(document as RichDocument)).toBe(plain);
  });

  it("is shown only as far as it is understood", () => {
    const document = [{ type: "paragraph", content: [{ type: "text", text: "x" }] }];
    expect(richOf({ data: { rich: document } })).toEqual(document);
    expect(richOf({ data: { rich: [...document, { type: "film" }] } })).toBeNull();
    expect(richOf({ data: { rich: "<b>x</b>" } })).toBeNull();
    expect(richOf({ data: {} })).toBeNull();
    expect(richOf({})).toBeNull();
  });

  it("offers no click on what is no page, mail or telephone", () => {
    for (const address of ["https://a", "HTTP://a", "mailto:a@b", "tel:+1"]) expect(safeLink(address)).toBe(true);
    for (const address of ["javascript:x", " https://a", "data:x", "//a", "https:///"]) expect(safeLink(address)).toBe(false);
  });
});
