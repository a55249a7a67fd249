/** The people of the assignment's menu: how each stands and how much they have; who is there comes first. */

import { Menu, Text } from "@mantine/core";
import type { Agent } from "@sonnim/protocol";
import { IconCheck } from "@tabler/icons-react";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { useNearest } from "../routing/useColleague";

export function AssignPeople({ holder, onGive }: { holder: number | null; onGive: (agent: Agent) => void }) {
  const t = useT();
  const me = useDeskState((state) => state.agentId);
  const agents = useDeskState((state) => state.tables.agents);
  const people = useNearest(Object.values(agents).filter((agent) => !agent.removed), me);
  return people.map(({ agent, stands }) => (
    <Menu.Item
      key={agent.id}
      leftSection={<Face name={agent.name} url={agent.avatar_url} color={agent.color} presence={stands.presence} size={26} decorative />}
      rightSection={agent.id === holder ? <IconCheck size={15} aria-label={t("assign.current")} /> : undefined}
      onClick={() => onGive(agent)}
      data-testid={`assign-to-${agent.id}`}
    >
      {agent.id === me ? t("assign.me") : agent.name}
      <Text span display="block" fz="xs" opacity={0.8} truncate data-testid="assign-stands">
        {stands.text}
      </Text>
    </Menu.Item>
  ));
}
