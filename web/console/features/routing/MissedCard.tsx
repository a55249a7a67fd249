/** The desk has set me away, because I let too much pass me by. */

import { Button, Group, Paper, Text } from "@mantine/core";
import { useT } from "../../app/i18n";
import { useMyState } from "./useMyState";

export default function MissedCard() {
  const t = useT();
  const { change } = useMyState();
  return (
    <Paper withBorder shadow="lg" radius="lg" p="md" role="status" data-testid="set-away">
      <Text fw={650}>{t("offer.awayTitle")}</Text>
      <Text fz="sm" mt={4}>
        {t("offer.awayText")}
      </Text>
      <Group mt="sm" justify="flex-end">
        <Button size="compact-md" onClick={() => change("online")} data-testid="set-away-back">
          {t("me.comeBack")}
        </Button>
      </Group>
    </Paper>
  );
}
