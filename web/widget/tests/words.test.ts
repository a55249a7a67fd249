import { describe, expect, it } from "vitest";
import { contrast, palette, parseColour } from "../app/colour";
import { pieces } from "../app/links";
import { catalogues, dayName, fileSize, pickLocale, wordsOf } from "../app/locale";

function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, each]) => leaves(each, `${path}/${key}`));
}

describe("the catalogues", () => {
  it("hold the same words with the same blanks in every language", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
    const shape = (locale: "ko" | "zh" | "en") =>
      Object.fromEntries(leaves(catalogues[locale]).map(([path, text]) => [path, blanks(text)]));
    expect(shape("ko")).toEqual(shape("en"));
    expect(shape("zh")).toEqual(shape("en"));
    for (const all of Object.values(catalogues)) for (const [path, text] of leaves(all)) expect(text, path).not.toBe("");
  });

  it("pick the first language that is known", () => {
    expect(pickLocale(null, "fr-FR", "zh-Hant", "en")).toBe("zh");
    expect(pickLocale("constructor", undefined)).toBe("en");
  });

  it("name today and yesterday", () => {
    const now = new Date(2026, 2, 1, 0, 10);
    expect(dayName(wordsOf("en"), new Date(2026, 1, 28, 23, 50), now)).toBe("Yesterday");
    expect(dayName(wordsOf("ko"), now, now)).toBe("오늘");
  });

  it("write sizes for people", () => {
    expect([1, 81_000, 20 * 1024 * 1024].map((size) => fileSize("en", size))).toEqual(["1 KB", "79 KB", "20 MB"]);
  });
});

describe("a shop's colour", () => {
  const rgb = (css: string) => css.match(/\d+/g)!.map(Number) as [number, number, number];

  it("can be read wherever it stands, whatever it is", () => {
    const colours = ["#0F766E", "#F2C94C", "#ffffff", "#000000", "#808080", "#00ff00", "#ff69b4", "not a colour"];
    for (const colour of colours) {
      const made = palette(colour);
      const get = (name: string) => rgb(made[name]!);
      expect(contrast(get("--accent"), get("--on-accent")), colour).toBeGreaterThanOrEqual(4.5);
      expect(contrast(get("--glaze"), get("--on-accent")), colour).toBeGreaterThanOrEqual(4.5);
      expect(contrast(get("--accent-ink"), [241, 239, 232]), colour).toBeGreaterThanOrEqual(4.5);
      expect(contrast(get("--accent-night"), [37, 46, 43]), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("falls back to celadon", () => {
    expect(parseColour("red; background: url(x)")).toEqual([15, 118, 110]);
  });
});

describe("links in text", () => {
  const hrefs = (text: string) => pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : piece.href));
  const joined = (text: string) => pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");

  it("are made of safe schemes only", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "JaVaScRiPt:x"]) {
      expect(hrefs(text)).toEqual([]);
    }
    expect(hrefs("see https://a.example/x?y=1#z, or tel:+8225550100")).toEqual([
      "https://a.example/x?y=1#z",
      "tel:+8225550100",
    ]);
  });

  it("leave the sentence's own marks outside", () => {
    expect(hrefs("(https://a.example/b). 자세히: www.ongi.example、以及 me@ongi.example。")).toEqual([
      "https://a.example/b",
      "https://www.ongi.example/",
      "mailto:me@ongi.example",
    ]);
  });

  it("lose no character of the text", () => {
    for (const text of ["", "plain", "a https://x.example b", "https://x.example", "<b>https://x.example</b> \u202e end"]) {
      expect(joined(text)).toBe(text);
    }
  });
});
