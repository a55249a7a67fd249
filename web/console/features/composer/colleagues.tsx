/** Colleagues whom a note can call, as options of the field. */

import { Group, Text } from "@mantine/core";
import type { Agent } from "@sonnim/protocol";
import { useMemo } from "react";
import { useDeskState } from "../../app/desk/context";
import { Face } from "../../ui/Face";
import type { Option } from "./Suggestions";

const MOST = 8;

export function useColleagues(query: string | null): Option[] | null {
  const agents = useDeskState((state) => state.tables.agents);
  const me = useDeskState((state) => state.agentId);
  return useMemo(() => {
    if (query === null) return null;
    const wanted = query.toLowerCase();
    const found = Object.values(agents).filter(
      (each) => !each.removed && each.id !== me && each.name.toLowerCase().includes(wanted),
    );
    found.sort((a, b) => rankOf(a, wanted) - rankOf(b, wanted) || a.name.localeCompare(b.name));
    return found.slice(0, MOST).map((agent) => ({
      id: String(agent.id),
      document: () => [
        {
          type: "paragraph",
          content: [{ type: "mention", agent_id: agent.id, name: agent.name }, { type: "text", text: " " }],
        },
      ],
      face: () => (
        <Group gap={8} wrap="nowrap">
          <Face name={agent.name} url={agent.avatar_url} color={agent.color} size={24} decorative />
          <Text fz="sm">{agent.name}</Text>
        </Group>
      ),
    }));
  }, [agents, me, query]);
}

const rankOf = (agent: Agent, wanted: string) => (agent.name.toLowerCase().startsWith(wanted) ? 0 : 1);
