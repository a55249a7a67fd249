import { describe, expect, it } from "vitest";
import { holdOrder } from "../features/inbox/calm";
import { commandOf } from "../features/inbox/keys";

describe("an order under the pointer", () => {
  it("stays while rows change places", () => expect(holdOrder([1, 2, 3], [3, 1, 2])).toEqual([1, 2, 3]));

  it("takes new rows below", () => expect(holdOrder([1, 2], [9, 1, 2])).toEqual([1, 2, 9]));

  it("keeps the place of a row that left, for the next ones would move up", () => {
    expect(holdOrder([1, 2, 3], [1, 3])).toEqual([1, 2, 3]);
  });

  it("lets the last row go", () => expect(holdOrder([1, 2, 3], [1, 2])).toEqual([1, 2]));
});

describe("keys", () => {
  const press = (key: string, code: string, more = {}) =>
    commandOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...more });

  it("mean the same under a Korean input method", () => {
    expect(press("j", "KeyJ")).toBe("next");
    expect(press("ㅓ", "KeyJ")).toBe("next");
    expect(press("Process", "KeyR")).toBe("reply");
  });

  it("follow the letter, not its place, on another layout", () => expect(press("e", "KeyD")).toBe("resolve"));

  it("leave the browser's own shortcuts alone", () => expect(press("r", "KeyR", { ctrlKey: true })).toBeNull());

  it("know the slash and the question mark", () => {
    expect([press("/", "Slash"), press("?", "Slash"), press("x", "KeyX")]).toEqual(["filter", "keys", null]);
  });
});
