import { byId } from "@sonnim/protocol";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { BottomBar } from "../app/BottomBar";
import type { DeskState } from "../app/desk/state";
import type { Me } from "../app/types";
import { show, testDesk } from "./samples";

afterEach(cleanup);

const me = { user: { id: 1, email: "nora@ongi.example", name: "Nora", locale: "en", theme: "auto" }, shops: [] } as unknown as Me;
const nora = { id: 7, v: 1, name: "Nora", role: "lead", availability: "online", removed: false, color: "#0F766E", avatar_url: null };
const question = { id: 1, v: 1, conversation_id: 1, to_agent_id: 7, to_role: "", asked_by_id: 8, answered_at: null, withdrawn: false, handed_at: null, due_at: null, created_at: "2026-11-22T03:00:00Z" };
const promise = { id: 1, v: 1, conversation_id: 1, agent_id: 7, kept_at: null, dropped_at: null, due_at: "2026-11-22T03:00:00Z" };

function tabs(change = (state: DeskState) => state): string[] {
  show(testDesk(change), <BottomBar me={me} />);
  return screen.getAllByRole("link").map((each) => each.getAttribute("href") ?? "");
}

describe("the bar of a phone", () => {
  it("leads to the live board", () => {
    expect(tabs()).toContain("/board");
  });

  it("leaves it to the menu where there are other things to do", () => {
    const busy = tabs((state) => ({
      ...state,
      tables: { ...state.tables, agents: byId([nora]) as never, questions: byId([question]) as never, promises: byId([promise]) as never },
    }));
    expect(busy).toEqual(["/inbox/waiting", "/contacts", "/search", "/notifications", "/decisions", "/promises"]);
  });
});
