/** One service promise in the list: what it says, whether it counts, and its place. */

import { ActionIcon, Group, Paper, Stack, Switch, Text } from "@mantine/core";
import type { Policy } from "@sonnim/protocol";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import type { DragEvent } from "react";
import { useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { Handle } from "../../../ui/Handle";
import { sentences, valuesOf } from "./policy";

interface Props {
  policy: Policy;
  lifted: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onTurn: (active: boolean) => void;
  onMove: (by: number) => void;
  onLift: () => void;
  onOver: () => void;
  onDrop: () => void;
}

export function PolicyRow({ policy, lifted, onEdit, onRemove, onTurn, onMove, onLift, onOver, onDrop }: Props) {
  const words = useWords();
  const { t } = words;
  const channels = useDeskState((state) => state.channels);
  const { teams, tags } = useDeskState((state) => state.tables);
  const { name, active } = policy;
  const over = (event: DragEvent) => {
    event.preventDefault();
    onOver();
  };
  return (
    <Paper withBorder radius="lg" px="sm" py="sm" onDragOver={over} style={{ opacity: lifted ? 0.5 : 1 }} data-testid="policy">
      <Group gap="xs" wrap="nowrap">
        <Handle label={t("sla.move", { name })} onMove={onMove} onLift={onLift} onDrop={onDrop} data-testid="policy-handle" />
        <Text fw={600} flex={1} miw={0} c={active ? undefined : "dimmed"}>
          {name}
        </Text>
        <Switch
          checked={active}
          aria-label={t("sla.active", { name })}
          onChange={(event) => onTurn(event.currentTarget.checked)}
          data-testid="policy-active"
        />
        <ActionIcon aria-label={t("sla.edit", { name })} onClick={onEdit} data-testid="policy-edit">
          <IconPencil size={17} />
        </ActionIcon>
        <ActionIcon aria-label={t("sla.delete", { name })} onClick={onRemove} data-testid="policy-delete">
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
      <Stack gap={2} mt={2} pl={{ base: 6, xs: 38 }}>
        {sentences(words, valuesOf(policy), { channels, teams, tags }).map((said) => (
          <Text key={said} fz="sm" c="dimmed">
            {said}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
