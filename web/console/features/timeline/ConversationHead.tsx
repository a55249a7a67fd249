/** The head of a conversation: who it is with, who has it, and the three things to do with it. */

import { ActionIcon, Badge, Box, Group, Text, Title } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconArrowBackUp, IconArrowLeft, IconCheck, IconLayoutSidebarRight } from "@tabler/icons-react";
import { keyOf, useCommand } from "../../app/commands";
import { reopen, resolve } from "../../app/desk/actions";
import { useChannel, useContact, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { TagMenu } from "../tags/TagMenu";
import { KeyTip } from "../../ui/KeyTip";
import { attempt, toastUndo } from "../../ui/toast";
import { Pressing } from "../../ui/Due";
import { Viewers } from "../together/Collision";
import { MoreMenu } from "../together/MoreMenu";
import { AssignMenu } from "./AssignMenu";
import { PriorityMenu } from "./PriorityMenu";
import { SnoozeMenu } from "./SnoozeMenu";

interface Props {
  conversation: Conversation;
  phone: boolean;
  onBack: () => void;
  onPanel: (() => void) | undefined;
}

export function useResolve(conversation: Conversation): { resolve: () => void; reopen: () => void } {
  const words = useWords();
  const desk = useDesk();
  const { id } = conversation;
  return {
    resolve: () => {
      void attempt(words, () => resolve(desk, id)).then((done) => {
        if (!done) return;
        toastUndo(words, words.t("done.resolved"), () => void attempt(words, () => reopen(desk, id)));
      });
    },
    reopen: () => void attempt(words, () => reopen(desk, id)),
  };
}

export function ConversationHead({ conversation, phone, onBack, onPanel }: Props) {
  const words = useWords();
  const { t } = words;
  const contact = useContact(conversation.contact_id);
  const online = useDeskState((state) => state.contactPresence[conversation.contact_id]?.online ?? false);
  // What was merged goes on elsewhere: nothing is decided here any more.
  const running = conversation.status !== "merged";
  const may = useMay("conversation.resolve") && running;
  const settle = useResolve(conversation);
  const resolved = conversation.status === "resolved";
  const toggle = resolved ? settle.reopen : settle.resolve;
  useCommand("resolve", toggle, may);
  const name = contact?.name || t("contact.unnamed", { id: conversation.contact_id });
  return (
    <Group
      component="header"
      px={phone ? "xs" : "md"}
      h={64}
      mih={64}
      gap={phone ? 6 : "sm"}
      wrap="nowrap"
      bg="var(--sonnim-panel)"
      style={{ borderBottom: "1px solid var(--sonnim-line)" }}
    >
      {phone && (
        <ActionIcon aria-label={t("common.back")} onClick={onBack} size={44} data-testid="back">
          <IconArrowLeft size={22} />
        </ActionIcon>
      )}
      {!phone && <Face name={name} presence={online ? "online" : "offline"} size={36} decorative />}
      <Box flex={1} miw={0}>
        <Title order={phone ? 1 : 2} fz="md" fw={650} lineClamp={1} data-testid="conversation-title">
          {name}
        </Title>
        <Group gap={8} wrap="nowrap" miw={0} style={{ overflow: "hidden" }}>
          {conversation.subject && !phone && (
            <Text fz="sm" fw={550} truncate miw={0} dir="auto" title={conversation.subject} data-testid="conversation-subject">
              {conversation.subject}
            </Text>
          )}
          <Standing conversation={conversation} online={online} phone={phone} />
        </Group>
      </Box>
      {!phone && <Viewers conversation={conversation} />}
      {running && <AssignMenu conversation={conversation} compact={phone} />}
      <TagMenu conversation={conversation} phone={phone} />
      {running && <PriorityMenu conversation={conversation} phone={phone} />}
      {running && <SnoozeMenu conversation={conversation} phone={phone} />}
      {may && (
        <KeyTip label={resolved ? t("action.reopen") : t("action.resolve")} keys={keyOf("resolve")}>
          <ActionIcon
            variant={resolved ? "light" : "filled"}
            color="celadon"
            aria-label={resolved ? t("action.reopen") : t("action.resolve")}
            onClick={toggle}
            data-testid={resolved ? "reopen" : "resolve"}
            size={phone ? 40 : "lg"}
          >
            {resolved ? <IconArrowBackUp size={18} /> : <IconCheck size={18} />}
          </ActionIcon>
        </KeyTip>
      )}
      <MoreMenu conversation={conversation} phone={phone} />
      {onPanel && (
        <KeyTip label={t("contact.title")}>
          <ActionIcon aria-label={t("contact.title")} onClick={onPanel} data-testid="open-contact" size={phone ? 40 : "lg"}>
            <IconLayoutSidebarRight size={19} />
          </ActionIcon>
        </KeyTip>
      )}
    </Group>
  );
}

interface StandingProps {
  conversation: Conversation;
  online: boolean;
  phone: boolean;
}

function Standing({ conversation, online, phone }: StandingProps) {
  const { t } = useWords();
  const format = useFormat();
  const { status, waiting_since, snoozed_until } = conversation;
  const zone = useDeskState((state) => state.shop.timezone);
  // Whether somebody is there says nothing where they are not with us.
  const live = useChannel(conversation.channel)?.live ?? true;
  if (status === "merged") return <Badge size="sm" color="gray">{t("status.merged")}</Badge>;
  if (status === "spam") return <Badge size="sm" color="gray">{t("status.spam")}</Badge>;
  if (status === "resolved") return <Badge size="sm">{t("status.resolved")}</Badge>;
  if (status === "snoozed" && snoozed_until) {
    return (
      <Text fz="xs" c="dimmed" truncate title={format.full(snoozed_until, zone)}>
        {t("status.snoozedUntil", { time: format.moment(snoozed_until, zone) })}
      </Text>
    );
  }
  return (
    <Group gap={8} wrap="nowrap">
      <Pressing conversation={conversation} named={!phone} />
      {live && !(phone && waiting_since) && (
        <Text fz="xs" c="dimmed" truncate>
          {online ? t("contact.online") : t("contact.offline")}
        </Text>
      )}
    </Group>
  );
}
