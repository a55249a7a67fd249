/** How far one may go: what the answer may hold without asking, and what is shown when nothing can be read. */

import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isWithin, type Offered } from "../features/ladder/ladder";

vi.mock("../app/desk/context", () => ({
  useDesk: () => desk,
  useConversation: () => ({ v: 1 }),
  useDeskState: () => false,
}));
vi.mock("../app/i18n", () => ({ useT: () => (key: string) => key }));
const readLadder = vi.fn();
vi.mock("../features/ladder/ladder", async (original) => ({ ...(await original<object>()), readLadder: () => readLadder() as unknown }));
const desk = {};

afterEach(cleanup);

type Limit = Offered["limits"][number];
const limit = (measure: Limit["measure"], value: string, left: string | null, currency = ""): Limit => ({ measure, value, left, currency });
const entry = (limits: Limit[], more: Partial<Offered> = {}) =>
  ({ id: "x", kind: "coupon", allowed: true, why: "allowed", step: "", limits, ...more }) as Offered;

describe("isWithin", () => {
  it("holds every limit of the role", () => {
    const both = entry([limit("percent", "5", "5"), limit("count", "1", "1")], { kind: "discount" });
    expect(isWithin(both, "5")).toBe(true);
    expect(isWithin(both, "5.1")).toBe(false);
    expect(isWithin(entry([limit("percent", "5", "5"), limit("count", "1", "0")]), "1")).toBe(false);
  });

  it("asks where only the order's worth would tell", () => {
    expect(isWithin(entry([limit("amount", "5000", null, "KRW")]), "1")).toBe(false);
    expect(isWithin(entry([limit("amount", "5000", "5000", "KRW"), limit("percent", "10", "10")]), "1")).toBe(false);
  });

  it("leaves owners and the unlimited free, and those alone who may not", () => {
    expect(isWithin(entry([limit("amount", "", null, "KRW")]), "999999")).toBe(true);
    expect(isWithin(entry([limit("any", "", null), limit("count", "1", "0")]), "9")).toBe(true);
    expect(isWithin(entry([limit("any", "", null)], { allowed: false }), "1")).toBe(false);
  });

  it("reckons in one currency and leaves the others out", () => {
    expect(isWithin(entry([limit("amount", "5000", "5000", "KRW"), limit("amount", "30", "30", "CNY")]), "4000")).toBe(true);
  });
});

describe("the panel", () => {
  it("says that nothing could be read, and tries again", async () => {
    readLadder.mockRejectedValueOnce(new Error("offline")).mockResolvedValueOnce({ version: 0 });
    const { default: LadderPanel } = await import("../features/ladder/LadderPanel");
    render(
      <MantineProvider env="test">
        <LadderPanel conversation={1} onSay={() => undefined} onClose={() => undefined} />
      </MantineProvider>,
    );
    (await screen.findByText("common.retry")).click();
    expect(await screen.findByText("ladder.noPlan")).toBeTruthy();
  });
});
