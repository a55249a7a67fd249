/** One rule in the list: what it says, whether it counts, how often it acted, and its place. */

import { ActionIcon, Anchor, Box, Group, Paper, Switch, Text } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import type { DragEvent } from "react";
import { useWords } from "../../../app/i18n";
import { Handle } from "../../../ui/Handle";
import { sayCondition, sayDeed, sayEvent, type Rule, type Vocabulary } from "./rule";

interface Props {
  rule: Rule;
  vocabulary: Vocabulary;
  lifted: boolean;
  onEdit: () => void;
  onLog: () => void;
  onRemove: () => void;
  onTurn: (active: boolean) => void;
  onMove: (by: number) => void;
  onLift: () => void;
  onOver: () => void;
  onDrop: () => void;
}

export function RuleRow({ rule, vocabulary, lifted, onEdit, onLog, onRemove, onTurn, onMove, onLift, onOver, onDrop }: Props) {
  const words = useWords();
  const { t } = words;
  const { name, active, acted, wording } = rule;
  const { all, any } = wording.if;
  const over = (event: DragEvent) => {
    event.preventDefault();
    onOver();
  };
  const lines = [
    [t("rule.when"), wording.when.map((each) => sayEvent(words, vocabulary, each)).join(` ${t("rule.or")} `)],
    [t("rule.ifAll"), all.map((each) => sayCondition(words, vocabulary, each)).join(" · ")],
    [t("rule.ifAny"), any.map((each) => sayCondition(words, vocabulary, each)).join(" · ")],
    [t("rule.then"), wording.then.map((each) => sayDeed(words, vocabulary, each)).join(" · ")],
  ].filter(([, said]) => said);
  return (
    <Paper withBorder radius="lg" px="sm" py="sm" onDragOver={over} style={{ opacity: lifted ? 0.5 : 1 }} data-testid="rule">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Handle label={t("sla.move", { name })} onMove={onMove} onLift={onLift} onDrop={onDrop} data-testid="rule-handle" />
        <Box flex={1} miw={0}>
          <Text fw={600} c={active ? undefined : "dimmed"}>
            {name}
          </Text>
          {lines.map(([head, said]) => (
            <Text key={head} fz="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {head}: {said}
            </Text>
          ))}
          <Anchor component="button" type="button" fz="sm" onClick={onLog} data-testid="rule-acted">
            {t("rule.acted", { count: acted })}
          </Anchor>
        </Box>
        <Switch mt={4} checked={active} aria-label={t("rule.active", { name })} onChange={(event) => onTurn(event.currentTarget.checked)} data-testid="rule-active" />
        <ActionIcon aria-label={t("rule.edit", { name })} onClick={onEdit} data-testid="rule-edit">
          <IconPencil size={17} />
        </ActionIcon>
        <ActionIcon aria-label={t("sla.delete", { name })} onClick={onRemove} data-testid="rule-delete">
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
    </Paper>
  );
}
