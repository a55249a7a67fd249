import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256, solve } from "../page/puzzle";

const hex = (words: Uint32Array) => [...words].map((word) => word.toString(16).padStart(8, "0")).join("");

test.each(["", "abc", "a".repeat(55), "a".repeat(56), "b".repeat(64), "c".repeat(119), "d".repeat(300)])(
  "the hash of %j is the one that everybody else finds",
  (text) => {
    expect(hex(sha256(text))).toBe(createHash("sha256").update(text).digest("hex"));
  },
);

test("a solution begins with as many zeros as were asked for, in the eyes of the server", async () => {
  const found = await solve("WzEsMiwiYWIiXQ:1abc:def", 12);
  const digest = createHash("sha256").update(`WzEsMiwiYWIiXQ:1abc:def:${found}`).digest();
  expect(digest.readUInt32BE(0) >>> 20).toBe(0);
});
