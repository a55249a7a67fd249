/** Predicted satisfaction agent by agent and week by week, and the conversations that are most likely unhappy. */

import { Button, Center, Divider, Group, Paper, SegmentedControl, Stack, Table, Text, Title } from "@mantine/core";
import type { QualityScore, QualityTeam } from "@sonnim/protocol";
import { Fragment, useState } from "react";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { chanceOf, shareOf, valueOf } from "./predicted";
import { Believed, PredictedWeeks } from "./Predicted";
import { Row } from "./Scores";
import { usePages } from "./useQuality";
import { useWeekName } from "./useWeekName";

interface Props {
  team: QualityTeam;
  onScore: (id: number) => void;
}

export function PredictedTeam({ team, onScore }: Props) {
  if (!team.predicted.count) return null;
  return (
    <>
      <PredictedWeeks predicted={team.predicted} weeks={team.weeks}>
        <ByAgent team={team} />
      </PredictedWeeks>
      <Unhappy team={team} onScore={onScore} />
    </>
  );
}

function ByAgent({ team }: { team: QualityTeam }) {
  const t = useT();
  const week = useWeekName();
  const agents = useDeskState((state) => state.tables.agents);
  const rows = [
    { id: 0, name: t("predicted.team"), predicted: team.predicted },
    ...team.agents.map(({ agent_id: id, predicted }) => ({ id, name: agents[id]?.name ?? t("coach.former"), predicted })),
  ];
  return (
    <Table fz="sm" horizontalSpacing="xs" style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }} aria-label={t("predicted.byWeek")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("quality.agent")}</Table.Th>
          <Table.Th ta="right">{t("predicted.unhappy")}</Table.Th>
          <Table.Th ta="right">{t("quality.all8")}</Table.Th>
          {team.weeks.map((each) => (
            <Table.Th key={each.week} ta="right">
              {week(each.week)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ id, name, predicted }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={id ? 500 : 650}>
              {name}
            </Table.Th>
            <Table.Td ta="right">{predicted.unhappy === null ? "–" : shareOf(predicted.unhappy)}</Table.Td>
            {[predicted, ...predicted.weeks].map(({ mean }, n) => (
              <Table.Td key={n} ta="right" c={mean === null ? "dimmed" : undefined}>
                {mean === null ? "–" : valueOf(mean)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Unhappy({ team, onScore }: Props) {
  const t = useT();
  const [back, setBack] = useState("1");
  const week = team.weeks.at(-Number(back))?.week ?? "";
  const { items, next, failed, reload, more, busy } = usePages<QualityScore>(`/quality/unhappy?week=${week}&limit=20`);
  const noteOf = ({ predicted }: QualityScore) =>
    predicted ? t("predicted.row", { chance: t("predicted.chance", { share: chanceOf(predicted.unhappy) }), value: valueOf(predicted.satisfaction) }) : "";
  const by = [...new Map(items?.flatMap(({ predicted }) => (predicted ? [[predicted.by.version, predicted.by] as const] : []))).values()];
  return (
    <Paper withBorder radius="lg" p="lg" miw={0} component="section" aria-label={t("unhappy.title")} data-testid="unhappy">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Title order={2} fz="md" fw={600}>
            {t("unhappy.title")}
          </Title>
          <SegmentedControl
            size="xs"
            value={back}
            onChange={setBack}
            aria-label={t("predicted.week")}
            data={[
              { value: "1", label: t("unhappy.thisWeek") },
              { value: "2", label: t("unhappy.lastWeek") },
            ]}
          />
        </Group>
        <Text fz="sm" c="dimmed" maw={640}>
          {t("unhappy.hint")}
        </Text>
        <Believed by={by} />
        {!items && (failed ? <Failed onRetry={reload} /> : <RowSkeletons count={3} />)}
        {items?.length === 0 && <Text fz="sm">{t("unhappy.none")}</Text>}
        <Stack gap={0}>
          {items?.map((score, n) => (
            <Fragment key={score.id}>
              {n > 0 && <Divider color="var(--sonnim-line)" />}
              <Row score={score} named note={noteOf(score)} onOpen={() => onScore(score.id)} />
            </Fragment>
          ))}
        </Stack>
        {next && (
          <Center>
            <Button variant="light" loading={busy} onClick={more}>
              {t("audit.more")}
            </Button>
          </Center>
        )}
      </Stack>
    </Paper>
  );
}
