/** One section of a plan to read. */

import { Badge, Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useFormat } from "../../app/format";
import { LOCALES, TAGS, useWords, type Key } from "../../app/i18n";
import { useNames } from "./context";
import { FIELDS, STEPS, type Field } from "./sections";
import { limitText, rowName, valueText } from "./telling";
import { fieldOf, rowsOf, type Document, type Limit, type Row, type Said, type SectionName } from "./types";
import { useCalendars, type Calendar } from "./useCalendars";

export function SectionReader({ section, document }: { section: SectionName; document: Document }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const names = useNames();
  const calendars = useCalendars(section === "channels");
  const rows = rowsOf(document, section);
  return (
    <Stack gap="sm">
      <Box>
        <Title order={2} fz="1.3rem">
          {t(`plan.section.${section}`)}
        </Title>
        <Text fz="sm" c="dimmed" mt={2}>
          {t(`plan.hint.${section}`)}
        </Text>
      </Box>
      {!rows.length && <Text c="dimmed">{t("plan.openSection")}</Text>}
      {rows.map((row, at) => (
        <Paper key={row.id} id={row.id} withBorder radius="lg" px="md" py="sm" data-testid={`plan-row-${row.id}`}>
          <Group gap={10} wrap="nowrap" mb={4}>
            {STEPS.has(section) && (
              <Badge circle size="lg" variant="light">
                {format.number(at + 1)}
              </Badge>
            )}
            <Text fw={600}>{rowName(row, words, names)}</Text>
          </Group>
          <Stack gap={4}>
            {FIELDS[section].map((field) => (
              <Line key={field.name} row={row} field={field} document={document} calendars={calendars} />
            ))}
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

const HEADING = ["title", "question", "channel", "needed"];

interface LineProps {
  row: Row;
  field: Field;
  document: Document;
  calendars: readonly Calendar[] | null;
}

function Line({ row, field, document, calendars }: LineProps) {
  const words = useWords();
  const names = useNames();
  if (HEADING.includes(field.name)) return null;
  const lines = linesOf(row, field, document);
  const text = lines.length ? "" : field.kind === "calendar" ? hoursOf(row, field) : valueText(row, field, document, words, names);
  if (!lines.length && !text) return null;
  return (
    <Group gap="0 var(--mantine-spacing-md)" align="flex-start" wrap="wrap">
      <Text fz="sm" c="dimmed" w={150}>
        {words.t(`plan.field.${field.name}` as Key)}
      </Text>
      <Box flex={1} miw={220}>
        {text && (
          <Text fz="sm" style={{ whiteSpace: "pre-line" }}>
            {text}
          </Text>
        )}
        {lines.map(({ tag, said }) => (
          <Text key={tag} fz="sm" lang={tag} style={{ whiteSpace: "pre-line" }}>
            {said}
          </Text>
        ))}
      </Box>
    </Group>
  );

  function hoursOf(of: Row, about: Field): string {
    const id = fieldOf(of, about.name) as number | null;
    if (id === null) return words.t("plan.standardHours");
    return calendars ? (calendars.find((each) => each.id === id)?.name ?? words.t("plan.goneRow")) : "…";
  }

  function linesOf(of: Row, about: Field, plan: Document): { tag: string; said: string }[] {
    const value = fieldOf(of, about.name);
    if (about.kind === "spoken") {
      return plan.languages
        .map((locale) => ({ tag: TAGS[locale], said: (value as Said)[locale] }))
        .filter(({ said }) => said.trim());
    }
    if (about.kind !== "limits") return [];
    return (value as Limit[]).map((limit) => ({
      tag: TAGS[LOCALES.includes(words.locale) ? words.locale : "en"],
      said: words.t("plan.limitLine", { role: words.t(`plan.role.${limit.role}`), limit: limitText(limit, words) }),
    }));
  }
}
