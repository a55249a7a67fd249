import type { CoachRule } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { added, edited, merged, MOST, read, removed, sought, type Term } from "../features/settings/coach/glossary";
import { changed, GROUPS, grouped, oftenDismissed, wantedOf } from "../features/settings/coach/rules";
import en from "../features/settings/coach/words/en.json";
import ko from "../features/settings/coach/words/ko.json";
import zh from "../features/settings/coach/words/zh.json";

const known = Object.values(GROUPS).flat();
const rule = (name: string, more: Partial<CoachRule> = {}): CoachRule => ({
  rule: name, severity: "warning", own_severity: "warning", on: true, strict: false, seen: 0, dismissed: 0, applied: 0, quiet_agents: [], ...more,
});
const names = (found: [string, CoachRule[]][]) => found.flatMap(([, rules]) => rules.map((each) => each.rule));

describe("the rules of the coach", () => {
  it.each(Object.entries({ ko, zh, en }))("have a name and a meaning each in %s", (_, words) => {
    expect(Object.keys(words).sort()).toEqual([...known].sort());
    const told = Object.values(words).map(({ name }) => name);
    expect(new Set(told).size).toBe(told.length);
  });

  it("are found by what they are called and mean, and stand in their groups", () => {
    const all = known.map((name) => rule(name));
    expect(names(grouped(all, ko, "all", ""))).toEqual(known);
    expect(names(grouped(all, ko, "all", "손님탓"))).toEqual(["blame"]);
    expect(names(grouped(all, en, "all", "PASSWORD"))).toEqual(["sensitive"]);
    expect(grouped(all, en, "off", "")).toEqual([]);
    expect(names(grouped([rule("brand-new")], en, "all", "new"))).toEqual(["brand-new"]);
  });

  it("are filtered by how the shop and its agents take them", () => {
    const all = [rule("curt", { on: false, strict: true }), rule("blame", { strict: true }), rule("cold", { seen: 9, dismissed: 3 }), rule("taboo", { quiet_agents: [4] })];
    expect(names(grouped(all, en, "off", ""))).toEqual(["curt"]);
    expect(names(grouped(all, en, "strict", ""))).toEqual(["blame"]);
    expect(names(grouped(all, en, "often", ""))).toEqual(["cold"]);
    expect(names(grouped(all, en, "quiet", ""))).toEqual(["taboo"]);
  });

  it("stand out when most who see them wave them away, and not before", () => {
    expect(oftenDismissed(rule("curt", { seen: 2, dismissed: 2 }))).toBe(false);
    expect(oftenDismissed(rule("curt", { seen: 10, dismissed: 4, applied: 5 }))).toBe(false);
    expect(oftenDismissed(rule("curt", { seen: 100, dismissed: 5 }))).toBe(false);
    expect(oftenDismissed(rule("curt", { seen: 10, dismissed: 4 }))).toBe(true);
    expect(oftenDismissed(rule("curt", { seen: 10, dismissed: 4, on: false }))).toBe(false);
  });

  it("keep no weight of the shop's own where it is the usual one", () => {
    const lighter = changed(rule("curt"), { severity: "note", on: true, strict: true });
    expect(wantedOf(lighter)).toEqual({ severity: "note", on: true, strict: true });
    expect(wantedOf(changed(lighter, { severity: null, on: false, strict: true }))).toEqual({ severity: null, on: false, strict: true });
  });
});

describe("the glossary", () => {
  const terms: Term[] = [{ term: "합포", plain: "함께 포장" }, { term: "OOS", plain: "sold out" }];

  it("takes a word once, and gives it back its place", () => {
    expect(() => added({ term: " oos ", plain: "gone" })(terms)).toThrow("there");
    expect(added({ term: " RMA ", plain: " return " })(terms).at(-1)).toEqual({ term: "RMA", plain: "return" });
    const without = removed(terms[0]!)(terms);
    expect(without).toEqual([terms[1]]);
    expect(added(terms[0]!, 0)(without)).toEqual(terms);
  });

  it("does not word anew what somebody else has just changed", () => {
    const to = { term: "OOS", plain: "not in stock" };
    expect(edited(terms[1]!, to)(terms)).toEqual([terms[0], to]);
    expect(() => edited({ term: "OOS", plain: "older" }, to)(terms)).toThrow("changed");
    expect(() => edited(terms[1]!, { term: "합포", plain: "x" })(terms)).toThrow("there");
  });

  it("reads pasted lines in the ways that people part them, and says which it cannot", () => {
    const text = "합포\t함께 포장\n爆仓 = 仓库繁忙\r\n\nFOC → free\nnothing here\nETA: when it comes\nhttp://a.example\n운송장： 송장 번호";
    expect(read(text)).toEqual({
      terms: [
        { term: "합포", plain: "함께 포장" },
        { term: "爆仓", plain: "仓库繁忙" },
        { term: "FOC", plain: "free" },
        { term: "ETA", plain: "when it comes" },
        { term: "운송장", plain: "송장 번호" },
      ],
      odd: [5, 7],
    });
    expect(read(`${"x".repeat(61)} = y`)).toEqual({ terms: [], odd: [1] });
  });

  it("joins many: the last word for one counts, and 500 are the most", () => {
    const more = [{ term: "oos", plain: "gone" }, { term: "RMA", plain: "a" }, { term: "rma", plain: "b" }];
    expect(merged(more)(terms)).toEqual([terms[0], { term: "oos", plain: "gone" }, { term: "rma", plain: "b" }]);
    const many = Array.from({ length: MOST }, (_, n) => ({ term: `t${n}`, plain: "p" }));
    expect(merged(many)([])).toHaveLength(MOST);
    expect(() => merged(many)(terms)).toThrow("full");
    expect(() => added({ term: "one more", plain: "p" })(many)).toThrow("full");
  });

  it("is searched in both columns", () => {
    expect(sought(terms, "SOLD")).toEqual([terms[1]]);
    expect(sought(terms, " ")).toEqual(terms);
  });
});
