/** Lines of a rule that are added and taken away: a chooser of what it is, and what goes with it. */

import { ActionIcon, Group, Paper, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useT } from "../../../app/i18n";
import type { Choice } from "./rule";

interface Props<T> {
  title: string;
  name: string;
  items: T[];
  /** What can be added. */
  kinds: Choice[];
  add: string;
  most?: number;
  onAdd: (kind: string) => void;
  onRemove: (at: number) => void;
  row: (item: T, at: number) => ReactNode;
}

export function Rows<T>({ title, name, items, kinds, add, most = 10, onAdd, onRemove, row }: Props<T>) {
  const t = useT();
  return (
    <Stack gap={6} role="group" aria-label={title} data-testid={`rule-${name}`}>
      <Text fz="sm" fw={600}>
        {title}
      </Text>
      {items.map((item, at) => (
        <Paper key={at} withBorder radius="md" px="xs" py={6} data-testid={`${name}-row`}>
          <Group gap="xs" wrap="nowrap" align="center">
            <Group gap="xs" flex={1} miw={0} align="flex-end">
              {row(item, at)}
            </Group>
            <ActionIcon aria-label={t("common.remove")} onClick={() => onRemove(at)}>
              <IconX size={16} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      {items.length < most && (
        <Select
          data={kinds}
          value={null}
          placeholder={add}
          aria-label={`${title}: ${add}`}
          leftSection={<IconPlus size={15} />}
          maxDropdownHeight={320}
          searchable
          onChange={(kind) => kind && onAdd(kind)}
          data-testid={`add-${name}`}
        />
      )}
    </Stack>
  );
}
