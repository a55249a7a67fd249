/** Predictions read as figures that do not claim more than is known. */

import { expect, it } from "vitest";
import { chanceOf, range, shareOf, valueOf } from "../features/quality/predicted";

it("gives one decimal, with a real minus", () => {
  expect([-0.846, 1.25, 0, -0.04].map(valueOf)).toEqual(["−0.8", "1.3", "0.0", "0.0"]);
});

it("gives shares without decimals", () => {
  expect([0, 0.762, 1].map(shareOf)).toEqual(["0%", "76%", "100%"]);
});

it("is never certain of one conversation", () => {
  expect([0, 0.5, 0.999].map(chanceOf)).toEqual(["1%", "50%", "99%"]);
});

it("gives what was measured from the least to the most", () => {
  expect(range([0.63, 0.583])).toBe("0.58–0.63");
  expect(range([0.44])).toBe("0.44");
  expect(range([null, 0.5])).toBe("0.50");
  expect(range([null])).toBeNull();
  expect(range([])).toBeNull();
});
