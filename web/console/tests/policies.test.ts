import type { EventFrame, Policy } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { BLANK, followed } from "../features/settings/promises/policy";

const policy = (id: number, v: number, position: number, name = `P${id}`): Policy => ({ ...BLANK, id, v, position, name }) as unknown as Policy;
const told = (desk: EventFrame["desk"]) => ({ desk }) as Pick<EventFrame, "desk">;
const names = (items: Policy[]) => items.map(({ name }) => name);

describe("promises that somebody else changes while they are looked at", () => {
  const items = [policy(1, 5, 0), policy(2, 6, 1)];

  it("take on their newest wording and place, and no older one", () => {
    const moved = told({ put: { policies: { 1: policy(1, 7, 1, "one"), 2: policy(2, 7, 0, "two") } } });
    expect(names(followed(items, moved))).toEqual(["two", "one"]);
    const old = told({ put: { policies: { 1: policy(1, 4, 9, "long ago") } } });
    expect(followed(items, old)).toBe(items);
  });

  it("are joined by new ones and left by those that are gone", () => {
    expect(names(followed(items, told({ put: { policies: { 3: policy(3, 8, 2) } } })))).toEqual(["P1", "P2", "P3"]);
    expect(names(followed(items, told({ drop: { policies: [1] } })))).toEqual(["P2"]);
  });

  it("stay the same list while something else happens", () => {
    expect(followed(items, told({ put: { teams: { 1: { id: 1, v: 9 } } } }))).toBe(items);
    expect(followed(items, told(undefined))).toBe(items);
  });
});
