/** No, gently: why not, the nearest thing that is possible, and the words for both. */

import { Button, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import type { LadderRefusal } from "@sonnim/protocol";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useState } from "react";
import { useWords } from "../../app/i18n";
import { saidIn } from "./words";

interface Props {
  refusals: LadderRefusal[];
  onSay: (text: string) => void;
}

export function Refusals({ refusals, onSay }: Props) {
  const { t, locale } = useWords();
  const [open, setOpen] = useState("");
  if (!refusals.length) return null;
  return (
    <Stack gap={4} data-testid="refusals">
      <Group gap={6}>
        <IconHeartHandshake size={16} aria-hidden="true" />
        <Text fz="sm" fw={600}>
          {t("ladder.no")}
        </Text>
      </Group>
      {refusals.map((each) => (
        <Paper key={each.id} px={8} py={2} radius="md" bd={open === each.id ? "1px solid var(--sonnim-line)" : "1px solid transparent"}>
          <UnstyledButton
            w="100%"
            py={4}
            fz="sm"
            aria-expanded={open === each.id}
            onClick={() => setOpen(open === each.id ? "" : each.id)}
            data-testid={`refusal-${each.id}`}
          >
            {saidIn(each.title, locale)}
          </UnstyledButton>
          {open === each.id && (
            <Stack gap={6} pb={6}>
              <Text fz="xs" c="dimmed">
                {saidIn(each.reason, locale)}
              </Text>
              <Text fz="xs">{t("ladder.nearest", { what: saidIn(each.nearest, locale) })}</Text>
              {each.sentence && (
                <>
                  <Text fz="sm" lang={each.sentence_locale}>
                    “{each.sentence}”
                  </Text>
                  <Group>
                    <Button size="compact-sm" variant="light" onClick={() => onSay(each.sentence)} data-testid="refusal-say">
                      {t("ladder.say")}
                    </Button>
                  </Group>
                </>
              )}
            </Stack>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
