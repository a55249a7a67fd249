/** One conversation in the list: who, what they said last, who has it, how long they wait. */

import { Box, Checkbox, Group, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconClockPause } from "@tabler/icons-react";
import { memo, useEffect, type MouseEvent } from "react";
import { Link } from "wouter";
import { useNow } from "../../app/clock";
import { useAgent, useChannel, useContact, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { ChannelIcon } from "../../ui/ChannelIcon";
import { Face } from "../../ui/Face";
import { PriorityMark } from "../../ui/Priority";
import { scriptOf } from "../../ui/script";
import { Pressing, pressing } from "../../ui/Due";
import { Left, usePressingPromise } from "../promises/Left";
import { Tags } from "../tags/Tags";

export const ROW_HEIGHT = 84;

interface Props {
  conversation: Conversation;
  to: string;
  selected: boolean;
  /** Null while nothing is being selected. */
  ticked: boolean | null;
  onTick: (id: number, range: boolean) => void;
}

export const ConversationRow = memo(function ConversationRow({ conversation, to, selected, ticked, onTick }: Props) {
  const t = useT();
  const desk = useDesk();
  const { contact_id } = conversation;
  const contact = useContact(contact_id);
  const online = useDeskState((state) => state.contactPresence[contact_id]?.online ?? false);
  useEffect(() => {
    if (!contact) desk.loadContact(contact_id);
  }, [desk, contact, contact_id]);
  const unread = conversation.last_by === "contact" && conversation.desk_seen_seq < conversation.last_seq;
  const tagged = useDeskState((state) => conversation.tag_ids.some((id) => state.tables.tags[id]?.removed === false));
  const name = contact?.name || t("contact.unnamed", { id: contact_id });
  const tick = (event: MouseEvent) => {
    event.preventDefault();
    onTick(conversation.id, event.shiftKey);
  };
  return (
    <Box
      pos="relative"
      h={ROW_HEIGHT}
      bg={selected || ticked ? "var(--sonnim-selected)" : undefined}
      style={{
        borderBottom: "1px solid var(--sonnim-line)",
        boxShadow: selected ? "inset 3px 0 0 var(--sonnim-accent)" : undefined,
        overflow: "hidden",
      }}
    >
      <Box
        component={Link}
        to={to}
        display="block"
        h="100%"
        px="md"
        py={11}
        c="inherit"
        td="none"
        aria-current={selected ? "true" : undefined}
        data-testid="conversation-row"
        data-conversation={conversation.id}
        data-unread={unread || undefined}
        // While rows are being ticked, the whole row is the box.
        onClick={(event: MouseEvent) => (ticked !== null || event.shiftKey) && tick(event)}
      >
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Box style={{ visibility: ticked === null ? undefined : "hidden" }}>
            <Face name={name} size={36} decorative presence={online ? "online" : undefined} />
          </Box>
          <Box flex={1} miw={0}>
            <Group gap={8} wrap="nowrap" justify="space-between">
              <Group gap={6} wrap="nowrap" miw={0}>
                <PriorityMark priority={conversation.priority} />
                <Text fz="sm" fw={unread ? 700 : 550} truncate>
                  {name}
                </Text>
                <ChannelMark kind={conversation.channel} />
              </Group>
              <When conversation={conversation} />
            </Group>
            <Group gap={8} wrap="nowrap" align="flex-start" mt={2}>
              <Said conversation={conversation} unread={unread} lines={tagged ? 1 : 2} />
              <Holder id={conversation.assignee_id} unread={unread} />
            </Group>
            {tagged && (
              <Box mt={1}>
                <Tags ids={conversation.tag_ids} most={2} />
              </Box>
            )}
          </Box>
        </Group>
      </Box>
      {ticked !== null && (
        <Checkbox
          pos="absolute"
          left={24}
          top={20}
          checked={ticked}
          onChange={(event) => onTick(conversation.id, (event.nativeEvent as PointerEvent).shiftKey)}
          aria-label={t("bulk.selectName", { name })}
          data-testid="row-tick"
        />
      )}
    </Box>
  );
});

function ChannelMark({ kind }: { kind: string }) {
  const { locale, t } = useWords();
  const channel = useChannel(kind);
  return <ChannelIcon name={channel?.icon} label={channel?.names[locale] ?? t("channel.other")} />;
}

interface SaidProps {
  conversation: Conversation;
  unread: boolean;
  lines: number;
}

/** What it is about, where it has a subject, and the last words. */
function Said({ conversation, unread, lines }: SaidProps) {
  const t = useT();
  const { subject, last_by, last_text, locale } = conversation;
  const said = last_text || t("list.noText");
  const text = last_by === "agent" ? t("list.ours", { text: said }) : said;
  const look = { fz: "sm", lh: 1.4, flex: 1, miw: 0, c: unread ? undefined : "dimmed", ...scriptOf(locale) } as const;
  if (!subject || lines === 1) {
    return (
      <Text {...look} lineClamp={lines}>
        {subject ? `${subject} — ${text}` : text}
      </Text>
    );
  }
  return (
    <Box flex={1} miw={0}>
      <Text {...look} truncate fw={550} data-testid="row-subject">
        {subject}
      </Text>
      <Text {...look} truncate>
        {text}
      </Text>
    </Box>
  );
}

function When({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(30);
  const promise = usePressingPromise(conversation.id);
  const { status, waiting_since, snoozed_until, last_at } = conversation;
  if (status === "open" && (waiting_since || pressing(conversation))) return <Pressing conversation={conversation} />;
  if (promise && status !== "resolved") return <Left promise={promise} marked />;
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
