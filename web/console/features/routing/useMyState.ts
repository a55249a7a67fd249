/** My own state: shown at once, taken back if the server refuses it. */

import type { Availability, Seat } from "@sonnim/protocol";
import { api, serverNow } from "../../app/api";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { standingOf, type Reason, type Standing } from "./standing";

export type MyState = Availability | "offline";
export type Change = (state: MyState, reason?: Reason, note?: string) => void;

export function useMyState(): { availability: Availability; standing: Standing; change: Change } {
  const words = useWords();
  const desk = useDesk();
  const agentId = useDeskState((state) => state.agentId);
  const seat = useDeskState((state) => state.tables.seats[agentId]);
  const agent = useAgent(agentId);
  const availability = agent?.availability ?? "online";
  const standing = standingOf({ availability }, seat, "online");
  const change: Change = (to, reason = "", note = "") => {
    if (!agent) return;
    const before = { agents: { [agentId]: agent }, seats: seat ? { [agentId]: seat } : {} };
    const next: Seat = {
      ...(seat ?? { id: agentId, v: 0, skills: [], live: null, letters: null }),
      absence: to === "offline" ? "offline" : "away",
      reason,
      note,
      since: new Date(serverNow()).toISOString(),
    };
    const after = { agents: { [agentId]: { ...agent, availability: to === "online" ? ("online" as const) : ("away" as const) } }, seats: { [agentId]: next } };
    desk.store.set((state) => withChange(state, { put: after }));
    void attempt(words, () => api.put(`${desk.base}/agents/me/state`, { state: to, reason, note })).then((done) => {
      if (!done) desk.store.set((state) => withChange(state, { put: before }));
    });
  };
  return { availability, standing, change };
}
