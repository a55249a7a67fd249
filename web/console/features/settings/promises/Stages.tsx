/** What happens on the way to the end of a promise, and after it, each at its share of the time. */

import { ActionIcon, Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useDeskState } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { PRIORITIES, type Priority } from "../../../ui/Priority";
import type { Stage } from "./policy";

interface Props {
  stages: Stage[];
  onChange: (stages: Stage[]) => void;
}

const MOST = 10;

export function Stages({ stages, onChange }: Props) {
  const { t } = useWords();
  const next = Math.max(0, ...stages.map(({ percent }) => percent)) + 100;
  return (
    <Stack gap="xs" role="group" aria-label={t("sla.stages")}>
      <div>
        <Text fz="sm" fw={550}>
          {t("sla.stages")}
        </Text>
        <Text fz="xs" c="dimmed">
          {t("sla.stagesHint")}
        </Text>
      </div>
      {stages.map((stage, at) => (
        <Step
          key={at}
          stage={stage}
          onChange={(change) => onChange(stages.map((each, index) => (index === at ? { ...each, ...change } : each)))}
          onRemove={() => onChange(stages.filter((_, index) => index !== at))}
        />
      ))}
      <Button
        variant="light"
        w="fit-content"
        leftSection={<IconPlus size={16} />}
        disabled={stages.length >= MOST}
        onClick={() => onChange([...stages, { percent: Math.min(next, 1000), notify: "lead" }])}
        data-testid="add-stage"
      >
        {t("sla.addStage")}
      </Button>
    </Stack>
  );
}

interface StepProps {
  stage: Stage;
  onChange: (change: Partial<Stage>) => void;
  onRemove: () => void;
}

function Step({ stage, onChange, onRemove }: StepProps) {
  const { t } = useWords();
  const teams = useDeskState((state) => state.tables.teams);
  const label = t("sla.stageAt", { percent: stage.percent });
  return (
    <Paper withBorder radius="md" p="sm" data-testid="stage">
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <NumberInput
          label={t("sla.at")}
          w={120}
          min={1}
          max={1000}
          suffix=" %"
          allowDecimal={false}
          value={stage.percent}
          onChange={(value) => onChange({ percent: Number(value) || 1 })}
          data-testid="stage-percent"
        />
        <Select
          flex={1}
          label={t("sla.notify")}
          data={(["agent", "team", "lead"] as const).map((value) => ({ value, label: t(`sla.notify.${value}`) }))}
          value={stage.notify || null}
          clearable
          placeholder={t("sla.nobody")}
          onChange={(value) => onChange({ notify: (value ?? "") as NonNullable<Stage["notify"]> })}
          data-testid="stage-notify"
        />
        <ActionIcon aria-label={t("sla.removeStage", { stage: label })} size={36} onClick={onRemove}>
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        <Select
          label={t("sla.raise")}
          data={PRIORITIES.filter((each) => each > 1).map((each) => ({ value: String(each), label: t(`priority.${each}`) }))}
          value={stage.priority == null ? null : String(stage.priority)}
          clearable
          placeholder={t("sla.asItIs")}
          onChange={(value) => onChange({ priority: value === null ? null : (Number(value) as Priority) })}
          data-testid="stage-priority"
        />
        <Select
          label={t("sla.giveTo")}
          data={Object.values(teams).map((team) => ({ value: String(team.id), label: team.name }))}
          value={stage.team_id == null ? null : String(stage.team_id)}
          clearable
          placeholder={t("sla.asItIs")}
          onChange={(value) => onChange({ team_id: value === null ? null : Number(value) })}
        />
      </SimpleGrid>
      <Switch
        mt="sm"
        label={t("sla.release")}
        checked={stage.release ?? false}
        onChange={(event) => onChange({ release: event.currentTarget.checked })}
        data-testid="stage-release"
      />
    </Paper>
  );
}
