/** The rules that I have dismissed so often that they keep silent for me, and the way back. */

import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { CoachRule } from "@sonnim/protocol";
import { IconEar } from "@tabler/icons-react";
import { useDeskState } from "../../../app/desk/context";
import { useT } from "../../../app/i18n";
import { Empty } from "../../../ui/States";
import { nameOf } from "./rules";
import { useRuleWords } from "./words";

interface Props {
  rules: readonly CoachRule[];
  /** Say so, too, when there is none. */
  always: boolean;
  onHear: (rule: CoachRule, agentId: number) => void;
}

export function QuietForMe({ rules, always, onHear }: Props) {
  const t = useT();
  const words = useRuleWords();
  const me = useDeskState((state) => state.agentId);
  const mine = rules.filter(({ quiet_agents }) => quiet_agents.includes(me));
  if (!mine.length) {
    if (!always) return null;
    return (
      <Empty icon={<IconEar size={26} stroke={1.6} />} title={t("coach.mineNone")}>
        {t("coach.mineNoneHint")}
      </Empty>
    );
  }
  return (
    <Stack gap="xs" data-testid="coach-mine">
      <Title order={2} fz="md">
        {t("coach.mine")}
      </Title>
      <Text fz="sm" c="dimmed">
        {t("coach.mineHint")}
      </Text>
      {mine.map((rule) => {
        const name = nameOf(words, rule.rule);
        return (
          <Paper key={rule.rule} withBorder radius="md" px="md" py={8} data-testid="coach-quiet" data-rule={rule.rule}>
            <Group justify="space-between" gap="sm">
              <Stack gap={0} miw={0} flex="1 1 220px">
                <Text fw={550}>{name}</Text>
                <Text fz="sm" c="dimmed">
                  {words[rule.rule]?.about}
                </Text>
              </Stack>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => onHear(rule, me)}
                aria-label={t("coach.of", { name, what: t("coach.hearAgain") })}
                data-testid="hear-again"
              >
                {t("coach.hearAgain")}
              </Button>
            </Group>
          </Paper>
        );
      })}
    </Stack>
  );
}
