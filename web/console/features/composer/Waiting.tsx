/** Above the field: what was just sent and can be taken back, and what waits to be sent. */

import { ActionIcon, Button, Group, Menu, Paper, Stack, Text } from "@mantine/core";
import type { Conversation, Scheduled } from "@sonnim/protocol";
import { IconAlertTriangle, IconArrowBackUp, IconCalendarClock, IconDots, IconPencil, IconSend2, IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { serverNow } from "../../app/api";
import { useNow } from "../../app/clock";
import { keyOf, useCommand } from "../../app/commands";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";
import { PickMoment } from "../../ui/PickMoment";
import { TAKE_BACK_MS, useLastSent, waitingIn, type Sending, type Sent } from "./useSending";
import type { Content } from "./content";

interface Props {
  conversation: Conversation;
  sending: Sending;
  restore: (content: Content) => void;
}

export function Waiting({ conversation, sending, restore }: Props) {
  const sent = useLastSent(conversation.id);
  const table = useDeskState((state) => state.tables.scheduled);
  const waiting = useMemo(() => waitingIn(table, conversation.id), [table, conversation.id]);
  const back = (content: Content | null) => content && restore(content);
  if (!sent && !waiting.length) return null;
  return (
    <Stack gap={6} mb={6}>
      {waiting.map((each) =>
        each.held && each.state === "due" ? (
          <Held key={each.id} held={each} sending={sending} onBack={back} />
        ) : (
          <Later key={each.id} later={each} sending={sending} onBack={back} />
        ),
      )}
      {sent && <JustSent key={sent.seq} sent={sent} onTakeBack={() => void sending.takeBack(sent).then(back)} />}
    </Stack>
  );
}

interface RowProps {
  onBack: (content: Content | null) => void;
  sending: Sending;
}

function useSecondsLeft(until: number): number {
  useNow();
  return Math.ceil((until - serverNow()) / 1000);
}

function JustSent({ sent, onTakeBack }: { sent: Sent; onTakeBack: () => void }) {
  const { t } = useWords();
  const left = useSecondsLeft(sent.at + TAKE_BACK_MS);
  useCommand("takeBack", onTakeBack, left > 0);
  if (left <= 0) return null;
  return (
    <Group gap={8} px={10} justify="flex-end" wrap="nowrap" data-testid="just-sent">
      <Text fz="xs" c="dimmed">
        {t(sent.content.kind === "note" ? "takeBack.noted" : "takeBack.sent")}
      </Text>
      <TakeBack label={t("takeBack.action")} left={left} onClick={onTakeBack} testid="take-back" />
    </Group>
  );
}

function TakeBack({ label, left, onClick, testid }: { label: string; left: number; onClick: () => void; testid: string }) {
  const key = keyOf("takeBack");
  return (
    <Button
      size="compact-xs"
      variant="light"
      leftSection={<IconArrowBackUp size={14} />}
      rightSection={key ? <Keys keys={key} /> : undefined}
      onClick={onClick}
      data-testid={testid}
      style={{ flexShrink: 0, fontVariantNumeric: "tabular-nums" }}
    >
      {label} ({left})
    </Button>
  );
}

function Held({ held, sending, onBack }: RowProps & { held: Scheduled }) {
  const { t } = useWords();
  const left = useSecondsLeft(Date.parse(held.due_at));
  const [gone, setGone] = useState(false);
  const undo = () => {
    setGone(true);
    void sending.withdraw(held).then((content) => {
      if (!content) setGone(false);
      onBack(content);
    });
  };
  useCommand("takeBack", undo, left > 0 && !gone);
  return (
    <Paper withBorder radius="md" px={10} py={6} data-testid="held">
      <Group gap={8} wrap="nowrap">
        <Text fz="sm" flex={1} truncate>
          {preview(held)}
        </Text>
        <Text fz="xs" c="dimmed" style={{ flexShrink: 0, fontVariantNumeric: "tabular-nums" }}>
          {left > 0 ? t("held.leaves", { count: left }) : t("held.leaving")}
        </Text>
        <Button size="compact-xs" variant="default" disabled={gone} onClick={() => void sending.sendNow(held)} data-testid="held-now">
          {t("later.now")}
        </Button>
        <TakeBack label={t("common.undo")} left={Math.max(0, left)} onClick={undo} testid="held-undo" />
      </Group>
    </Paper>
  );
}

function Later({ later, sending, onBack }: RowProps & { later: Scheduled }) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const zone = useDeskState((state) => state.shop.timezone);
  const [picking, setPicking] = useState(false);
  const failed = later.state === "failed";
  const when = format.moment(Date.parse(later.due_at), zone);
  return (
    <Paper withBorder radius="md" px={10} py={4} data-testid="scheduled">
      <Group gap={8} wrap="nowrap">
        {failed ? <IconAlertTriangle size={16} color="var(--mantine-color-error)" /> : <IconCalendarClock size={16} />}
        <Text fz="xs" fw={600} c={failed ? "var(--mantine-color-error)" : undefined} style={{ flexShrink: 0 }}>
          {failed ? words.lookup(`error.${later.error}`, "error.unknown") : when}
        </Text>
        <Text fz="sm" c="dimmed" flex={1} truncate>
          {preview(later)}
        </Text>
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t("later.actions", { time: when })} data-testid="scheduled-menu">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSend2 size={16} />} onClick={() => void sending.sendNow(later)} data-testid="scheduled-now">
              {t("later.now")}
            </Menu.Item>
            <Menu.Item leftSection={<IconCalendarClock size={16} />} onClick={() => setPicking(true)} data-testid="scheduled-move">
              {t("later.move")}
            </Menu.Item>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => void sending.withdraw(later).then(onBack)} data-testid="scheduled-edit">
              {t("later.edit")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void sending.withdraw(later)} data-testid="scheduled-cancel">
              {t("later.cancel")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {picking && (
        <PickMoment
          title={t("later.pickTitle")}
          action={t("later.move")}
          onClose={() => setPicking(false)}
          onPick={(at) => void sending.reschedule(later, at)}
        />
      )}
    </Paper>
  );
}

function preview({ text, attachments }: Scheduled): string {
  return text.replaceAll("\n", " ") || attachments.map((file) => file.name).join(", ");
}
