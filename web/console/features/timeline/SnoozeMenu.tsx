/** Out of sight until later, in the shop's time. */

import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconCalendarTime, IconClockPause, IconClockPlay } from "@tabler/icons-react";
import { useState } from "react";
import { serverNow } from "../../app/api";
import { momentOf, snoozeChoices, wallTime } from "../../app/clock";
import { reopen, snooze } from "../../app/desk/actions";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { attempt, toastUndo } from "../../ui/toast";
import { keyOf, useCommand } from "../inbox/keys";

export function SnoozeMenu({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t, tag } = words;
  const desk = useDesk();
  const format = useFormat();
  const zone = useDeskState((state) => state.shop.timezone);
  const may = useMay("conversation.resolve");
  const [open, setOpen] = useState(false);
  const [picking, setPicking] = useState(false);
  useCommand("snooze", () => may && setOpen(true));
  if (!may) return null;

  const until = (at: number) => {
    void attempt(words, () => snooze(desk, conversation.id, at)).then((done) => {
      if (!done) return;
      const text = t("done.snoozed", { time: format.moment(at, zone) });
      toastUndo(words, text, () => void attempt(words, () => reopen(desk, conversation.id)));
    });
  };
  const brief = new Intl.DateTimeFormat(tag, { weekday: "short", hour: "numeric", minute: "2-digit", timeZone: zone });
  return (
    <>
      <Menu opened={open} onChange={setOpen} width={250} position="bottom-end">
        <KeyTip label={t("action.snooze")} keys={keyOf("snooze")}>
          <Menu.Target>
            <ActionIcon
              variant={phone ? "subtle" : "default"}
              size={phone ? 40 : "lg"}
              aria-label={t("action.snooze")}
              data-testid="snooze"
            >
              <IconClockPause size={18} />
            </ActionIcon>
          </Menu.Target>
        </KeyTip>
        <Menu.Dropdown>
          {conversation.status === "snoozed" && (
            <Menu.Item
              leftSection={<IconClockPlay size={17} />}
              onClick={() => void attempt(words, () => reopen(desk, conversation.id))}
              data-testid="unsnooze"
            >
              {t("snooze.wake")}
            </Menu.Item>
          )}
          <Menu.Label>{t("snooze.until", { zone })}</Menu.Label>
          {open &&
            snoozeChoices(zone, serverNow()).map(({ choice, at }) => (
              <Menu.Item
                key={choice}
                onClick={() => until(at)}
                rightSection={
                  <Text fz="xs" c="dimmed">
                    {brief.format(at)}
                  </Text>
                }
                data-testid={`snooze-${choice}`}
              >
                {t(`snooze.${choice}`)}
              </Menu.Item>
            ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconCalendarTime size={17} />} onClick={() => setPicking(true)} data-testid="snooze-pick">
            {t("snooze.pick")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {picking && <Picker zone={zone} onClose={() => setPicking(false)} onPick={until} />}
    </>
  );
}

interface PickerProps {
  zone: string;
  onClose: () => void;
  onPick: (at: number) => void;
}

const two = (n: number) => String(n).padStart(2, "0");

function Picker({ zone, onClose, onPick }: PickerProps) {
  const { t } = useWords();
  const [initial] = useState(() => {
    const wall = wallTime(zone, serverNow() + 86_400_000);
    return `${wall.year}-${two(wall.month)}-${two(wall.day)}T10:00`;
  });
  const [value, setValue] = useState(initial);
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(value);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match ? match.slice(1).map(Number) : [];
  const at = match ? momentOf(zone, { year, month, day, hour, minute }) : 0;
  const past = at <= serverNow();
  return (
    <Modal opened onClose={onClose} title={t("snooze.pickTitle")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <TextInput
          type="datetime-local"
          label={t("snooze.pickLabel", { zone })}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={past ? t("snooze.past") : undefined}
          data-testid="snooze-time"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            disabled={past}
            onClick={() => {
              onPick(at);
              onClose();
            }}
            data-testid="snooze-confirm"
          >
            {t("action.snooze")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
