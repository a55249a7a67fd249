import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { targetOf } from "../features/inbox/bulk";
import { rangeOf, useSelection } from "../features/inbox/selection";
import { holdOrder } from "../features/inbox/calm";

describe("an order under the pointer", () => {
  it("stays while rows change places", () => expect(holdOrder([1, 2, 3], [3, 1, 2])).toEqual([1, 2, 3]));

  it("takes new rows below", () => expect(holdOrder([1, 2], [9, 1, 2])).toEqual([1, 2, 9]));

  it("keeps the place of a row that left, for the next ones would move up", () => {
    expect(holdOrder([1, 2, 3], [1, 3])).toEqual([1, 2, 3]);
  });

  it("lets the last row go", () => expect(holdOrder([1, 2, 3], [1, 2])).toEqual([1, 2]));
});

describe("a selection", () => {
  it("reaches from where it began to here, either way", () => {
    expect(rangeOf([5, 3, 9, 1], 3, 1)).toEqual([3, 9, 1]);
    expect(rangeOf([5, 3, 9, 1], 1, 3)).toEqual([3, 9, 1]);
    expect(rangeOf([5, 3, 9, 1], 77, 9)).toEqual([9]);
  });

  it("of the whole list becomes what is left when somebody narrows the list down", () => {
    const first = { order: [1, 2, 3], whole: true };
    const { result, rerender } = renderHook(({ order, whole }) => useSelection(order, whole), { initialProps: first });
    act(() => result.current.selectEvery());
    expect(targetOf(result.current, "mine")).toEqual({ every: { queue: "mine" } });
    rerender({ order: [2], whole: false });
    expect(targetOf(result.current, "mine")).toEqual({ ids: [2] });
  });
});
