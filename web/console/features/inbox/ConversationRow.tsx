/** One conversation in the list: who, what they said last, who has it, how long they wait. */

import { Box, Group, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconClockPause } from "@tabler/icons-react";
import { memo, useEffect } from "react";
import { Link } from "wouter";
import { useNow } from "../../app/clock";
import { useAgent, useChannel, useContact, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { ChannelIcon } from "../../ui/ChannelIcon";
import { Face } from "../../ui/Face";
import { scriptOf } from "../../ui/script";
import { Wait } from "../../ui/Wait";

export const ROW_HEIGHT = 84;

interface Props {
  conversation: Conversation;
  to: string;
  selected: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, to, selected }: Props) {
  const t = useT();
  const desk = useDesk();
  const { contact_id } = conversation;
  const contact = useContact(contact_id);
  const online = useDeskState((state) => state.contactPresence[contact_id]?.online ?? false);
  useEffect(() => {
    if (!contact) desk.loadContact(contact_id);
  }, [desk, contact, contact_id]);
  const unread = conversation.last_by === "contact" && conversation.desk_seen_seq < conversation.last_seq;
  const name = contact?.name || t("contact.unnamed", { id: contact_id });
  return (
    <Box
      component={Link}
      to={to}
      display="block"
      h={ROW_HEIGHT}
      px="md"
      py={11}
      c="inherit"
      td="none"
      bg={selected ? "var(--sonnim-selected)" : undefined}
      aria-current={selected ? "true" : undefined}
      data-testid="conversation-row"
      data-conversation={conversation.id}
      data-unread={unread || undefined}
      style={{
        borderBottom: "1px solid var(--sonnim-line)",
        boxShadow: selected ? "inset 3px 0 0 var(--sonnim-accent)" : undefined,
        overflow: "hidden",
      }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Face name={name} size={36} decorative presence={online ? "online" : undefined} />
        <Box flex={1} miw={0}>
          <Group gap={8} wrap="nowrap" justify="space-between">
            <Group gap={6} wrap="nowrap" miw={0}>
              <Text fz="sm" fw={unread ? 700 : 550} truncate>
                {name}
              </Text>
              <ChannelMark kind={conversation.channel} />
            </Group>
            <When conversation={conversation} />
          </Group>
          <Group gap={8} wrap="nowrap" align="flex-start" mt={2}>
            <Text
              fz="sm"
              lh={1.4}
              c={unread ? undefined : "dimmed"}
              lineClamp={2}
              flex={1}
              miw={0}
              {...scriptOf(conversation.locale)}
            >
              <Preview conversation={conversation} />
            </Text>
            <Holder id={conversation.assignee_id} unread={unread} />
          </Group>
        </Box>
      </Group>
    </Box>
  );
});

function ChannelMark({ kind }: { kind: string }) {
  const { locale, t } = useWords();
  const channel = useChannel(kind);
  return <ChannelIcon name={channel?.icon} label={channel?.names[locale] ?? t("channel.other")} />;
}

function Preview({ conversation: { last_by, last_text } }: { conversation: Conversation }) {
  const t = useT();
  const text = last_text || t("list.noText");
  return <>{last_by === "agent" ? t("list.ours", { text }) : text}</>;
}

function When({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(30);
  const { status, waiting_since, snoozed_until, last_at } = conversation;
  if (status === "open" && waiting_since) return <Wait since={waiting_since} />;
  const snoozed = status === "snoozed" && snoozed_until;
  const at = snoozed || last_at;
  return (
    <Group gap={3} wrap="nowrap" title={format.full(at)}>
      {snoozed && <IconClockPause size={13} aria-label={t("list.until")} color="var(--mantine-color-dimmed)" />}
      <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
        {format.short(at, now)}
      </Text>
    </Group>
  );
}

function Holder({ id, unread }: { id: number | null; unread: boolean }) {
  const t = useT();
  const agent = useAgent(id);
  return (
    <Group gap={6} wrap="nowrap" mt={1}>
      {unread && <Box w={9} h={9} bdrs="xl" bg="var(--sonnim-accent)" role="img" aria-label={t("list.unread")} />}
      {agent && (
        <Box title={t("list.assigned", { name: agent.name })}>
          <Face name={agent.name} url={agent.avatar_url} color={agent.color} size={22} />
        </Box>
      )}
    </Group>
  );
}
