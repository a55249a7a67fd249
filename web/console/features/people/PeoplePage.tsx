/** Who is at the desk now, and whether I am. */

import { Badge, Box, Group, Paper, Stack, Switch, Text, Title } from "@mantine/core";
import type { Agent, Presence } from "@sonnim/protocol";
import { useAgent, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { LANGUAGE_NAMES, useWords } from "../../app/i18n";
import { Sheet } from "../../app/Shell";
import { Face } from "../../ui/Face";
import { RowSkeletons } from "../../ui/States";
import { standingOf, stateText, type Standing } from "../routing/standing";
import { useMyState } from "../routing/useMyState";

const ORDER: Presence[] = ["online", "away", "offline"];

export default function PeoplePage() {
  const words = useWords();
  const { t } = words;
  const ready = useDeskState((state) => state.ready);
  const agents = useDeskState((state) => state.tables.agents);
  const presence = useDeskState((state) => state.agentPresence);
  const me = useDeskState((state) => state.agentId);
  const myself = useAgent(me);
  const seats = useDeskState((state) => state.tables.seats);
  const counts = useDeskState((state) => state.tables.counts);
  const { availability, standing, change } = useMyState();
  if (!ready) return <RowSkeletons />;
  const present = Object.values(agents).filter((agent) => !agent.removed);
  const of = (agent: Agent) =>
    agent.id === me ? standing : standingOf(agent, seats[agent.id], presence[agent.id] ?? "offline");
  return (
    <Sheet>
      <Title order={1} fz="1.5rem">
        {t("people.title")}
      </Title>
      {myself && (
        <Paper withBorder p="md" radius="lg">
          <Group justify="space-between">
            <Group gap="sm">
              <Face name={myself.name} url={myself.avatar_url} color={myself.color} presence={standing.presence} size={46} decorative />
              <div>
                <Text fw={600}>{myself.name}</Text>
                <Text fz="sm" c="dimmed">
                  {availability === "online" ? t("people.iAmOnline") : stateText(words, standing)}
                </Text>
              </div>
            </Group>
            <Switch
              size="md"
              checked={availability === "online"}
              onChange={(event) => change(event.currentTarget.checked ? "online" : "away")}
              label={t("people.available")}
              labelPosition="left"
              data-testid="availability-switch"
            />
          </Group>
        </Paper>
      )}
      {ORDER.map((kind) => {
        const group = present.filter((agent) => of(agent).presence === kind).sort((a, b) => a.name.localeCompare(b.name));
        if (!group.length) return null;
        return (
          <Stack key={kind} gap="xs">
            <Title order={2} fz="sm" c="dimmed">
              {t(`presence.${kind}`)} · {group.length}
            </Title>
            <Paper withBorder radius="lg">
              {group.map((agent) => (
                <Group key={agent.id} px="md" py={10} gap="sm" data-testid="person" data-presence={kind}>
                  <Face name={agent.name} url={agent.avatar_url} color={agent.color} presence={kind} size={38} decorative />
                  <Box flex={1} miw={0}>
                    <Text fw={550} fz="sm">
                      {agent.id === me ? t("people.me", { name: agent.name }) : agent.name}
                    </Text>
                    <Why standing={of(agent)} />
                  </Box>
                  <Text fz="xs" c="dimmed" data-testid="held">
                    {t("people.held", { count: counts[`mine:${agent.id}`]?.n ?? 0 })}
                  </Text>
                  <Text fz="xs" c="dimmed">
                    {agent.languages.map((each) => LANGUAGE_NAMES[each]).join(" · ")}
                  </Text>
                  <Badge color="gray">{t(`role.${agent.role}`)}</Badge>
                </Group>
              ))}
            </Paper>
          </Stack>
        );
      })}
    </Sheet>
  );
}

/** Why somebody is away, and since when. */
function Why({ standing }: { standing: Standing }) {
  const words = useWords();
  const format = useFormat();
  if (!standing.since || !(standing.reason || standing.note)) return null;
  return (
    <Text fz="xs" c="dimmed" title={format.full(standing.since)} data-testid="why-away">
      {stateText(words, standing)} · {format.time(standing.since)}
    </Text>
  );
}
