/** Who else is here: said quietly while they read, plainly while they write, so that nobody answers twice. */

import { Avatar, Group, Text, Tooltip } from "@mantine/core";
import type { Agent, Conversation } from "@sonnim/protocol";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMemo } from "react";
import { useNow } from "../../app/clock";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";

const FACES = 3;

function useNames(): (agents: readonly Agent[]) => string {
  const { t, tag } = useWords();
  const list = useMemo(() => new Intl.ListFormat(tag, { type: "conjunction" }), [tag]);
  return (agents) => list.format(agents.map((agent) => t("person", { name: agent.name })));
}

function useReaders(id: number): Agent[] {
  const viewers = useDeskState((state) => state.viewers[id]);
  const agents = useDeskState((state) => state.tables.agents);
  const me = useDeskState((state) => state.agentId);
  return useMemo(
    () => (viewers ?? []).filter((each) => each !== me).flatMap((each) => agents[each] ?? []),
    [viewers, agents, me],
  );
}

/** The faces of the colleagues who have this conversation before their eyes. */
export function Viewers({ conversation }: { conversation: Conversation }) {
  const { t } = useWords();
  const names = useNames();
  const readers = useReaders(conversation.id);
  if (!readers.length) return null;
  const label = t("collision.reading", { names: names(readers), count: readers.length });
  return (
    <Tooltip label={label}>
      <Avatar.Group spacing={8} role="img" aria-label={label} data-testid="viewers">
        {readers.slice(0, FACES).map((agent) => (
          <Face key={agent.id} name={agent.name} url={agent.avatar_url} color={agent.color} size={24} decorative />
        ))}
        {readers.length > FACES && (
          <Avatar size={24} radius="xl">
            +{readers.length - FACES}
          </Avatar>
        )}
      </Avatar.Group>
    </Tooltip>
  );
}

/** The warning above the composer. */
export function Collision({ conversation }: { conversation: Conversation }) {
  const { t } = useWords();
  const names = useNames();
  const now = useNow();
  const writers = useDeskState((state) => state.writers[conversation.id]);
  const agents = useDeskState((state) => state.tables.agents);
  const writing = Object.entries(writers ?? {}).flatMap(([id, until]) => (until > now && agents[id]) || []);
  return (
    <div role="status" aria-live="polite">
      {writing.length > 0 && (
        <Group gap={6} wrap="nowrap" px="md" py={5} maw={860} mx="auto" c="var(--sonnim-wait-warm)" data-testid="collision">
          <IconAlertTriangle size={16} aria-hidden="true" style={{ flexShrink: 0 }} />
          <Text fz="xs" fw={550}>
            {t("collision.writing", { names: names(writing), count: writing.length })}
          </Text>
        </Group>
      )}
    </div>
  );
}
