/** The team's weeks, agent by agent and rule by rule; each number opens the conversations behind it. */

import { Box, Modal, Paper, ScrollArea, SimpleGrid, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import type { QualityTeam } from "@sonnim/protocol";
import { IconUsers } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { Change, Points } from "./Points";
import { PredictedTeam } from "./PredictedTeam";
import { Scores } from "./Scores";
import type { Wanted } from "./scores";
import { useQuality } from "./useQuality";
import { useWeekName } from "./useWeekName";
import { Weeks } from "./Weeks";

type Behind = Wanted & { title: string };
interface PartProps {
  team: QualityTeam;
  onBehind: (behind: Behind) => void;
}

interface Props {
  /** A score lies over it: the list behind a number waits until that is closed. */
  covered: boolean;
  onScore: (id: number) => void;
}

export function Team({ covered, onScore }: Props) {
  const t = useT();
  const phone = useIsPhone();
  const { data, failed, reload } = useQuality<QualityTeam>("/quality/team?weeks=8");
  const [behind, setBehind] = useState<Behind | null>(null);
  if (!data) return failed ? <Failed onRetry={reload} /> : <RowSkeletons count={4} />;
  if (!data.count) {
    return (
      <Box h={300}>
        <Empty icon={<IconUsers size={26} stroke={1.6} />} title={t("quality.empty")}>
          {t("quality.teamEmptyHint")}
        </Empty>
      </Box>
    );
  }
  return (
    <Stack gap="lg" data-testid="quality-team">
      <Paper withBorder radius="lg" p="lg">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <Stack gap={2}>
            <Text fz="sm" c="dimmed">
              {t("quality.mean")}
            </Text>
            <Points value={data.mean} size="2.4rem" />
            <Change value={data.change} />
          </Stack>
          <Weeks weeks={data.weeks} />
        </SimpleGrid>
      </Paper>
      <Grid title={t("quality.byWeek")}>
        <ByWeek team={data} onBehind={setBehind} />
      </Grid>
      {data.rules.length > 0 && (
        <Grid title={t("quality.byRule")}>
          <ByRule team={data} onBehind={setBehind} />
        </Grid>
      )}
      <PredictedTeam team={data} onScore={onScore} />
      {behind && (
        <Modal opened={!covered} onClose={() => setBehind(null)} size="lg" fullScreen={phone} title={behind.title} closeButtonProps={{ "aria-label": t("common.close") }}>
          <Scores wanted={behind} named onScore={onScore} />
        </Modal>
      )}
    </Stack>
  );
}

function Grid({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="lg" miw={0} component="section" aria-label={title}>
      <Title order={2} fz="md" fw={600} mb="sm">
        {title}
      </Title>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
        {children}
      </ScrollArea>
    </Paper>
  );
}

function useNames(): (id: number) => string {
  const t = useT();
  const agents = useDeskState((state) => state.tables.agents);
  return (id) => agents[id]?.name ?? t("coach.former");
}

function ByWeek({ team, onBehind }: PartProps) {
  const t = useT();
  const week = useWeekName();
  const nameOfAgent = useNames();
  return (
    <Table fz="sm" horizontalSpacing="xs" style={{ whiteSpace: "nowrap" }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("quality.agent")}</Table.Th>
          <Table.Th ta="right">{t("quality.all8")}</Table.Th>
          {team.weeks.map((each) => (
            <Table.Th key={each.week} ta="right">
              {week(each.week)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {team.agents.map(({ agent_id: agent, mean, weeks }) => {
          const name = nameOfAgent(agent);
          return (
            <Table.Tr key={agent}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              <Table.Td ta="right">
                <Opens label={t("quality.behind", { name })} testid={`team-${agent}`} onOpen={() => onBehind({ agent, title: name })}>
                  <Points value={mean} size="sm" />
                </Opens>
              </Table.Td>
              {team.weeks.map((each, n) => (
                <Table.Td key={each.week} ta="right">
                  {weeks[n] == null ? (
                    <Text span c="dimmed">
                      –
                    </Text>
                  ) : (
                    <Opens label={t("quality.behind", { name: `${name}, ${week(each.week)}` })} onOpen={() => onBehind({ agent, week: each.week, title: `${name} · ${week(each.week)}` })}>
                      <Points value={weeks[n] ?? null} size="sm" />
                    </Opens>
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function ByRule({ team, onBehind }: PartProps) {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  const nameOfAgent = useNames();
  return (
    <Table fz="sm" horizontalSpacing="xs" style={{ whiteSpace: "nowrap" }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("quality.rule")}</Table.Th>
          {team.agents.map(({ agent_id: id }) => (
            <Table.Th key={id} ta="right">
              {nameOfAgent(id)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {team.rules.map(({ rule }) => {
          const name = nameOf(words, rule);
          return (
            <Table.Tr key={rule}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              {team.agents.map(({ agent_id: agent, rules }) => {
                const title = `${nameOfAgent(agent)} · ${name}`;
                return (
                  <Table.Td key={agent} ta="right">
                    {rules[rule] ? (
                      <Opens label={t("quality.behind", { name: title })} onOpen={() => onBehind({ agent, rule, title })}>
                        {format.number(rules[rule])}
                      </Opens>
                    ) : (
                      <Text span c="dimmed">
                        –
                      </Text>
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function Opens({ label, testid, onOpen, children }: { label: string; testid?: string; onOpen: () => void; children: ReactNode }) {
  return (
    <UnstyledButton onClick={onOpen} title={label} px={6} py={2} bdrs="sm" td="underline" style={{ fontVariantNumeric: "tabular-nums", textUnderlineOffset: 3 }} data-testid={testid}>
      {children}
    </UnstyledButton>
  );
}
