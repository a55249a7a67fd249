/** What waits for a reviewer, and what was disputed; both open the score. */

import { Box, Button, Center, Divider, Stack, Text, UnstyledButton } from "@mantine/core";
import type { QualityDispute, QualityListed } from "@sonnim/protocol";
import { IconListCheck, IconMessageQuestion } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import { useAgent } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { Row } from "./Scores";
import { usePages } from "./useQuality";

interface Props {
  onScore: (id: number) => void;
}

export function ToReview({ onScore }: Props) {
  const t = useT();
  const found = usePages<QualityListed>("/quality/queue?state=open");
  const sorted = found.items && [...found.items].sort((a, b) => Number(b.why === "critical") - Number(a.why === "critical"));
  return (
    <Pages found={{ ...found, items: sorted }} icon={<IconListCheck size={26} stroke={1.6} />} title={t("quality.reviewNone")} hint={t("quality.reviewNoneHint")} testid="quality-queue">
      {(each) => <Row score={each.score} named note={[t(`quality.why.${each.why}`), each.note].filter(Boolean).join(" · ")} onOpen={() => onScore(each.score.id)} />}
    </Pages>
  );
}

export function Disputes({ onScore }: Props) {
  const t = useT();
  const found = usePages<QualityDispute>("/quality/disputes?state=open");
  return (
    <Pages found={found} icon={<IconMessageQuestion size={26} stroke={1.6} />} title={t("quality.disputeNone")} hint={t("quality.disputeNoneHint")} testid="quality-disputes">
      {(each) => <Disputed dispute={each} onOpen={() => onScore(each.score_id)} />}
    </Pages>
  );
}

function Disputed({ dispute, onOpen }: { dispute: QualityDispute; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const agent = useAgent(dispute.agent_id);
  return (
    <UnstyledButton onClick={onOpen} py={10} data-testid="quality-disputed">
      <Text fz="sm" fw={600}>
        {agent?.name ?? t("coach.former")}
        <Text span fz="xs" c="dimmed" fw={400}>{` · ${t("quality.conversation", { id: dispute.conversation_id })} · ${format.stamp(dispute.at)}`}</Text>
      </Text>
      <Text fz="sm" dir="auto" lineClamp={3} style={{ overflowWrap: "anywhere" }}>
        {dispute.words}
      </Text>
    </UnstyledButton>
  );
}

interface PagesProps<T> {
  found: { items: readonly T[] | null; next: string | null; failed: boolean; reload: () => void; more: () => void; busy: boolean };
  icon: ReactNode;
  title: string;
  hint: string;
  testid: string;
  children: (item: T) => ReactNode;
}

function Pages<T extends { id: number }>({ found, icon, title, hint, testid, children }: PagesProps<T>) {
  const t = useT();
  if (!found.items) return found.failed ? <Failed onRetry={found.reload} /> : <RowSkeletons count={3} />;
  if (!found.items.length) {
    return (
      <Box h={300}>
        <Empty icon={icon} title={title}>
          {hint}
        </Empty>
      </Box>
    );
  }
  return (
    <Stack gap={0} data-testid={testid}>
      {found.items.map((each, n) => (
        <Fragment key={each.id}>
          {n > 0 && <Divider color="var(--sonnim-line)" />}
          {children(each)}
        </Fragment>
      ))}
      {found.next && (
        <Center mt="sm">
          <Button variant="light" loading={found.busy} onClick={found.more}>
            {t("audit.more")}
          </Button>
        </Center>
      )}
    </Stack>
  );
}
