import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createChat } from "../app/chat";
import { openMemory } from "../app/memory";
import type { Parent, Said } from "../app/parent";
import { App } from "../app/ui/App";
import { config, desk } from "./desk";

const parent: Parent = { origin: "http://store", locale: "en", say: vi.fn() };
const page = { url: "http://store/", title: "", named: false, referrer: "" };
const said = (type: Said["type"]): Said => ({ type, locale: "en", page, identity: null, modal: false, restored: false });

async function open(): Promise<void> {
  const chat = createChat(config, openMemory("pk"), parent);
  render(<App chat={chat} />);
  chat.hear(said("init"));
  chat.hear(said("open"));
  await vi.advanceTimersByTimeAsync(50);
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  desk.reset();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("opening hours", () => {
  const day = [["09:00", "12:00"], ["13:00", "18:00"]];
  const hours = { zone: "Asia/Seoul", week: [day, day, day, day, [["22:00", "02:00"]], [], []] };
  const now = { ahead: 0, wait_s: null, typing_preview: false, mail: false, hours };

  it("stand in the greeting day by day, with when it opens again", async () => {
    const at = new Date(Date.now() + 3 * 86_400_000);
    at.setHours(9, 0, 0, 0);
    desk.now = { ...now, mode: "closed", changes_at: at.toISOString() };
    await open();
    const weekday = at.toLocaleDateString("en", { weekday: "long" });
    expect(screen.getByTestId("opening").textContent).toContain(weekday);
    expect(screen.getByTestId("opening").textContent).toContain("9:00");
    const rows = [...screen.getByTestId("hours").querySelectorAll("dl div")].map((row) => row.textContent);
    expect(rows).toEqual(["Mon – Thu09:00–12:00, 13:00–18:00", "Fri22:00–02:00", "Sat – SunClosed"]);
    expect(screen.getByTestId("hours").textContent).toContain("Asia/Seoul");
  });

  it("say until when somebody is there, and nothing where the shop has none", async () => {
    const at = new Date();
    at.setHours(23, 59, 0, 0);
    desk.now = { ...now, mode: "open", changes_at: at.toISOString() };
    await open();
    expect(screen.getByTestId("opening").textContent).toBe("We're here until 11:59 PM.");
    cleanup();
    desk.now = { ...now, mode: "auto", changes_at: null, hours: null };
    await open();
    expect(screen.queryByTestId("hours")).toBeNull();
    expect(screen.queryByTestId("opening")).toBeNull();
  });
});
