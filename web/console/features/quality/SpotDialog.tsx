/** Putting a settled conversation on the reviewers' list, with a word for whoever looks at it; and saying what is there already. */

import { Alert, Anchor, Button, Group, Modal, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import type { QualityDetail, QualityScore } from "@sonnim/protocol";
import { useState } from "react";
import { Link } from "wouter";
import { api, ApiError } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, errorText, toastDone, toastUndo } from "../../ui/toast";
import { useSubmit } from "../../ui/useSubmit";
import { useResource } from "../settings/resource";

const LONGEST = 500;
interface Answer {
  items: QualityDetail[];
}
interface Props {
  conversation: number;
  /** Only this agent's part; everybody's without one. */
  agent?: number;
  onClose: () => void;
}

export default function SpotDialog({ conversation, agent, onClose }: Props) {
  const { t } = useWords();
  const { data, failed, reload } = useResource<Answer>(`/quality/scores/${conversation}`);
  const scores = data?.items.map(({ score }) => score).filter(({ agent_id }) => agent === undefined || agent_id === agent);
  return (
    <Modal opened onClose={onClose} title={t("spot.of", { id: conversation })} size={480} closeButtonProps={{ "aria-label": t("common.close") }}>
      {scores ? <Asking conversation={conversation} scores={scores} onClose={onClose} /> : failed ? <Failed onRetry={reload} /> : <RowSkeletons count={2} />}
    </Modal>
  );
}

function Asking({ conversation, scores, onClose }: Props & { scores: readonly QualityScore[] }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const agents = useDeskState((state) => state.tables.agents);
  const [whose, setWhose] = useState("");
  const [note, setNote] = useState("");
  const nameOf = (id: number) => agents[id]?.name ?? t("coach.former");
  const free = scores.filter(({ listed }) => !listed);
  const there = scores.filter(({ listed }) => listed);
  const takeBack = async (added: readonly QualityScore[]) => {
    for (const { id } of added) await api.delete(`${base}/quality/queue/${id}`);
    toastDone(t("spot.undone"));
  };
  const form = useSubmit(async () => {
    const wanted = whose ? Number(whose) : free.length === 1 ? free[0]?.agent_id : undefined;
    const { items } = await api.post<Answer>(`${base}/quality/queue`, { conversation_id: conversation, note: note.trim(), ...(wanted !== undefined && { agent_id: wanted }) });
    const added = items.map(({ score }) => score).filter(({ id, listed }) => listed === "spot" && !there.some((each) => each.id === id));
    onClose();
    const [other] = items;
    // Somebody else was quicker.
    if (!added.length) return void (other && toastDone(t("spot.there", { name: nameOf(other.score.agent_id), why: t(`quality.why.${other.score.listed ?? "spot"}`) })));
    toastUndo(words, t("spot.done"), () => void attempt(words, () => takeBack(added)));
  }, explain);
  if (!free.length && there.length) return <Already scores={there} nameOf={nameOf} onClose={onClose} />;
  return (
    <form onSubmit={form.onSubmit} data-testid="spot">
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t("spot.text")}
        </Text>
        {there.length > 0 && <There scores={there} nameOf={nameOf} />}
        {free.length > 1 && (
          <NativeSelect
            label={t("spot.whose")}
            data={[{ value: "", label: t("spot.everybody") }, ...free.map(({ agent_id: id }) => ({ value: String(id), label: nameOf(id) }))]}
            value={whose}
            onChange={(event) => setWhose(event.currentTarget.value)}
            data-testid="spot-whose"
          />
        )}
        <Textarea
          label={t("spot.note")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={LONGEST}
          autosize
          minRows={2}
          dir="auto"
          data-autofocus
          data-testid="spot-note"
        />
        {form.wrong && (
          <Alert color="red" role="alert" data-testid="spot-wrong">
            {form.wrong}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={form.busy} data-testid="spot-act">
            {t("spot.act")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const explain: Parameters<typeof useSubmit>[1] = (words, error) =>
  error instanceof ApiError && error.status === 409 ? words.t("spot.notSettled") : errorText(words, error);

interface ThereProps {
  scores: readonly QualityScore[];
  nameOf: (agent: number) => string;
}

function There({ scores, nameOf }: ThereProps) {
  const { t } = useWords();
  return (
    <Stack gap={4} data-testid="spot-there">
      {scores.map(({ id, agent_id, listed, reviews }) => (
        <Text key={id} fz="sm">
          {reviews ? t("spot.reviewed", { name: nameOf(agent_id) }) : t("spot.there", { name: nameOf(agent_id), why: t(`quality.why.${listed ?? "spot"}`) })}
        </Text>
      ))}
    </Stack>
  );
}

function Already({ onClose, ...there }: ThereProps & { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Stack gap="md">
      <There {...there} />
      <Anchor component={Link} to="/quality?tab=review" fz="sm" onClick={onClose}>
        {t("spot.see")}
      </Anchor>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("common.close")}</Button>
      </Group>
    </Stack>
  );
}
