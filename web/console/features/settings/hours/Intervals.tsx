/** The hours of a day: none, or some intervals, each with two fields that keyboards and phones know. */

import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useT } from "../../../app/i18n";
import { CLEAR_OF_BAR, isOvernight, MOST_INTERVALS, withInterval, type Interval } from "./calendar";

interface Props {
  /** Whose hours they are, for those who hear the fields: "Monday". */
  name: string;
  intervals: Interval[];
  onChange: (intervals: Interval[]) => void;
}

export function Intervals({ name, intervals, onChange }: Props) {
  const t = useT();
  const put = (index: number, next: Interval) => onChange(intervals.map((each, at) => (at === index ? next : each)));
  return (
    <Stack gap={6}>
      {!intervals.length && (
        <Text c="dimmed" fz="sm" lh="36px">
          {t("hours.closed")}
        </Text>
      )}
      {intervals.map(([start, end], index) => (
        <Group key={index} gap={6}>
          <TextInput
            type="time"
            w={136}
            styles={CLEAR_OF_BAR}
            required
            aria-label={t("hours.from", { day: name, number: index + 1 })}
            value={start}
            onChange={(event) => put(index, [event.currentTarget.value, end])}
          />
          <Text aria-hidden="true">–</Text>
          <TextInput
            type="time"
            w={136}
            styles={CLEAR_OF_BAR}
            required
            aria-label={t("hours.until", { day: name, number: index + 1 })}
            value={end}
            onChange={(event) => put(index, [start, event.currentTarget.value])}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("hours.removeInterval", { day: name, number: index + 1 })}
            onClick={() => onChange(intervals.filter((_, at) => at !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
          {!!start && start === end && <Hint text={t("hours.allDay")} />}
          {!!start && !!end && start !== end && isOvernight([start, end]) && <Hint text={t("hours.nextDay")} />}
        </Group>
      ))}
      {intervals.length < MOST_INTERVALS && (
        <Group gap={0}>
          <Tooltip label={t("hours.addInterval", { day: name })}>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange(withInterval(intervals))}
              aria-label={t("hours.addInterval", { day: name })}
            >
              {t("hours.add")}
            </Button>
          </Tooltip>
        </Group>
      )}
    </Stack>
  );
}

function Hint({ text }: { text: string }) {
  return (
    <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
      {text}
    </Text>
  );
}
