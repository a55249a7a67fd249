/** Deciding about a concession: grant it, grant less, or refuse with a reason. */

import { Button, Group, NumberInput, Stack, Text, Textarea } from "@mantine/core";
import type { Question } from "@sonnim/protocol";
import { useState } from "react";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastDone } from "../../ui/toast";
import { decide, isSum, type Decision } from "./ladder";

export default function Decide({ question }: { question: Question }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const [text, setText] = useState("");
  const [less, setLess] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { matter, id } = question;
  if (!matter) return null;
  const act = (decision: Decision) => {
    setBusy(true);
    void attempt(words, () => decide(desk, id, decision)).then((done) => {
      setBusy(false);
      if (done) toastDone(t("done.answered"));
    });
  };
  const fewer = less !== null && isSum(less) && Number(less) < Number(matter.value);
  return (
    <Stack gap={8} data-testid="decide">
      <Textarea
        aria-label={t("ladder.word")}
        placeholder={t("ladder.word")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        dir="auto"
        data-testid="decide-text"
      />
      {less !== null && (
        <NumberInput
          size="xs"
          w={200}
          label={t("ladder.howMuch")}
          suffix={matter.measure === "percent" ? " %" : matter.currency ? ` ${matter.currency}` : ""}
          value={less}
          onChange={(next) => setLess(String(next))}
          min={0}
          decimalScale={matter.measure === "count" ? 0 : 4}
          thousandSeparator=","
          data-autofocus
          data-testid="decide-value"
        />
      )}
      <Group gap={6}>
        {less === null ? (
          <>
            <Button size="compact-sm" loading={busy} onClick={() => act({ decision: "grant", text })} data-testid="decide-grant">
              {t("ladder.grant")}
            </Button>
            <Button size="compact-sm" variant="light" disabled={busy} onClick={() => setLess("")} data-testid="decide-less">
              {t("ladder.less")}
            </Button>
          </>
        ) : (
          <>
            <Button size="compact-sm" loading={busy} disabled={!fewer} onClick={() => act({ decision: "less", value: less, text })} data-testid="decide-grant-less">
              {t("ladder.grantLess")}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLess(null)}>
              {t("common.cancel")}
            </Button>
          </>
        )}
        <Button size="compact-sm" variant="default" disabled={busy || !text.trim()} onClick={() => act({ decision: "refuse", text })} data-testid="decide-refuse">
          {t("ladder.refuse")}
        </Button>
        {!text.trim() && (
          <Text fz="xs" c="dimmed">
            {t("ladder.refuseHint")}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
