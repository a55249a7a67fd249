/** Why a rule acts: each condition with what it found. */

import { Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useWords } from "../../../app/i18n";
import { sayCondition, type Found, type Vocabulary } from "./rule";

export function Why({ found, vocabulary }: { found: Found[]; vocabulary: Vocabulary }) {
  const words = useWords();
  const label = ({ field, found: value }: Found) =>
    [value].flat().map((each) => vocabulary[field]?.find((choice) => choice.value === String(each))?.label ?? String(each ?? words.t("rule.nobody"))).join(", ");
  return (
    <Stack gap={2}>
      {found.map((each, at) => (
        <Group key={at} gap={6} wrap="nowrap" align="flex-start">
          {each.held ? <IconCheck size={15} aria-label={words.t("rule.held")} /> : <IconX size={15} aria-label={words.t("rule.notHeld")} />}
          <Text fz="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {sayCondition(words, vocabulary, each)} — {words.t("rule.found", { value: label(each) || "–" })}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
