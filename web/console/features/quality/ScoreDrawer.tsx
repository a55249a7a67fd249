/** One score: its points by criterion, the replies with what is marked in them, reviews, and the dispute. */

import { Alert, Anchor, Badge, Box, Drawer, Group, Stack, Table, Text } from "@mantine/core";
import type { QualityDetail } from "@sonnim/protocol";
import { Link } from "wouter";
import { useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { useIsPhone } from "../../app/viewport";
import { Failed, RowSkeletons } from "../../ui/States";
import { Dispute } from "./Dispute";
import { Judging } from "./Judging";
import { Points } from "./Points";
import { PredictedOne } from "./Predicted";
import { Replies } from "./Replies";
import { Reviews } from "./Reviews";
import { Signs } from "./Scores";
import { criterionName } from "./scorecard";
import { Section } from "./Section";
import { useScore } from "./useScore";

export function ScoreDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useT();
  const phone = useIsPhone();
  const { data, failed, reload } = useScore(id);
  const title = data ? t("quality.conversation", { id: data.score.conversation_id }) : t("quality.score");
  return (
    <Drawer opened onClose={onClose} position="right" size={phone ? "100%" : 560} title={title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Box data-testid="quality-score">
        {data ? <Detail detail={data} onChanged={reload} /> : failed ? <Failed onRetry={reload} /> : <RowSkeletons count={4} />}
      </Box>
    </Drawer>
  );
}

function Detail({ detail, onChanged }: { detail: QualityDetail; onChanged: () => void }) {
  const t = useT();
  const format = useFormat();
  const me = useDeskState((state) => state.agentId);
  const { score } = detail;
  const mine = score.agent_id === me;
  const reviews = useMay("quality.review");
  return (
    <Stack gap="lg" pb="lg">
      <Group gap="md" align="flex-end">
        <Box lh={1.1} data-testid="score-points">
          <Points value={score.points} size="2.4rem" />
        </Box>
        <Stack gap={2} flex={1} miw={160}>
          <Text fz="sm">{t(`quality.by.${score.by}`)}</Text>
          <Text fz="xs" c="dimmed">
            {t("quality.settled", { time: format.stamp(score.resolved_at) })}
          </Text>
        </Stack>
        <Signs score={score} />
      </Group>
      {score.critical && <Alert color="red">{t(score.points ? "quality.criticalSome" : "quality.criticalHint")}</Alert>}
      {!score.current && <Alert color="gray">{t("quality.replaced")}</Alert>}
      <Anchor component={Link} to={`/inbox/all/${score.conversation_id}`} fz="sm">
        {t("coach.open")}
      </Anchor>
      <Criteria detail={detail} />
      {score.predicted && (
        <Section title={t("predicted.titleOne")}>
          <PredictedOne predicted={score.predicted} />
        </Section>
      )}
      <Section title={t("quality.replies")}>
        <Replies detail={detail} />
      </Section>
      {detail.reviews.length > 0 && (
        <Section title={t("quality.reviews")}>
          <Reviews detail={detail} />
        </Section>
      )}
      <Dispute detail={detail} mine={mine} onChanged={onChanged} />
      {reviews && !mine && <Judging detail={detail} onChanged={onChanged} />}
    </Stack>
  );
}

function Criteria({ detail: { score, scorecard } }: { detail: QualityDetail }) {
  const { t, locale } = useWords();
  return (
    <Table fz="sm" verticalSpacing={5} horizontalSpacing={4} aria-label={t("quality.criteria")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("quality.criterion")}</Table.Th>
          <Table.Th ta="right">{t("quality.weight")}</Table.Th>
          <Table.Th ta="right">{t("quality.points")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {scorecard.criteria.map(({ id, names, weight, critical }) => (
          <Table.Tr key={id}>
            <Table.Td>
              {criterionName({ id, names }, locale)}
              {critical && (
                <Badge size="xs" color="gray" variant="light" ml={6}>
                  {t("quality.isCritical")}
                </Badge>
              )}
            </Table.Td>
            <Table.Td ta="right" style={{ fontVariantNumeric: "tabular-nums" }}>
              {weight}
            </Table.Td>
            <Table.Td ta="right">
              <Points value={score.criteria[id] ?? null} size="sm" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
