/** Who is at the desk, and how much each of them has. */

import { Box, Group, Stack, Text, Title } from "@mantine/core";
import type { Board, Presence } from "@sonnim/protocol";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { standingOf, stateText } from "../routing/standing";

const ORDER: Presence[] = ["online", "away", "offline"];

export function People({ loads, large }: { loads: Board["loads"]; large: boolean }) {
  const words = useWords();
  const { t } = words;
  const { agents, seats } = useDeskState((state) => state.tables);
  const presence = useDeskState((state) => state.agentPresence);
  const load = new Map(loads.map((each) => [each.agent_id, each]));
  const people = Object.values(agents)
    .filter((agent) => !agent.removed)
    .map((agent) => ({ agent, standing: standingOf(agent, seats[agent.id], presence[agent.id] ?? "offline"), has: load.get(agent.id) }))
    .filter(({ standing, has }) => standing.presence !== "offline" || has)
    .sort((a, b) => ORDER.indexOf(a.standing.presence) - ORDER.indexOf(b.standing.presence) || (b.has?.open ?? 0) - (a.has?.open ?? 0) || a.agent.name.localeCompare(b.agent.name));
  return (
    <Stack gap="sm" data-testid="board-people">
      <Title order={2} fz={large ? "xl" : "md"} fw={600}>
        {t("board.desk")}
      </Title>
      {people.map(({ agent, standing, has }) => (
        <Group key={agent.id} gap="sm" wrap="nowrap" data-testid="board-person" data-presence={standing.presence}>
          <Face name={agent.name} url={agent.avatar_url} color={agent.color} presence={standing.presence} size={large ? 44 : 32} decorative />
          <Box miw={0} flex={1}>
            <Text fz={large ? "lg" : "sm"} fw={550} truncate>
              {agent.name}
            </Text>
            <Text fz={large ? "sm" : "xs"} c="dimmed" truncate>
              {stateText(words, standing)} · {t("board.load", { open: has?.open ?? 0, waiting: has?.waiting ?? 0 })}
            </Text>
          </Box>
        </Group>
      ))}
    </Stack>
  );
}
