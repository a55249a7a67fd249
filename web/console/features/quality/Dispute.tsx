/** An agent's word against a score, once; and what came of it. */

import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import type { QualityDetail } from "@sonnim/protocol";
import { useState } from "react";
import { api } from "../../app/api";
import { useAgent, useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { useSubmit } from "../../ui/useSubmit";
import { Section } from "./Section";

const LONGEST = 2_000;

interface Props {
  detail: QualityDetail;
  mine: boolean;
  onChanged: () => void;
}

export function Dispute({ detail: { score, dispute }, mine, onChanged }: Props) {
  const t = useT();
  if (dispute) return <Told dispute={dispute} />;
  if (!mine || !score.current) return null;
  return (
    <Section title={t("quality.disagree")}>
      <Form score={score.id} onChanged={onChanged} />
    </Section>
  );
}

function Form({ score, onChanged }: { score: number; onChanged: () => void }) {
  const t = useT();
  const { base } = useDesk();
  const [words, setWords] = useState("");
  const form = useSubmit(async () => {
    await api.post(`${base}/quality/score/${score}/dispute`, { words: words.trim() });
    toastDone(t("quality.disputed"));
    onChanged();
  });
  return (
    <form onSubmit={form.onSubmit}>
      <Stack gap="sm">
        <Textarea
          label={t("quality.disputeWords")}
          description={t("quality.disputeHint")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={LONGEST}
          autosize
          minRows={2}
          dir="auto"
          data-testid="dispute-words"
        />
        {form.wrong && (
          <Alert color="red" role="alert">
            {form.wrong}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={form.busy} disabled={!words.trim()} data-testid="dispute-send">
            {t("quality.disputeSend")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Told({ dispute }: { dispute: NonNullable<QualityDetail["dispute"]> }) {
  const t = useT();
  const format = useFormat();
  const answered = useAgent(dispute.answered_by_id);
  return (
    <Section title={t(`quality.dispute.${dispute.outcome}`)}>
      <Stack gap={6} data-testid="quality-dispute" data-outcome={dispute.outcome}>
        <Text fz="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {dispute.words}
        </Text>
        {dispute.outcome === "open" ? (
          <Text fz="xs" c="dimmed">
            {t("quality.disputeWaits", { time: format.stamp(dispute.at) })}
          </Text>
        ) : (
          <>
            <Text fz="xs" c="dimmed">
              {`${answered?.name ?? t("coach.former")} · ${format.stamp(dispute.answered_at ?? dispute.at)}`}
            </Text>
            <Text fz="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {dispute.reason}
            </Text>
          </>
        )}
      </Stack>
    </Section>
  );
}
