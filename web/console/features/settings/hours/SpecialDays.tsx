/** Single dates with hours of their own, or with none. */

import { ActionIcon, Button, Group, Paper, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../app/i18n";
import { Intervals } from "./Intervals";
import type { SpecialDay } from "./calendar";
import { dateText } from "./when";

export function SpecialDays({ days, onChange }: { days: SpecialDay[]; onChange: (days: SpecialDay[]) => void }) {
  const { t, tag } = useWords();
  const put = (index: number, change: Partial<SpecialDay>) =>
    onChange(days.map((day, at) => (at === index ? { ...day, ...change } : day)));
  return (
    <Stack gap="sm" data-testid="special-days">
      {days.map((day, index) => {
        if (day.intervals === null) return null; // a holiday that is worked stands with the holidays
        const name = day.date ? dateText(tag, day.date) : t("hours.newDay");
        return (
          <Paper key={index} withBorder radius="md" p="sm" role="group" aria-label={name} data-testid="special-day">
            <Group align="flex-start" gap="md">
              <TextInput
                type="date"
                required
                label={t("hours.date")}
                value={day.date}
                onChange={(event) => put(index, { date: event.currentTarget.value })}
              />
              <TextInput
                label={t("hours.dayName")}
                placeholder={t("hours.dayNameHint")}
                maxLength={120}
                value={day.name}
                onChange={(event) => put(index, { name: event.currentTarget.value })}
              />
              <Stack gap={0} pt={24} flex={1}>
                <Intervals name={name} intervals={day.intervals} onChange={(intervals) => put(index, { intervals })} />
              </Stack>
              <ActionIcon
                mt={28}
                variant="subtle"
                color="gray"
                aria-label={t("hours.removeDay", { name })}
                onClick={() => onChange(days.filter((_, at) => at !== index))}
              >
                <IconTrash size={17} />
              </ActionIcon>
            </Group>
          </Paper>
        );
      })}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange([...days, { date: "", name: "", intervals: [] }])}
          data-testid="add-day"
        >
          {t("hours.addDay")}
        </Button>
      </Group>
    </Stack>
  );
}
