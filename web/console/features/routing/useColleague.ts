/** How a colleague stands, in the words by which one decides to hand something to them. */

import type { Agent, Presence } from "@sonnim/protocol";
import { useMemo, useState } from "react";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { standingOf, stateText } from "./standing";

export interface Colleague {
  presence: Presence;
  /** Such as "Away · lunch · 3 open". */
  text: string;
  open: number;
}

function useColleague(): (agent: Pick<Agent, "id" | "availability">) => Colleague {
  const words = useWords();
  const me = useDeskState((state) => state.agentId);
  const seats = useDeskState((state) => state.tables.seats);
  const counts = useDeskState((state) => state.tables.counts);
  const lines = useDeskState((state) => state.agentPresence);
  return useMemo(
    () => (agent) => {
      const standing = standingOf(agent, seats[agent.id], agent.id === me ? "online" : (lines[agent.id] ?? "offline"));
      const open = counts[`mine:${agent.id}`]?.n ?? 0;
      return { presence: standing.presence, text: `${stateText(words, standing)} · ${words.t("assign.load", { open })}`, open };
    },
    [words, me, seats, counts, lines],
  );
}

/** The agents with how they stand, nearest first as it was when this came up: nothing jumps under the hand. */
export function useNearest(agents: readonly Agent[], first: number | null = null): { agent: Agent; stands: Colleague }[] {
  const colleague = useColleague();
  const all = agents.map((agent) => ({ agent, stands: colleague(agent) }));
  const [places] = useState(() => {
    const sorted = [...all].sort(
      (a, b) => Number(b.agent.id === first) - Number(a.agent.id === first) || nearer(a.stands, b.stands) || a.agent.name.localeCompare(b.agent.name),
    );
    return new Map(sorted.map(({ agent }, place) => [agent.id, place]));
  });
  const place = (agent: Agent) => places.get(agent.id) ?? places.size;
  return all.sort((a, b) => place(a.agent) - place(b.agent));
}

const ORDER: Record<Presence, number> = { online: 0, away: 1, offline: 2 };

/** Who is there comes first, and of those whoever has least. */
function nearer(one: Colleague, other: Colleague): number {
  return ORDER[one.presence] - ORDER[other.presence] || one.open - other.open;
}
