/** A section of the plan to read: the hours of a channel are told by name. */

import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { SectionReader } from "../features/plan/SectionReader";
import type { Document } from "../features/plan/types";

const desk = { base: "/shops/1" };
vi.mock("../app/desk/context", () => ({ useDesk: () => desk }));
vi.mock("../app/format", () => ({ useFormat: () => ({ number: String }) }));
vi.mock("../features/plan/context", () => ({ useNames: () => ({ teams: {}, agents: {}, channels: [] }) }));
vi.mock("../app/i18n", async (original) => ({
  ...(await original<object>()),
  useWords: () => ({ locale: "ko", t: (key: string) => key }),
}));
vi.mock("../app/api", () => ({ api: { get: () => Promise.resolve({ items: [{ id: 5, name: "주말 창구" }] }) } }));

afterEach(cleanup);

it("names the hours of each channel, also those that are gone", async () => {
  const said = { ko: "", zh: "", en: "" };
  const row = (id: string, calendar_id: number | null) => ({ id, channel: id, calendar_id, promise: said, note: said });
  const document = { languages: ["ko"], channels: [row("a", null), row("b", 5), row("c", 6)] } as unknown as Document;
  render(
    <MantineProvider env="test">
      <SectionReader section="channels" document={document} />
    </MantineProvider>,
  );
  expect(await screen.findByText("주말 창구")).toBeTruthy();
  expect(screen.getByText("plan.standardHours")).toBeTruthy();
  expect(screen.getByText("plan.goneRow")).toBeTruthy();
});
