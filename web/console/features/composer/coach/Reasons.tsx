/** Why a remark is dismissed: one press, or a few words. */

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../../app/i18n";
import { REASONS, type Reason } from "./server";

const MAX_WORDS = 500;

export function Reasons({ onChoose }: { onChoose: (reason: Reason, words: string) => void }) {
  const t = useT();
  const [other, setOther] = useState(false);
  const [words, setWords] = useState("");
  const first = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => (other ? field.current : first.current)?.focus(), [other]);
  return (
    <Stack gap={6} ps={25} role="group" aria-label={t("remark.why")} data-testid="remark-reasons">
      <Text fz="xs" c="dimmed">
        {t("remark.why")}
      </Text>
      {other ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onChoose("other", words.trim());
          }}
        >
          <Group gap={6} wrap="nowrap">
            <TextInput
              ref={field}
              size="xs"
              flex={1}
              value={words}
              maxLength={MAX_WORDS}
              onChange={(event) => setWords(event.currentTarget.value)}
              placeholder={t("remark.otherWords")}
              aria-label={t("remark.otherWords")}
              data-testid="reason-words"
            />
            <Button size="xs" type="submit" variant="light" data-testid="reason-done">
              {t("remark.dismiss")}
            </Button>
          </Group>
        </form>
      ) : (
        <Group gap={6}>
          {REASONS.map((reason, n) => (
            <Button
              key={reason}
              ref={n ? undefined : first}
              size="compact-sm"
              variant="default"
              onClick={() => (reason === "other" ? setOther(true) : onChoose(reason, ""))}
              data-testid={`reason-${reason}`}
            >
              {t(`remark.reason.${reason}`)}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}
