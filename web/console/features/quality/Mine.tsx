/** My mean and where it comes from: weeks, criteria, rules, my best and my worst sentences, my conversations. */

import { Box, Group, Paper, SimpleGrid, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { QualitySummary } from "@sonnim/protocol";
import { IconRosette } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { Change, Points } from "./Points";
import { criterionName } from "./scorecard";
import { PredictedWeeks } from "./Predicted";
import { Scores } from "./Scores";
import { Sentences } from "./Sentences";
import { useQuality } from "./useQuality";
import { Weeks } from "./Weeks";

interface Props {
  agent: number;
  onScore: (id: number) => void;
}

export function Mine({ agent, onScore }: Props) {
  const t = useT();
  const { data, failed, reload } = useQuality<QualitySummary>(`/quality/summary?agent_id=${agent}&weeks=8`, agent);
  const [rule, setRule] = useState<string | undefined>();
  if (!data) return failed ? <Failed onRetry={reload} /> : <RowSkeletons count={4} />;
  if (!data.count) {
    return (
      <Box h={300}>
        <Empty icon={<IconRosette size={26} stroke={1.6} />} title={t("quality.empty")}>
          {t("quality.emptyHint")}
        </Empty>
      </Box>
    );
  }
  return (
    <Stack gap="lg" data-testid="quality-mine">
      <Head summary={data} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Part title={t("quality.criteria")}>
          <Criteria criteria={data.criteria} />
        </Part>
        <Part title={t("quality.rules")}>
          <Rules rules={data.rules} chosen={rule} onChoose={(next) => setRule(next === rule ? undefined : next)} />
        </Part>
        <Part title={t("quality.best")}>
          <Sentences sentences={data.best} none={t("quality.bestNone")} onScore={onScore} testid="quality-best" />
        </Part>
        <Part title={t("quality.worst")}>
          <Sentences sentences={data.worst} none={t("quality.worstNone")} onScore={onScore} testid="quality-worst" />
        </Part>
      </SimpleGrid>
      <PredictedWeeks predicted={data.predicted} weeks={data.weeks} />
      <Part title={t("quality.conversations")}>
        <Scores wanted={{ agent, rule }} onScore={onScore} onAll={rule ? () => setRule(undefined) : undefined} />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="lg" miw={0} component="section" aria-label={title}>
      <Title order={2} fz="md" fw={600} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Head({ summary }: { summary: QualitySummary }) {
  const t = useT();
  const format = useFormat();
  return (
    <Paper withBorder radius="lg" p="lg">
      <Group gap="xl" align="center">
        <Stack gap={2} flex="1 1 220px">
          <Text fz="sm" c="dimmed">
            {t("quality.mean")}
          </Text>
          <Box data-testid="quality-mean" lh={1.1}>
            <Points value={summary.mean} size="2.4rem" />
          </Box>
          <Change value={summary.change} />
          <Text fz="xs" c="dimmed">
            {t("quality.over", { count: summary.count, n: format.number(summary.count) })}
          </Text>
        </Stack>
        <Box flex="2 1 260px">
          <Weeks weeks={summary.weeks} />
        </Box>
      </Group>
    </Paper>
  );
}

function Criteria({ criteria }: { criteria: QualitySummary["criteria"] }) {
  const { locale } = useWords();
  return (
    <Stack gap={10} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {criteria.map(({ id, names, mean }) => (
        <Box component="li" key={id}>
          <Group justify="space-between" gap={8} wrap="nowrap">
            <Text fz="sm">{criterionName({ id, names }, locale)}</Text>
            <Points value={mean} size="sm" />
          </Group>
          <Box h={6} bdrs="sm" bg="var(--sonnim-line)" mt={3} aria-hidden="true">
            <Box h="100%" bdrs="sm" w={`${mean ?? 0}%`} bg="var(--sonnim-accent)" />
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

interface RulesProps {
  rules: QualitySummary["rules"];
  chosen: string | undefined;
  onChoose: (rule: string) => void;
}

function Rules({ rules, chosen, onChoose }: RulesProps) {
  const t = useT();
  const format = useFormat();
  const words = useRuleWords();
  if (!rules.length) {
    return (
      <Text fz="sm" c="dimmed">
        {t("quality.rulesNone")}
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      {rules.map(({ rule, count }) => (
        <UnstyledButton
          key={rule}
          onClick={() => onChoose(rule)}
          aria-pressed={rule === chosen}
          bg={rule === chosen ? "var(--mantine-primary-color-light)" : undefined}
          bdrs="sm"
          px={8}
          mx={-8}
          py={5}
          data-testid={`quality-rule-${rule}`}
        >
          <Group justify="space-between" gap={8} wrap="nowrap">
            <Text fz="sm">{nameOf(words, rule)}</Text>
            <Text fz="sm" fw={600} style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
              {t("quality.times", { count, n: format.number(count) })}
            </Text>
          </Group>
        </UnstyledButton>
      ))}
    </Stack>
  );
}
