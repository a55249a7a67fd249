/** Sending, and what else can be done with it: settle, put to sleep, another time. */

import { ActionIcon, Button, Group, Menu, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconCalendarClock, IconCalendarTime, IconCheck, IconChevronUp, IconClockPause, IconSend2 } from "@tabler/icons-react";
import { useWindowEvent } from "@mantine/hooks";
import { useState } from "react";
import { serverNow } from "../../app/api";
import { snoozeChoices } from "../../app/clock";
import { keyOf } from "../../app/commands";
import { useDeskState, useMay } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { KeyTip, Keys } from "../../ui/KeyTip";
import { PickMoment } from "../../ui/PickMoment";
import { setHolds, useHolds } from "./holding";
import type { Then } from "./useSending";

/** Which list of moments is open. */
export type Opened = "menu" | "snooze" | "later" | null;

interface Props {
  conversation: Conversation;
  note: boolean;
  ready: boolean;
  why: string;
  phone: boolean;
  /** Little room: signs or words, not both. */
  narrow: boolean;
  opened: Opened;
  onOpen: (opened: Opened) => void;
  onSend: (then: Then) => void;
  onLater: (at: number) => void;
}

export function SendMenu({ conversation, note, ready, why, phone, narrow, opened, onOpen, onSend, onLater }: Props) {
  const { t } = useWords();
  const mayResolve = useMay("conversation.resolve");
  const [picking, setPicking] = useState<"snooze" | "later" | null>(null);
  // The menu hears keys only while the focus is in it; a field that takes it back must not keep the menu open.
  useWindowEvent("keydown", (event) => {
    if (event.key === "Escape" && opened !== null) onOpen(null);
  });
  const settled = conversation.status === "resolved";
  const label = note ? t("composer.saveNote") : t("composer.send");
  // On a phone the room beside it belongs to the coach.
  const brief = phone && !note;
  const at = opened === "snooze" || picking === "snooze" ? "snooze" : "later";
  const chosen = (moment: number) =>
    at === "snooze" ? onSend({ what: "snooze", until: moment }) : onLater(moment);
  return (
    <Group gap={6} wrap="nowrap">
      {mayResolve && !note && !settled && !phone && (
        <KeyTip label={t("composer.sendResolve")} keys={keyOf("sendResolve")}>
          <Button
            variant="default"
            size="xs"
            px={narrow ? 8 : undefined}
            leftSection={narrow ? undefined : <IconCheck size={15} />}
            disabled={!ready}
            onClick={() => onSend({ what: "resolve" })}
            aria-label={t("composer.sendResolve")}
            data-testid="send-resolve"
          >
            {narrow ? <IconCheck size={17} /> : t("composer.sendResolve")}
          </Button>
        </KeyTip>
      )}
      <Group gap={1} wrap="nowrap">
        <KeyTip label={why || label} keys={why ? undefined : keyOf("send")}>
          <Button
            size="xs"
            px={brief ? 10 : undefined}
            disabled={!ready}
            onClick={() => onSend(null)}
            rightSection={brief || narrow ? undefined : <IconSend2 size={16} />}
            aria-label={brief ? label : undefined}
            style={note ? undefined : { borderStartEndRadius: 0, borderEndEndRadius: 0 }}
            data-testid="send"
          >
            {brief ? <IconSend2 size={18} /> : label}
          </Button>
        </KeyTip>
        {!note && (
          <Menu opened={opened !== null} onChange={(open) => onOpen(open ? "menu" : null)} position="top-end" width={280} closeOnItemClick={false}>
            <Menu.Target>
              <ActionIcon
                variant={ready ? "filled" : "default"}
                color="celadon"
                w={26}
                h={30}
                aria-label={t("composer.sendMore")}
                style={{ borderStartStartRadius: 0, borderEndStartRadius: 0 }}
                data-testid="send-more"
              >
                <IconChevronUp size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {opened === "menu" && (
                <Ways ready={ready} mayResolve={mayResolve && !settled} onOpen={onOpen} onResolve={() => onSend({ what: "resolve" })} />
              )}
              {(opened === "snooze" || opened === "later") && (
                <Moments what={opened} ready={ready} onChoose={chosen} onPick={() => { onOpen(null); setPicking(opened); }} />
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {picking && (
        <PickMoment
          title={t(picking === "snooze" ? "snooze.pickTitle" : "later.pickTitle")}
          action={t(picking === "snooze" ? "composer.sendSnooze" : "composer.sendLater")}
          onClose={() => setPicking(null)}
          onPick={chosen}
        />
      )}
    </Group>
  );
}

interface WaysProps {
  ready: boolean;
  mayResolve: boolean;
  onOpen: (opened: Opened) => void;
  onResolve: () => void;
}

function Ways({ ready, mayResolve, onOpen, onResolve }: WaysProps) {
  const { t } = useWords();
  const held = useHolds();
  return (
    <>
      {mayResolve && (
        <>
          <Menu.Item disabled={!ready} leftSection={<IconCheck size={16} />} rightSection={<Keys keys={keyOf("sendResolve")} />} onClick={onResolve} data-testid="menu-resolve">
            {t("composer.sendResolve")}
          </Menu.Item>
          <Menu.Item disabled={!ready} leftSection={<IconClockPause size={16} />} rightSection={<Keys keys={keyOf("sendSnooze")} />} onClick={() => onOpen("snooze")} data-testid="menu-snooze">
            {t("composer.sendSnooze")}
          </Menu.Item>
        </>
      )}
      <Menu.Item disabled={!ready} leftSection={<IconCalendarClock size={16} />} rightSection={<Keys keys={keyOf("sendLater")} />} onClick={() => onOpen("later")} data-testid="menu-later">
        {t("composer.sendLater")}
      </Menu.Item>
      <Menu.Divider />
      <Menu.CheckboxItem checked={held} onChange={setHolds} data-testid="menu-hold">
        <Text fz="sm">{t("held.always")}</Text>
        <Text fz="xs" c="dimmed">
          {t("held.hint")}
        </Text>
      </Menu.CheckboxItem>
    </>
  );
}

interface MomentsProps {
  what: "snooze" | "later";
  ready: boolean;
  onChoose: (at: number) => void;
  onPick: () => void;
}

function Moments({ what, ready, onChoose, onPick }: MomentsProps) {
  const { t, tag } = useWords();
  const zone = useDeskState((state) => state.shop.timezone);
  const brief = new Intl.DateTimeFormat(tag, { weekday: "short", hour: "numeric", minute: "2-digit", timeZone: zone });
  return (
    <>
      <Menu.Label>{t(what === "snooze" ? "composer.snoozeUntil" : "later.at", { zone })}</Menu.Label>
      {snoozeChoices(zone, serverNow()).map(({ choice, at }) => (
        <Menu.Item
          key={choice}
          disabled={!ready}
          onClick={() => onChoose(at)}
          rightSection={
            <Text fz="xs" c="dimmed">
              {brief.format(at)}
            </Text>
          }
          data-testid={`${what}-${choice}`}
        >
          {t(`snooze.${choice}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item disabled={!ready} leftSection={<IconCalendarTime size={16} />} onClick={onPick} data-testid={`${what}-pick`}>
        {t("snooze.pick")}
      </Menu.Item>
    </>
  );
}
