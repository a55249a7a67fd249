/** Giving: the reason, the words, how much; within the limit into the answer, above it to whoever decides. */

import { Button, Group, NumberInput, Stack, Text, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useAgent, useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { attempt, toastDone } from "../../ui/toast";
import { askApproval, isSum, isWithin, leftOf, measureOf, type Offered, type Wanted } from "./ladder";
import { saidIn } from "./words";

interface Props {
  conversation: number;
  order: string;
  entry: Offered;
  onSay: (entry: Offered, wanted: Wanted) => void;
  onAsked: () => void;
}

export function Give({ conversation, order, entry, onSay, onAsked }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const { measure, currency } = measureOf(entry);
  const left = leftOf(entry);
  const [value, setValue] = useState(entry.kind === "" || measure === "count" ? "1" : left && Number(left) > 0 ? left : "");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const stands = entry.kind === "";
  const within = stands || isWithin(entry, value || "0");
  const decider = useDecider(entry);
  const why = "reason" in entry ? saidIn(entry.reason, words.locale) : saidIn(entry.conditions, words.locale);
  const wanted: Wanted = {
    concession: stands ? "" : entry.id,
    step: entry.step,
    measure,
    value: value || "0",
    currency,
    order: order.trim(),
    reason: reason.trim() || why.slice(0, 500),
    sentence: entry.sentence,
  };
  const ready = isSum(wanted.value) && (within || reason.trim() !== "");
  const act = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    if (within) return onSay(entry, wanted);
    setBusy(true);
    void attempt(words, () => askApproval(desk, conversation, { ...wanted, reason: reason.trim() })).then((done) => {
      setBusy(false);
      if (!done) return;
      toastDone(t("ladder.asked", { who: decider }));
      onAsked();
    });
  };
  return (
    <form onSubmit={act} data-testid="give">
      <Stack gap={8} pl={30} pt={4} pb={6}>
        {why && (
          <Text fz="xs" c="dimmed">
            {why}
          </Text>
        )}
        {entry.sentence && (
          <Text fz="sm" lang={entry.sentence_locale} data-testid="give-sentence">
            “{entry.sentence}”
          </Text>
        )}
        {!stands && (
          <NumberInput
            size="xs"
            w={170}
            label={t(`ladder.how.${measure}`)}
            suffix={measure === "percent" ? " %" : currency ? ` ${currency}` : ""}
            value={value}
            onChange={(next) => setValue(String(next))}
            min={0}
            decimalScale={measure === "count" ? 0 : 4}
            thousandSeparator=","
            data-testid="give-value"
          />
        )}
        {!within && (
          <Textarea
            size="xs"
            label={t("ladder.reason")}
            placeholder={t("ladder.reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={500}
            dir="auto"
            data-testid="give-reason"
          />
        )}
        <Group gap={8}>
          <Button type="submit" size="compact-sm" disabled={!ready} loading={busy} rightSection={<Keys keys="Enter" />} data-autofocus data-testid="give-act">
            {within ? t("ladder.say") : t("ladder.ask", { who: decider })}
          </Button>
          {!within && entry.decides.minutes !== null && (
            <Text fz="xs" c="dimmed">
              {t("ladder.within", { count: entry.decides.minutes })}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Who decides above the limit, by name or by role. */
function useDecider({ decides: { agent_id, role } }: Offered): string {
  const { t, lookup } = useWords();
  const agent = useAgent(agent_id);
  return agent ? t("person", { name: agent.name }) : lookup(`question.role.${role ?? "owner"}`, "question.role.owner");
}
