import { describe, expect, it } from "vitest";
import { changed, grouped, toggled, type Given, type RoleObject } from "../features/settings/matrix";

const FREE = ["contact.edit", "audit.read"];
const ROLES: RoleObject[] = [
  { role: "agent", permissions: ["contact.edit"], usual: [], changeable: FREE },
  { role: "lead", permissions: ["contact.edit"], usual: [], changeable: FREE },
  { role: "admin", permissions: FREE, usual: [], changeable: FREE },
  { role: "owner", permissions: FREE, usual: [], changeable: [] },
];
const NOW: Given = Object.fromEntries(ROLES.map((each) => [each.role, new Set(each.permissions)]));
const who = (given: Given, permission: string) => Object.keys(given).filter((role) => given[role]?.has(permission));

describe("the matrix of roles", () => {
  it("gives to higher roles what a lower one gets", () => {
    expect(who(toggled(NOW, ROLES, "agent", "audit.read", true), "audit.read")).toEqual(["agent", "lead", "admin", "owner"]);
    expect(who(toggled(NOW, ROLES, "lead", "audit.read", true), "audit.read")).toEqual(["lead", "admin", "owner"]);
  });

  it("takes from lower roles what a higher one loses, and nothing from owners", () => {
    expect(who(toggled(NOW, ROLES, "admin", "contact.edit", false), "contact.edit")).toEqual(["owner"]);
    expect(who(toggled(NOW, ROLES, "agent", "contact.edit", false), "contact.edit")).toEqual(["lead", "admin", "owner"]);
  });

  it("leaves alone what is not the shop's to change", () => {
    expect(toggled(NOW, ROLES, "agent", "owner.manage", true)).toEqual(NOW);
  });

  it("knows whether anything differs", () => {
    expect(changed(NOW, NOW)).toBe(false);
    const once = toggled(NOW, ROLES, "agent", "contact.edit", false);
    expect(changed(NOW, once)).toBe(true);
    expect(changed(NOW, toggled(once, ROLES, "agent", "contact.edit", true))).toBe(false);
  });

  it("stands in groups, in the order of the table", () => {
    expect(grouped(["a.x", "b.x", "a.y"])).toEqual([
      { area: "a", permissions: ["a.x", "a.y"] },
      { area: "b", permissions: ["b.x"] },
    ]);
  });
});
