/** A search is an address; results are pieces of text; later pages add to earlier ones. */

import type { MessageHit } from "@sonnim/protocol";
import { describe, expect, it } from "vitest";
import { addressOf, pieces, questionOf, requestOf } from "../features/search/question";
import { joined, type Results } from "../features/search/useResults";

describe("a question", () => {
  it("is the same after it was an address", () => {
    for (const search of ["q=%EC%B0%BB%EC%9E%94", "q=a%26b&in=contacts", "q=x&sort=best&since=week&assignee=none", ""]) {
      const question = questionOf(search);
      expect(questionOf(addressOf(question).split("?")[1] ?? "")).toEqual(question);
    }
  });

  it("takes nothing from an address that it does not know", () => {
    expect(questionOf("q=x&in=secrets&sort=worst&since=ever")).toMatchObject({ among: "messages", sort: "newest", since: null });
  });

  it("asks the server for a moment, and contacts without filters", () => {
    const now = Date.parse("2026-11-22T00:00:00Z");
    expect(requestOf(questionOf("q=x&since=day"), now)).toContain("from=2026-11-21T00%3A00%3A00.000Z");
    expect(requestOf(questionOf("q=x&since=day&assignee=none&in=contacts"), now)).toBe("/search?q=x&in=contacts");
  });
});

describe("pieces", () => {
  it("are the whole text, in turns plain and found", () => {
    expect(pieces("😀 주문 취소!", [[3, 8]])).toEqual([
      { text: "😀 ", found: false },
      { text: "주문 취소", found: true },
      { text: "!", found: false },
    ]);
    expect(pieces("tea", [[0, 3]])).toEqual([{ text: "tea", found: true }]);
    expect(pieces("tea", [])).toEqual([{ text: "tea", found: false }]);
  });
});

describe("pages", () => {
  const page = (...ids: [number, number, number | null][]): Results => ({
    messages: ids.map(([id, conversation_id, count]) => ({ id, conversation_id, count }) as MessageHit),
    hits: [],
    next: null,
    upto: null,
  });

  it("name a conversation once, and every message", () => {
    expect(joined(page([9, 1, 2]), page([5, 1, 1], [4, 2, 1])).messages.map((each) => each.id)).toEqual([9, 4]);
    expect(joined(page([9, 1, null]), page([5, 1, null])).messages.map((each) => each.id)).toEqual([9, 5]);
  });
});
