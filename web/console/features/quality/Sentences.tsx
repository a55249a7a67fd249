/** Sentences worth showing, each with the way to its place in the conversation. */

import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import type { QualitySentence } from "@sonnim/protocol";
import { Link } from "wouter";
import { useT } from "../../app/i18n";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";

interface Props {
  sentences: readonly QualitySentence[];
  none: string;
  testid: string;
  onScore: (id: number) => void;
}

export function Sentences({ sentences, none, testid, onScore }: Props) {
  const t = useT();
  const words = useRuleWords();
  if (!sentences.length) {
    return (
      <Text fz="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <Stack gap="md" data-testid={testid}>
      {sentences.map((each) => (
        <Stack key={`${each.entry_id}-${each.start}`} gap={3}>
          <Text component="blockquote" m={0} pl="sm" fz="sm" dir="auto" style={{ borderInlineStart: "3px solid var(--sonnim-line)", overflowWrap: "anywhere" }}>
            {each.piece}
          </Text>
          <Group gap="sm" pl="sm">
            {each.rule && (
              <Text fz="xs" c="dimmed">
                {nameOf(words, each.rule)}
              </Text>
            )}
            <Anchor component={Link} to={`/inbox/all/${each.conversation_id}?at=${each.seq}`} fz="xs" data-testid="sentence-place">
              {t("quality.place")}
            </Anchor>
            <Button variant="transparent" size="compact-xs" px={0} onClick={() => onScore(each.score_id)}>
              {t("quality.score")}
            </Button>
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}
