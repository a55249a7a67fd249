/** The versions of a plan: where the changes cannot be read, nobody is told that there were none. */

import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { History } from "../features/plan/History";

const desk = { base: "/shops/1" };
const get = vi.fn<(path: string) => Promise<unknown>>();
vi.mock("../app/desk/context", () => ({ useDesk: () => desk, useAgent: () => ({ name: "정미경" }) }));
vi.mock("../app/format", () => ({ useFormat: () => ({ stamp: String }) }));
vi.mock("../app/i18n", async (original) => {
  const t = (key: string) => key;
  return { ...(await original<object>()), useT: () => t, useWords: () => ({ locale: "ko", t }) };
});
vi.mock("../app/api", () => ({ api: { get: (path: string) => get(path) } }));

afterEach(cleanup);

it("says that the changes could not be read, and reads them again", async () => {
  const version = { n: 1, at: "2026-11-22T00:00:00Z", author_id: 1, note: "", restored_from: null };
  let broken = true;
  get.mockImplementation((path) => {
    if (!path.includes("/differences")) return Promise.resolve({ items: [version], next: null });
    return broken ? Promise.reject(new Error("offline")) : Promise.resolve({ items: [{ section: "topics", row: "a", field: "", what: "added", text: "“배송” 추가" }] });
  });
  render(
    <MantineProvider env="test">
      <History inForce={1} onRestore={null} />
    </MantineProvider>,
  );
  const again = await screen.findByText("common.retry");
  broken = false;
  again.click();
  expect(await screen.findByText("“배송” 추가")).toBeTruthy();
});
