/** What shoppers who left no answer would have said, as a model predicts it; how far off it is stands beside it, always. */

import { Group, Paper, ScrollArea, Stack, Table, Text, Title } from "@mantine/core";
import type { QualityPredicted, QualityPredictedWeeks, QualityPredictor, QualitySummary } from "@sonnim/protocol";
import type { ReactNode } from "react";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { chanceOf, range, shareOf, valueOf } from "./predicted";
import { useWeekName } from "./useWeekName";

const FIGURES = { fontVariantNumeric: "tabular-nums" } as const;

/** In plain words where a prediction comes from and how far it was off on what it had not seen; a line for each model. */
export function Believed({ by }: { by: readonly QualityPredictor[] }) {
  const t = useT();
  const { number } = useFormat();
  return by.map(({ version, source, dialogues, measured }) => (
    <Text key={version} fz="xs" c="dimmed" data-testid="believed">
      {t(`believed.${source}`, {
        n: number(dialogues),
        error: range(measured.map(({ error }) => error)) ?? t("believed.unknown"),
        rank: range(measured.map(({ spearman }) => spearman)) ?? t("believed.unknown"),
      })}
    </Text>
  ));
}

/** Of one conversation. */
export function PredictedOne({ predicted }: { predicted: QualityPredicted }) {
  const t = useT();
  return (
    <Stack gap={4} data-testid="predicted-one">
      <Value value={predicted.satisfaction} note={t("predicted.chance", { share: chanceOf(predicted.unhappy) })} />
      <Believed by={[predicted.by]} />
    </Stack>
  );
}

/** Of the last weeks: the mean, how many are likely unhappy, and week by week. */
export function PredictedWeeks({ predicted, weeks, children }: { predicted: QualityPredictedWeeks; weeks: QualitySummary["weeks"]; children?: ReactNode }) {
  const t = useT();
  const { number } = useFormat();
  const name = useWeekName();
  const { mean, unhappy, count } = predicted;
  if (mean === null || unhappy === null) return null;
  return (
    <Paper withBorder radius="lg" p="lg" miw={0} component="section" aria-label={t("predicted.title")} data-testid="predicted-weeks">
      <Stack gap="xs">
        <Title order={2} fz="md" fw={600}>
          {t("predicted.title")}
        </Title>
        <Text fz="sm" c="dimmed" maw={640}>
          {t("predicted.hint")}
        </Text>
        <Value value={mean} note={t("predicted.share", { count, n: number(count), share: shareOf(unhappy) })} />
        <Believed by={predicted.by} />
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
          {children ?? (
            <Table fz="sm" horizontalSpacing="xs" style={{ whiteSpace: "nowrap" }} aria-label={t("predicted.title")}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("predicted.week")}</Table.Th>
                  <Table.Th ta="right">{t("predicted.mean")}</Table.Th>
                  <Table.Th ta="right">{t("predicted.unhappy")}</Table.Th>
                  <Table.Th ta="right">{t("predicted.count")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody style={FIGURES}>
                {weeks.map(({ week }, n) => {
                  const own = predicted.weeks[n];
                  if (!own || own.mean === null || own.unhappy === null) return null;
                  return (
                    <Table.Tr key={week}>
                      <Table.Th scope="row" fw={500}>
                        {name(week)}
                      </Table.Th>
                      <Table.Td ta="right">{valueOf(own.mean)}</Table.Td>
                      <Table.Td ta="right">{shareOf(own.unhappy)}</Table.Td>
                      <Table.Td ta="right">{number(own.count)}</Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          )}
        </ScrollArea>
      </Stack>
    </Paper>
  );
}

function Value({ value, note }: { value: number; note: string }) {
  const t = useT();
  return (
    <Group gap="xs" align="baseline">
      <Text span fz="xl" fw={650} lh={1.1} style={FIGURES} data-testid="predicted-value">
        {valueOf(value)}
      </Text>
      <Text span fz="xs" c="dimmed">
        {t("predicted.scale")}
      </Text>
      <Text span fz="sm">
        {note}
      </Text>
    </Group>
  );
}
