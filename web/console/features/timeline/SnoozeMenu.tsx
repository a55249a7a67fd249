/** Out of sight until later, in the shop's time. */

import { ActionIcon, Menu, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconCalendarTime, IconClockPause, IconClockPlay } from "@tabler/icons-react";
import { useState } from "react";
import { serverNow } from "../../app/api";
import { snoozeChoices } from "../../app/clock";
import { keyOf, useCommand } from "../../app/commands";
import { reopen, snooze } from "../../app/desk/actions";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { PickMoment } from "../../ui/PickMoment";
import { attempt, toastUndo } from "../../ui/toast";

export function SnoozeMenu({ conversation, phone }: { conversation: Conversation; phone: boolean }) {
  const words = useWords();
  const { t, tag } = words;
  const desk = useDesk();
  const format = useFormat();
  const zone = useDeskState((state) => state.shop.timezone);
  const may = useMay("conversation.resolve");
  const [open, setOpen] = useState(false);
  const [picking, setPicking] = useState(false);
  useCommand("snooze", () => setOpen(true), may);
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
      {picking && (
        <PickMoment
          title={t("snooze.pickTitle")}
          action={t("action.snooze")}
          onClose={() => setPicking(false)}
          onPick={until}
        />
      )}
    </>
  );
}
