import { byId, type Agent, type Seat } from "@sonnim/protocol";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import TransferDialog from "../features/together/TransferDialog";
import { AssignMenu } from "../features/timeline/AssignMenu";
import { conversation, show, testDesk } from "./samples";

afterEach(cleanup);

const agent = (id: number, name: string, availability: Agent["availability"] = "online") =>
  ({ id, v: 1, name, availability, removed: false, role: "agent", color: "#0F766E", avatar_url: null, languages: [] }) as unknown as Agent;
const AGENTS = [agent(7, "Me"), agent(1, "Busy Bora"), agent(2, "Free Faye"), agent(3, "Lunch Lee", "away"), agent(4, "Gone Gil")];
const LUNCH = { id: 3, v: 1, absence: "away", reason: "lunch", note: "", since: "", skills: [], live: null, letters: null } as unknown as Seat;

function desk() {
  return testDesk((state) => ({
    ...state,
    agentPresence: { 1: "online", 2: "online", 3: "online" },
    tables: {
      ...state.tables,
      agents: byId(AGENTS),
      seats: byId([LUNCH]),
      counts: { "mine:1": { id: "mine:1", v: 1, n: 9 }, "mine:3": { id: "mine:3", v: 1, n: 2 } },
    },
  }));
}

const STANDS = ["Online · 0 open", "Online · 9 open", "Away · lunch · 2 open", "Offline · 0 open"];

describe("whom a conversation can go to", () => {
  it("is told in the menu with how they stand and what they have, the nearest first", async () => {
    show(desk(), <AssignMenu conversation={conversation(1)} compact={false} />);
    fireEvent.click(screen.getByTestId("assign"));
    const told = (await screen.findAllByTestId("assign-stands")).map((each) => each.textContent);
    expect(told).toEqual(["Online · 0 open", ...STANDS]);
    const names = screen.getAllByTestId(/^assign-to-/).map((each) => each.getAttribute("data-testid"));
    expect(names).toEqual(["assign-to-7", "assign-to-2", "assign-to-1", "assign-to-3", "assign-to-4"]);
  });

  it("is told when handing over, too", async () => {
    show(desk(), <TransferDialog conversation={conversation(1)} onClose={() => undefined} />);
    fireEvent.click(await screen.findByTestId("transfer-to"));
    const options = (await screen.findAllByRole("option", { hidden: true })).map((each) => each.textContent);
    expect(options).toEqual(["Free Faye", "Busy Bora", "Lunch Lee", "Gone Gil"].map((name, n) => `${name} · ${STANDS[n]}`));
  });
});
