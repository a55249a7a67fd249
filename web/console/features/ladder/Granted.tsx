/** What was asked for above the limit: it waits, or it was granted and can be conceded once. */

import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { LadderEntry, Question } from "@sonnim/protocol";
import { useWords } from "../../app/i18n";
import type { Offered, Wanted } from "./ladder";
import { concessionText } from "./words";

interface Props {
  approvals: Question[];
  menu: LadderEntry[];
  order: string;
  onSay: (entry: Offered, wanted: Wanted) => void;
}

export function Granted({ approvals, menu, order, onSay }: Props) {
  const words = useWords();
  const { t } = words;
  if (!approvals.length) return null;
  return (
    <Stack gap={6}>
      {approvals.map((question) => {
        const { matter } = question;
        if (!matter) return null;
        const granted = question.answered_at !== null;
        const what = concessionText(words, { ...matter, value: granted ? matter.granted : matter.value });
        const entry = menu.find((each) => each.id === matter.concession);
        const give = () =>
          entry &&
          onSay(
            { ...entry, step: matter.step },
            {
              concession: matter.concession,
              step: matter.step,
              measure: matter.measure,
              value: matter.granted,
              currency: matter.currency,
              order: matter.order || order.trim(),
              reason: question.text.slice(0, 500),
              sentence: entry.sentence,
              approval_id: question.id,
            },
          );
        return (
          <Paper key={question.id} withBorder p={8} radius="md" data-testid="approval" data-granted={granted || undefined}>
            <Group justify="space-between" gap={8}>
              <Text fz="sm">{t(granted ? "ladder.granted" : "ladder.waiting", { what })}</Text>
              {granted && entry && (
                <Button size="compact-sm" onClick={give} data-autofocus data-testid="approval-give">
                  {t("ladder.say")}
                </Button>
              )}
            </Group>
          </Paper>
        );
      })}
    </Stack>
  );
}
