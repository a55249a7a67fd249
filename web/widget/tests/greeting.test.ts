import { describe, expect, it } from "vitest";
import { dayPart, greet, pageName } from "../app/greeting";
import type { GreetingFacts } from "../app/greeting";
import { catalogues } from "../app/locale";

const facts: GreetingFacts = {
  locale: "en",
  shop: "Ongi",
  now: new Date(2026, 10, 22, 9),
  page: null,
  name: null,
  own: [],
};
const locales = ["ko", "zh", "en"] as const;

describe("the greeting", () => {
  it("names the shop, the hour and the page in every language and variant", () => {
    for (const locale of locales) {
      for (let n = 0; n < 30; n++) {
        const said = greet({ ...facts, locale, page: "Moon jar" }, null);
        expect(said.hello).toContain("Ongi");
        expect(said.hello).toContain(catalogues[locale].greeting.hours.morning);
        expect(said.more).toContain("Moon jar");
        expect(said.hello + said.more).not.toMatch(/[{}]/);
      }
    }
  });

  it("calls a returning shopper by name", () => {
    for (const locale of locales) {
      for (let n = 0; n < 30; n++) expect(greet({ ...facts, locale, name: "Jiwoo" }, null).hello).toContain("Jiwoo");
    }
  });

  it("never says the same words twice running", () => {
    for (const locale of locales) {
      let last = greet({ ...facts, locale }, null);
      for (let n = 0; n < 200; n++) {
        const next = greet({ ...facts, locale }, last.variant);
        expect(next.hello).not.toBe(last.hello);
        expect(next.more).not.toBe(last.more);
        last = next;
      }
    }
  });

  it("puts a space between sentences except in Chinese", () => {
    const said = (locale: (typeof locales)[number]) => greet({ ...facts, locale, page: "Moon jar", own: ["Ask."] }, null).more;
    expect(said("en")).toMatch(/\S Ask\.$/);
    expect(said("zh")).toMatch(/\SAsk\.$/);
  });

  it("says the shop's own words as they are", () => {
    expect(greet({ ...facts, own: ["Sale until {Friday}!"] }, null).more).toBe("Sale until {Friday}!");
  });

  it("names the page before the shop's own words, and no more than names it", () => {
    const { more } = greet({ ...facts, page: "Moon jar", own: ["Ask away."] }, null);
    expect(more).toBe("You're looking at “Moon jar”. Ask away.");
  });

  it("says another of the shop's own words each time", () => {
    const own = ["Ask away.", "Write to us.", "We are here."];
    let last = greet({ ...facts, own }, null);
    for (let n = 0; n < 100; n++) {
      const next = greet({ ...facts, own }, last.variant);
      expect(own).toContain(next.more);
      expect(next.more).not.toBe(last.more);
      last = next;
    }
  });

  it("has the shop call by name whom it knows, and by its own word whom it does not", () => {
    const own = ["Ask away, {{contact.name|dear guest}}."];
    expect(greet({ ...facts, own }, null).more).toBe("Ask away, dear guest.");
    expect(greet({ ...facts, own, name: "$& Jiwoo" }, null).more).toBe("Ask away, $& Jiwoo.");
  });

  it("does not read braces in a page's title as places to fill", () => {
    expect(greet({ ...facts, page: "{shop}" }, null).more).toContain("{shop}");
  });

  it("recovers from a remembered variant that no longer exists", () => {
    for (const last of ["", "x", "9.9", "-1.-1", "1.5.2", "1.1.9.9"]) expect(greet(facts, last).hello).toContain("Ongi");
  });

  it("knows the part of the day by the shopper's clock", () => {
    const parts = [4, 5, 11, 12, 17, 18, 22, 23].map((hour) => dayPart(new Date(2026, 1, 1, hour)));
    expect(parts).toEqual(["night", "morning", "morning", "afternoon", "afternoon", "evening", "evening", "night"]);
  });
});

describe("the name of the page", () => {
  it("is what the store called it", () => {
    expect(pageName("  Moon   jar ", true, "Ongi")).toBe("Moon jar");
  });

  it("is the title without the shop", () => {
    expect(pageName("Moon jar — Ongi", false, "Ongi")).toBe("Moon jar");
    expect(pageName("Ongi | Moon jar", false, "ongi")).toBe("Moon jar");
  });

  it("is nothing when the title names no page of its own", () => {
    for (const title of ["", "Ongi", "Tableware for every day", "Ongi — Ongi"]) {
      expect(pageName(title, false, "Ongi")).toBeNull();
    }
    for (const title of ["", "Ongi · Tableware & tea", "온기"]) expect(pageName(title, true, "온기 Ongi")).toBeNull();
  });
});
