import { describe, expect, it } from "vitest";
import { browserLocale, makeWords } from "../app/i18n";
import en from "../locales/en.json";
import ko from "../locales/ko.json";
import zh from "../locales/zh.json";

const catalogues: Record<string, Record<string, string>> = { en, ko, zh };
// Korean and Chinese have one plural form; only English needs `.one`.
const needed = Object.keys(en).filter((key) => !key.endsWith(".one"));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

const sources = import.meta.glob<string>("../{app,features,ui}/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

describe("the catalogues", () => {
  it.each(["ko", "zh"])("%s has every key and no other", (locale) => {
    expect(Object.keys(catalogues[locale]!).sort()).toEqual(needed.sort());
  });

  it.each(["ko", "zh"])("%s fills the same places as English", (locale) => {
    for (const key of needed) expect([key, places(catalogues[locale]![key]!)]).toEqual([key, places(en[key as keyof typeof en])]);
  });

  it("address a Chinese reader in one way", () => {
    for (const text of Object.values(zh)) expect(text).not.toContain("你");
  });

  it("hold no key that nobody asks for", () => {
    const code = Object.values(sources).join("\n");
    expect(code).toContain('t("auth.signIn")');
    // A key is either written out, or put together from its first part.
    const written = new Set(Array.from(code.matchAll(/"(?=([^"\s]+)")/g), ([, key]) => key));
    const families = new Set(Array.from(code.matchAll(/`(\w+)\./g), ([, family]) => family));
    const unused = needed.filter((key) => {
      const stem = key.replace(/\.other$/, "");
      return !written.has(key) && !written.has(stem) && !families.has(stem.slice(0, stem.indexOf(".")));
    });
    expect(unused).toEqual([]);
  });
});

describe("words", () => {
  it("choose the plural of the language", () => {
    const english = makeWords("en", en);
    expect(english.t("wait.days", { count: 1 })).toBe("1 day");
    expect(english.t("wait.days", { count: 3 })).toBe("3 days");
    expect(makeWords("ko", ko).t("wait.days", { count: 1 })).toBe("1일");
  });

  it("fall back when a key is put together from what the server says", () => {
    const english = makeWords("en", en);
    expect(english.lookup("error.never_heard_of", "error.unknown")).toBe(en["error.unknown"]);
  });

  it("take the first language of the browser that there is", () => {
    expect(browserLocale(["fr-FR", "zh-Hant-TW", "en"])).toBe("zh");
    expect(browserLocale(["fr"])).toBe("en");
  });
});
