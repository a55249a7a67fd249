/** How many decisions wait for me; the colour of waiting once one of them is late. */

import { Badge } from "@mantine/core";
import { useLocation } from "wouter";
import { useCommand } from "../../app/commands";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { mine } from "../together/deciding";

/** Whether the place is worth a line: for whoever holds a role that decides, and for whom somebody has asked. */
export function useDecides(): boolean {
  const [, go] = useLocation();
  const decides = useDeskState((state) => {
    const role = state.tables.agents[state.agentId]?.role ?? "agent";
    return role !== "agent" || mine(state).length > 0;
  });
  useCommand("go.decisions", () => go("/decisions"), decides);
  return decides;
}

export function DecisionCount() {
  const format = useFormat();
  const count = useDeskState((state) => mine(state).length);
  const late = useDeskState((state) => mine(state).some((question) => question.overdue));
  if (!count) return null;
  return (
    <Badge
      size="sm"
      variant={late ? "filled" : "light"}
      color={late ? "persimmon" : "gray"}
      style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}
      data-testid="count-decisions"
    >
      {format.number(count)}
    </Badge>
  );
}
