/** A lead's word on a score: a review by its criteria, or the answer to a dispute. */

import { Alert, Button, Group, NumberInput, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { QualityDetail } from "@sonnim/protocol";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useT, useWords } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { useSubmit } from "../../ui/useSubmit";
import { criterionName } from "./scorecard";
import { Section } from "./Section";

const LONGEST = 2_000;
type Given = Record<string, number | null>;
interface Props {
  detail: QualityDetail;
  onChanged: () => void;
}

export function Judging({ detail, onChanged }: Props) {
  const t = useT();
  const me = useDeskState((state) => state.agentId);
  const mine = detail.reviews.find(({ reviewer_id }) => reviewer_id === me);
  if (detail.dispute?.outcome === "open") {
    return (
      <Section title={t("quality.answer")}>
        <Answer detail={detail} dispute={detail.dispute.id} onChanged={onChanged} />
      </Section>
    );
  }
  if (!detail.score.current || detail.dispute) return null;
  return (
    <Section title={t(mine ? "quality.reviewAgain" : "quality.review")}>
      <Review key={mine?.v ?? 0} detail={detail} mine={mine} onChanged={onChanged} />
    </Section>
  );
}

interface GivenProps {
  detail: QualityDetail;
  given: Given;
  onGiven: (given: Given) => void;
  notes?: Record<string, string>;
  onNotes?: (notes: Record<string, string>) => void;
}

/** An empty field: the criterion does not apply. */
function ByCriterion({ detail, given, onGiven, notes, onNotes }: GivenProps) {
  const { t, locale } = useWords();
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t("quality.emptyIsNone")}
      </Text>
      {detail.scorecard.criteria.map(({ id, names }) => {
        const name = criterionName({ id, names }, locale);
        return (
          <Group key={id} gap="xs" align="flex-end">
            <NumberInput
              label={name}
              flex="1 1 140px"
              min={0}
              max={100}
              decimalScale={1}
              placeholder={t("quality.none")}
              value={given[id] ?? ""}
              onChange={(value) => onGiven({ ...given, [id]: typeof value === "number" ? value : null })}
              data-testid={`judge-${id}`}
            />
            {notes && onNotes && (
              <TextInput
                flex="2 1 200px"
                aria-label={t("quality.noteOn", { name })}
                placeholder={t("quality.note")}
                value={notes[id] ?? ""}
                onChange={(event) => onNotes({ ...notes, [id]: event.currentTarget.value })}
                maxLength={LONGEST}
                dir="auto"
              />
            )}
          </Group>
        );
      })}
    </Stack>
  );
}

function Wrong({ text }: { text: string }) {
  if (!text) return null;
  return (
    <Alert color="red" role="alert">
      {text}
    </Alert>
  );
}

function Review({ detail, mine, onChanged }: Props & { mine: QualityDetail["reviews"][number] | undefined }) {
  const t = useT();
  const { base } = useDesk();
  const [given, setGiven] = useState<Given>(mine?.criteria ?? detail.score.criteria);
  const [notes, setNotes] = useState<Record<string, string>>(mine?.notes ?? {});
  const [words, setWords] = useState(mine?.words ?? "");
  const form = useSubmit(async () => {
    const criteria = Object.fromEntries(detail.scorecard.criteria.map(({ id }) => [id, given[id] ?? null]));
    const said = Object.fromEntries(Object.entries(notes).filter(([, text]) => text.trim()));
    await api.put(`${base}/quality/score/${detail.score.id}/review`, { v: mine?.v ?? 0, criteria, notes: said, words: words.trim() });
    toastDone(t("common.saved"));
    onChanged();
  });
  return (
    <form onSubmit={form.onSubmit} data-testid="quality-review-form">
      <Stack gap="sm">
        <ByCriterion detail={detail} given={given} onGiven={setGiven} notes={notes} onNotes={setNotes} />
        <Textarea label={t("quality.overall")} value={words} onChange={(event) => setWords(event.currentTarget.value)} maxLength={LONGEST} autosize minRows={2} dir="auto" data-testid="review-words" />
        <Wrong text={form.wrong} />
        <Group justify="flex-end">
          <Button type="submit" loading={form.busy} data-testid="review-save">
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Answer({ detail, dispute, onChanged }: Props & { dispute: number }) {
  const t = useT();
  const { base } = useDesk();
  const [decision, setDecision] = useState("uphold");
  const [given, setGiven] = useState<Given>(detail.score.criteria);
  const [reason, setReason] = useState("");
  const was = detail.score.criteria;
  const changed = Object.fromEntries(Object.entries(given).filter(([id, points]) => points !== (was[id] ?? null)));
  const changes = decision === "change";
  const form = useSubmit(async () => {
    await api.post(`${base}/quality/disputes/${dispute}/answer`, { decision, reason: reason.trim(), criteria: changes ? changed : {} });
    toastDone(t("quality.answered"));
    onChanged();
  });
  return (
    <form onSubmit={form.onSubmit} data-testid="quality-answer-form">
      <Stack gap="sm">
        <SegmentedControl
          value={decision}
          onChange={setDecision}
          aria-label={t("quality.answer")}
          data={[
            { value: "uphold", label: t("quality.uphold") },
            { value: "change", label: t("quality.change") },
          ]}
          data-testid="answer-decision"
        />
        {changes && <ByCriterion detail={detail} given={given} onGiven={setGiven} />}
        <Textarea label={t("quality.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={LONGEST} autosize minRows={2} dir="auto" data-testid="answer-reason" />
        <Wrong text={form.wrong} />
        <Group justify="flex-end">
          <Button type="submit" loading={form.busy} disabled={!reason.trim() || (changes && !Object.keys(changed).length)} data-testid="answer-send">
            {t("quality.answerSend")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
