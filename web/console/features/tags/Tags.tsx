/** Tags as small labels: a dot of their colour and their name. */

import { Box, Group, Text } from "@mantine/core";
import type { Tag } from "@sonnim/protocol";
import { useDeskState } from "../../app/desk/context";
import { memoize } from "../../app/store";
import type { Table } from "../../app/desk/state";
import { useT } from "../../app/i18n";

export const livingTags = memoize((tags: Table<Tag>): Tag[] =>
  Object.values(tags)
    .filter((tag) => !tag.removed)
    .sort((a, b) => a.name.localeCompare(b.name)),
);

export function TagDot({ color }: { color: string }) {
  return <Box w={8} h={8} bdrs="xl" bg={color} aria-hidden="true" style={{ flexShrink: 0 }} />;
}

interface Props {
  ids: readonly number[];
  /** How many are named; the others are counted. */
  most?: number;
}

export function Tags({ ids, most = 3 }: Props) {
  const t = useT();
  const table = useDeskState((state) => state.tables.tags);
  const tags = ids.flatMap((id) => (table[id] && !table[id].removed ? [table[id]] : []));
  if (!tags.length) return null;
  const names = tags.map((tag) => tag.name).join(", ");
  return (
    <Group gap={4} wrap="nowrap" miw={0} role="group" aria-label={t("tags.of", { names })} title={names} data-testid="tags">
      {tags.slice(0, most).map((tag) => (
        <Group key={tag.id} gap={4} wrap="nowrap" px={6} h={18} bdrs="sm" bg="var(--sonnim-sunken)" miw={0} aria-hidden="true">
          <TagDot color={tag.color} />
          <Text fz={11} lh="18px" truncate maw={90}>
            {tag.name}
          </Text>
        </Group>
      ))}
      {tags.length > most && (
        <Text fz={11} c="dimmed" aria-hidden="true">
          +{tags.length - most}
        </Text>
      )}
    </Group>
  );
}
