/** What was conceded in the newest month, by agent and kind. */

import { Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import type { Conceded, LedgerSum } from "@sonnim/protocol";
import { useWords } from "../../app/i18n";
import { sumText } from "../ladder/words";

interface Props {
  sums: LedgerSum[];
  nameOf: (id: number | null) => string;
}

export function LedgerSums({ sums, nameOf }: Props) {
  const words = useWords();
  const { t, lookup, tag } = words;
  const month = sums[0]?.month;
  if (!month) return null;
  const named = new Intl.DateTimeFormat(tag, { year: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${month}-15T00:00:00Z`));
  return (
    <Stack gap={6} data-testid="ledger-sums">
      <Text fw={600}>{named}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing={8}>
        {sums
          .filter((each) => each.month === month)
          .map((each) => (
            <Paper key={`${each.agent_id} ${each.kind} ${each.measure} ${each.currency}`} withBorder p="xs" radius="md">
              <Text fz="xs" c="dimmed">
                {nameOf(each.agent_id)} · {lookup(`plan.kind.${each.kind}`, "plan.kind.other")}
              </Text>
              <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
                {each.measure === "percent" ? t("ledger.times", { count: each.count }) : sumText(words, { ...each, measure: each.measure as Conceded["measure"] })}
              </Text>
            </Paper>
          ))}
      </SimpleGrid>
    </Stack>
  );
}
