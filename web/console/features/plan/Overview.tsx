/** How complete the plan is, and what is still open, each with a way to its place. */

import { Badge, Box, Button, Chip, Group, Paper, RingProgress, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { useFormat } from "../../app/format";
import { LANGUAGE_NAMES, LOCALES, useWords, type Words } from "../../app/i18n";
import { useNames } from "./context";
import { rowName } from "./telling";
import { rowsOf, type Document, type Meter, type Question, type SectionName } from "./types";

const FIRST = 8;

interface Props {
  document: Document;
  meter: Meter;
  /** Null for whoever only reads. */
  onLanguages: ((languages: Document["languages"]) => void) | null;
}

export function Overview({ document, meter, onLanguages }: Props) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? meter.open : meter.open.slice(0, FIRST);
  return (
    <Stack gap="lg">
      <Group gap="lg" wrap="nowrap" align="center">
        <RingProgress
          size={92}
          thickness={9}
          roundCaps
          sections={[{ value: meter.percent, color: "celadon" }]}
          label={
            <Text ta="center" fw={700} data-testid="plan-percent">
              {format.number(meter.percent)}%
            </Text>
          }
          rootColor="var(--sonnim-line)"
          aria-hidden="true"
        />
        <Box>
          <Title order={2} fz="1.3rem">
            {t("plan.complete", { percent: meter.percent })}
          </Title>
          <Text c="dimmed" fz="sm" mt={2}>
            {meter.open.length ? t("plan.openHint") : t("plan.allAnswered")}
          </Text>
        </Box>
      </Group>
      {onLanguages && (
        <Box>
          <Text fz="sm" fw={500} id="plan-languages">
            {t("plan.languages")}
          </Text>
          <Text fz="xs" c="dimmed" mb={6}>
            {t("plan.languagesHint")}
          </Text>
          <Chip.Group
            multiple
            value={document.languages}
            onChange={(chosen) => chosen.length && onLanguages(LOCALES.filter((locale) => chosen.includes(locale)))}
          >
            <Group gap={8} role="group" aria-labelledby="plan-languages">
              {LOCALES.map((locale) => (
                <Chip key={locale} value={locale} size="sm" variant="light">
                  {LANGUAGE_NAMES[locale]}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Box>
      )}
      {meter.open.length > 0 && (
        <Stack gap={6} data-testid="plan-open">
          <Title order={3} fz="md">
            {t("plan.openTitle")}
          </Title>
          {shown.map((question) => (
            <OpenQuestion key={`${question.section}/${question.row}.${question.field}`} question={question} document={document} words={words} />
          ))}
          {!all && meter.open.length > FIRST && (
            <Button variant="subtle" onClick={() => setAll(true)} style={{ alignSelf: "flex-start" }}>
              {t("plan.openMore", { count: meter.open.length - FIRST })}
            </Button>
          )}
        </Stack>
      )}
    </Stack>
  );
}

function OpenQuestion({ question, document, words }: { question: Question; document: Document; words: Words }) {
  const { t } = words;
  const names = useNames();
  const section = question.section as SectionName;
  const [field = "", locale] = question.field.split(".");
  const row = rowsOf(document, section).find((each) => each.id === question.row);
  const language = locale ? ` (${LANGUAGE_NAMES[locale as keyof typeof LANGUAGE_NAMES]})` : "";
  // A question that has no answer says itself what is open.
  const what = field === "answer" ? "" : ` — ${words.lookup(`plan.field.${field}`, "plan.title")}${language}`;
  const told = row ? `${rowName(row, words, names)}${what}` : t("plan.openSection");
  const to = `/plan/${section}${row ? `?at=${encodeURIComponent(`${question.row}.${question.field}`)}` : ""}`;
  return (
    <Paper withBorder radius="md">
      <UnstyledButton component={Link} to={to} display="block" px="md" py={8} bdrs="md" data-testid="plan-question">
        <Group gap={10} wrap="nowrap">
          <Box flex={1} miw={0}>
            <Text fz="xs" c="dimmed">
              {t(`plan.section.${section}`)}
            </Text>
            <Text fz="sm">{told}</Text>
          </Box>
          <Badge size="sm" color={question.weight >= 3 ? "celadon" : "gray"} style={{ flexShrink: 0 }} visibleFrom="xs">
            {words.lookup(`plan.weight.${Math.min(question.weight, 3)}`, "plan.weight.1")}
          </Badge>
          <IconChevronRight size={16} aria-hidden="true" style={{ flexShrink: 0 }} />
        </Group>
      </UnstyledButton>
    </Paper>
  );
}
