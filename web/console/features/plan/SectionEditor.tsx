/** One section of the plan to write: its rows, in their order, and one more. */

import { Box, Button, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { LANGUAGE_NAMES, LOCALES, useWords, isLocale } from "../../app/i18n";
import { toastUndo } from "../../ui/toast";
import { addRow, freshId, removeRow } from "./changing";
import { useWriting } from "./context";
import { RowCard } from "./RowCard";
import { rowsOf, type DraftState, type SectionName } from "./types";

interface Props {
  section: SectionName;
  state: DraftState;
  onUndo: () => void;
  /** `row.field`, such as `price.sentence.zh`: what a link leads to. */
  aim: string;
}

export function SectionEditor({ section, state, onUndo, aim }: Props) {
  const words = useWords();
  const { t } = words;
  const { document: plan, language, setLanguage, change } = useWriting();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(aim.split(".").slice(0, 1)));
  const rows = rowsOf(plan, section);
  const fold = (id: string, to: boolean) =>
    setOpen((now) => (to ? new Set([...now, id]) : new Set([...now].filter((each) => each !== id))));

  useEffect(() => {
    const [row, field, locale] = aim.split(".");
    if (!row) return;
    const timer = window.setTimeout(() => {
      if (isLocale(locale)) setLanguage(locale);
      const found = document.getElementById(field ? `${row}.${field}` : row);
      found?.focus();
      found?.scrollIntoView({ block: "center" });
    }, 60);
    return () => window.clearTimeout(timer);
  }, [aim, setLanguage]);

  const add = () => {
    const id = freshId(plan, section);
    change((now) => addRow(now, section, id));
    fold(id, true);
    window.setTimeout(() => document.querySelector<HTMLElement>(`[data-testid="plan-row-${id}"] textarea, [data-testid="plan-row-${id}"] input`)?.focus(), 60);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box flex={1} miw={240}>
          <Title order={2} fz="1.3rem">
            {t(`plan.section.${section}`)}
          </Title>
          <Text fz="sm" c="dimmed" mt={2} maw={560}>
            {t(`plan.hint.${section}`)}
          </Text>
        </Box>
        <SegmentedControl
          size="xs"
          aria-label={t("plan.language")}
          data={LOCALES.map((locale) => ({ value: locale, label: LANGUAGE_NAMES[locale] }))}
          value={language}
          onChange={(locale) => isLocale(locale) && setLanguage(locale)}
          data-testid="plan-language"
        />
      </Group>
      {rows.map((row, at) => (
        <RowCard
          key={row.id}
          section={section}
          row={row}
          at={at}
          open={open.has(row.id)}
          openQuestions={state.meter.open.filter((each) => each.section === section && each.row === row.id).length}
          faults={state.faults.filter((each) => each.section === section && each.row === row.id)}
          onToggle={() => fold(row.id, !open.has(row.id))}
          onRemove={(name) => {
            change((now) => removeRow(now, section, row.id));
            toastUndo(words, t("plan.removed", { name }), onUndo);
          }}
        />
      ))}
      <Group>
        <Button variant="light" leftSection={<IconPlus size={16} />} onClick={add} data-testid="plan-add">
          {t("plan.add")}
        </Button>
      </Group>
    </Stack>
  );
}
