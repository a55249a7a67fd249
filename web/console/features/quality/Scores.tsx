/** Conversations with their points, the one settled last first. */

import { ActionIcon, Badge, Box, Button, Center, Divider, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import type { QualityScore } from "@sonnim/protocol";
import { IconPlaylistAdd } from "@tabler/icons-react";
import { Fragment, lazy, Suspense, useState } from "react";
import { useAgent, useContact, useConversation, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { Failed, RowSkeletons } from "../../ui/States";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { Points } from "./Points";
import { scoresPath, type Wanted } from "./scores";
import { usePages } from "./useQuality";

const SpotDialog = lazy(() => import("./SpotDialog"));

interface Props {
  wanted: Wanted;
  /** Whose they are stands beside them. */
  named?: boolean;
  onScore: (id: number) => void;
  onAll?: (() => void) | undefined;
}

export function Scores({ wanted, named = false, onScore, onAll }: Props) {
  const t = useT();
  const words = useRuleWords();
  const reviews = useMay("quality.review");
  const [asked, setAsked] = useState<QualityScore | null>(null);
  const { items, next, failed, reload, more, busy } = usePages<QualityScore>(scoresPath(wanted), wanted.agent);
  return (
    <Stack gap={0} data-testid="quality-scores">
      {wanted.rule && onAll && (
        <Group gap="sm" mb="xs">
          <Text fz="sm">{t("quality.onlyRule", { rule: nameOf(words, wanted.rule) })}</Text>
          <Button variant="light" size="compact-sm" onClick={onAll}>
            {t("quality.all")}
          </Button>
        </Group>
      )}
      {!items && (failed ? <Failed onRetry={reload} /> : <RowSkeletons count={3} />)}
      {items?.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t("quality.noneSuch")}
        </Text>
      )}
      {items?.map((score, n) => (
        <Fragment key={score.id}>
          {n > 0 && <Divider color="var(--sonnim-line)" />}
          <Group gap={4} wrap="nowrap">
            <Row score={score} named={named} onOpen={() => onScore(score.id)} />
            {reviews && <Spot score={score} onAsk={() => setAsked(score)} />}
          </Group>
        </Fragment>
      ))}
      {asked && (
        <Suspense>
          <SpotDialog conversation={asked.conversation_id} agent={asked.agent_id} onClose={() => setAsked(null)} />
        </Suspense>
      )}
      {next && (
        <Center mt="sm">
          <Button variant="light" loading={busy} onClick={more}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

export function Row({ score, named, note = "", onOpen }: { score: QualityScore; named: boolean; note?: string; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const conversation = useConversation(score.conversation_id);
  const contact = useContact(conversation?.contact_id);
  const agent = useAgent(score.agent_id);
  const reviews = useMay("quality.review");
  const title = contact?.name || t("quality.conversation", { id: score.conversation_id });
  return (
    <UnstyledButton onClick={onOpen} py={10} flex={1} miw={0} data-testid="quality-row" data-score={score.id}>
      <Group justify="space-between" gap="md" wrap="nowrap">
        <Stack gap={1} miw={0}>
          <Text fz="sm" fw={600} truncate>
            {title}
            {named && (
              <Text span fz="sm" fw={400} c="dimmed">
                {` · ${agent?.name ?? t("coach.former")}`}
              </Text>
            )}
          </Text>
          <Text fz="xs" c="dimmed">
            {`${format.stamp(score.resolved_at)} · ${t("quality.marks", { count: score.marks, n: format.number(score.marks) })}`}
          </Text>
          {note && (
            <Text fz="xs" dir="auto">
              {note}
            </Text>
          )}
        </Stack>
        <Group gap={8} justify="flex-end" style={{ flexShrink: 0 }}>
          {reviews && !note && score.listed && !score.reviews && (
            <Badge size="sm" color="gray" variant="light" data-testid="score-listed">
              {t("quality.onList")}
            </Badge>
          )}
          <Signs score={score} />
          <Points value={score.points} />
        </Group>
      </Group>
    </UnstyledButton>
  );
}

/** What is on the reviewers' list says so; anything else can be put there. */
function Spot({ score, onAsk }: { score: QualityScore; onAsk: () => void }) {
  const t = useT();
  if (score.listed) return <Box w={28} />;
  return (
    <KeyTip label={t("keys.spotCheck")}>
      <ActionIcon aria-label={t("spot.of", { id: score.conversation_id })} onClick={onAsk} data-testid="score-spot">
        <IconPlaylistAdd size={18} />
      </ActionIcon>
    </KeyTip>
  );
}

export function Signs({ score }: { score: QualityScore }) {
  const t = useT();
  return (
    <>
      {score.critical && (
        <Badge size="sm" color="red" variant="light">
          {t("quality.critical")}
        </Badge>
      )}
      {score.dispute && (
        <Badge size="sm" color="gray" variant="light">
          {t(`quality.dispute.${score.dispute}`)}
        </Badge>
      )}
    </>
  );
}
