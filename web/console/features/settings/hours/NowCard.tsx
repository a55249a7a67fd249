/** Open or closed at this moment, until when, and the switch for what no calendar knew. */

import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconDoor, IconDoorOff, IconRotate2 } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { attempt, toastUndo } from "../../../ui/toast";
import type { Calendar } from "./calendar";
import { useStanding } from "./when";

export function NowCard({ calendar, onChange }: { calendar: Calendar; onChange: (now: Calendar) => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [busy, setBusy] = useState(false);
  const standing = useStanding();
  const { now } = calendar;
  const follow = async () => {
    setBusy(true);
    const query = `calendar_id=${calendar.id}`;
    await attempt(words, async () => {
      await api.delete(`${base}/hours/now?${query}`);
      const { items } = await api.get<{ items: Calendar[] }>(`${base}/hours/calendars`);
      const again = items.find((each) => each.id === calendar.id);
      if (again) onChange(again);
    });
    setBusy(false);
  };
  const turn = async (open: boolean, lasting: boolean) => {
    setBusy(true);
    await attempt(words, async () => {
      onChange(await api.post<Calendar>(`${base}/hours/now`, { is_open: open, lasting, calendar_id: calendar.id }));
      toastUndo(words, t(open ? "hours.opened" : "hours.closedNow"), () => void follow());
    });
    setBusy(false);
  };
  const other = !now.is_open;
  const Icon = other ? IconDoor : IconDoorOff;
  return (
    <Paper withBorder radius="lg" p="lg" data-testid="hours-now">
      <Group justify="space-between" gap="md">
        <Stack gap={4}>
          <Group gap="sm">
            <Title order={2} fz="xl" data-testid="hours-standing">
              {t(now.is_open ? "hours.isOpen" : "hours.isClosed")}
            </Title>
            {now.by_hand && (
              <Badge variant="light" color="gray" tt="none">
                {t("hours.byHand")}
              </Badge>
            )}
          </Group>
          <Text c="dimmed" data-testid="hours-next">
            {standing(now, calendar.zone)}
          </Text>
        </Stack>
        {now.by_hand ? (
          <Button variant="default" leftSection={<IconRotate2 size={18} />} loading={busy} onClick={() => void follow()} data-testid="hours-follow">
            {t("hours.follow")}
          </Button>
        ) : (
          <Group gap="sm">
            <Button size="md" leftSection={<Icon size={20} />} loading={busy} onClick={() => void turn(other, false)} data-testid="hours-switch">
              {t(other ? "hours.openNow" : "hours.closeNow")}
            </Button>
            <Button size="md" variant="subtle" disabled={busy} onClick={() => void turn(other, true)} data-testid="hours-switch-lasting">
              {t(other ? "hours.openLasting" : "hours.closeLasting")}
            </Button>
          </Group>
        )}
      </Group>
    </Paper>
  );
}
