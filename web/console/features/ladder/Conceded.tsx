/** What was conceded in this conversation, and to this shopper of late; whoever did can take it back. */

import { Button, Group, Stack, Text } from "@mantine/core";
import type { Conceded as Line } from "@sonnim/protocol";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { takeBack } from "./ladder";
import { concessionText } from "./words";

export function Conceded({ conceded, onChange }: { conceded: Line[]; onChange: () => void }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const format = useFormat();
  const me = useDeskState((state) => state.tables.agents[state.agentId]);
  if (!conceded.length) return null;
  return (
    <Stack gap={4} data-testid="conceded">
      <Text fz="sm" fw={600}>
        {t("ladder.conceded")}
      </Text>
      {conceded.map((line) => (
        <Group key={line.id} justify="space-between" gap={8} wrap="nowrap">
          <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
            {concessionText(words, line)}{" "}
            <Text span fz="xs" c="dimmed" title={format.full(line.at)}>
              {format.stamp(line.at)}
            </Text>
          </Text>
          {me && (line.agent_id === me.id || me.role !== "agent") && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              style={{ flexShrink: 0 }}
              onClick={() => void attempt(words, () => takeBack(desk, line.id)).then((done) => done && onChange())}
              data-testid={`take-back-${line.id}`}
            >
              {t("ladder.takeBack")}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}
