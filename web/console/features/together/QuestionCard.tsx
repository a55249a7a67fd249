/** A question that is still open: who asks whom, by when; whoever may decide answers right here. */

import { Badge, Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import type { Question } from "@sonnim/protocol";
import { IconGavel } from "@tabler/icons-react";
import { lazy, Suspense, useState, type KeyboardEvent } from "react";
import { useNow } from "../../app/clock";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { attempt, toastDone } from "../../ui/toast";
import { matterText } from "../ladder/words";
import { answerQuestion, withdrawQuestion } from "./actions";
import { mayAnswer } from "./deciding";

const Decide = lazy(() => import("../ladder/Decide"));

export function QuestionCard({ question }: { question: Question }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const me = useDeskState((state) => state.tables.agents[state.agentId]);
  const asker = useAgent(question.asked_by_id);
  const [busy, setBusy] = useState(false);
  if (!me) return null;
  const decides = mayAnswer(question, me) && question.asked_by_id !== me.id;
  const withdraws = question.asked_by_id === me.id || me.role !== "agent";
  const act = (action: () => Promise<unknown>, said: string) => {
    setBusy(true);
    void attempt(words, action).then((done) => {
      setBusy(false);
      if (done) toastDone(said);
    });
  };
  return (
    <Paper withBorder p="sm" radius="md" data-testid="question" data-question={question.id}>
      <Stack gap={8}>
        <Group justify="space-between" gap={8} wrap="nowrap">
          <Group gap={6} wrap="nowrap" miw={0} c="dimmed">
            <IconGavel size={15} aria-hidden="true" style={{ flexShrink: 0 }} />
            <Text fz="xs" truncate>
              {t("question.asked", { who: asker ? t("person", { name: asker.name }) : t("event.someone") })} · <To question={question} />
            </Text>
          </Group>
          <Due question={question} />
        </Group>
        <Text fz="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {question.text || t("question.erased")}
        </Text>
        {question.matter && (
          <Text fz="sm" fw={600} data-testid="matter">
            {matterText(words, question.matter)}
          </Text>
        )}
        {question.handed_at && (
          <Text fz="xs" c="dimmed">
            {t("ladder.handed")}
          </Text>
        )}
        {decides && question.matter && (
          <Suspense>
            <Decide question={question} />
          </Suspense>
        )}
        {decides && !question.matter && <Answer question={question} busy={busy} onAnswer={(text) => act(() => answerQuestion(desk, question.id, text), t("done.answered"))} />}
        {withdraws && !decides && (
          <Group justify="flex-end">
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              loading={busy}
              onClick={() => act(() => withdrawQuestion(desk, question.id), t("done.withdrawn"))}
              data-testid="withdraw"
            >
              {t("question.withdraw")}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function To({ question }: { question: Question }) {
  const { t, lookup } = useWords();
  const agent = useAgent(question.to_agent_id);
  const role = lookup(`question.role.${question.to_role ?? ""}`, "event.someone");
  const who = question.to_agent_id === null ? role : agent ? t("person", { name: agent.name }) : t("event.someone");
  return <>{t("question.to", { who })}</>;
}

/** A deadline is a wait: what is late turns warm. */
function Due({ question: { due_at, overdue } }: { question: Question }) {
  const { t } = useWords();
  const format = useFormat();
  const now = useNow(30);
  if (!due_at) return null;
  if (overdue || Date.parse(due_at) <= now) {
    return (
      <Badge size="sm" color="persimmon" title={format.full(due_at)} style={{ flexShrink: 0 }} data-testid="overdue">
        {t("question.overdue")}
      </Badge>
    );
  }
  return (
    <Text fz="xs" c="dimmed" title={format.full(due_at)} style={{ whiteSpace: "nowrap" }}>
      {t("question.due", { time: format.stamp(due_at) })}
    </Text>
  );
}

interface AnswerProps {
  question: Question;
  busy: boolean;
  onAnswer: (text: string) => void;
}

function Answer({ question, busy, onAnswer }: AnswerProps) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const ready = text.trim() !== "";
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && ready) onAnswer(text);
  };
  return (
    <>
      <Textarea
        aria-label={t("question.answerHint")}
        placeholder={t("question.answerHint")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        dir="auto"
        data-testid={`answer-${question.id}`}
      />
      <Group justify="space-between" gap={6}>
        <Group gap={6}>
          <Button size="compact-sm" variant="light" disabled={busy} onClick={() => onAnswer(t("question.yes"))} data-testid="answer-yes">
            {t("question.yes")}
          </Button>
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => onAnswer(t("question.no"))} data-testid="answer-no">
            {t("question.no")}
          </Button>
        </Group>
        <Button size="compact-sm" disabled={!ready} loading={busy} onClick={() => onAnswer(text)} data-testid="answer-send">
          {t("question.answer")}
        </Button>
      </Group>
    </>
  );
}
