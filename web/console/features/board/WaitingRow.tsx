/** One shopper who waits: who, where, with whom, and how long is left. */

import { Box, Group, Text, UnstyledButton } from "@mantine/core";
import type { Contact, Conversation } from "@sonnim/protocol";
import { Link } from "wouter";
import { useAgent, useChannel, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { ChannelIcon } from "../../ui/ChannelIcon";
import { Pressing } from "../../ui/Due";
import { Face } from "../../ui/Face";

interface Props {
  conversation: Conversation;
  contact: Contact | undefined;
  large: boolean;
}

export function WaitingRow({ conversation, contact, large }: Props) {
  const { locale, t } = useWords();
  const channel = useChannel(conversation.channel);
  const agent = useAgent(conversation.assignee_id);
  const team = useDeskState((state) => (conversation.team_id === null ? undefined : state.tables.teams[conversation.team_id]?.name));
  const name = contact?.name || t("contact.unnamed", { id: conversation.contact_id });
  return (
    <UnstyledButton component={Link} to={`/inbox/waiting_all/${conversation.id}`} data-testid="board-row">
      <Group gap="sm" wrap="nowrap" py={4}>
        <ChannelIcon name={channel?.icon} label={channel?.names[locale] ?? t("channel.other")} />
        <Box flex={1} miw={0}>
          <Text fz={large ? "xl" : "sm"} fw={550} truncate>
            {name}
          </Text>
          {!large && (
            <Text fz="xs" c="dimmed" truncate>
              {conversation.last_text}
            </Text>
          )}
        </Box>
        {agent ? (
          <Face name={agent.name} url={agent.avatar_url} color={agent.color} size={large ? 34 : 24} />
        ) : (
          <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {team ?? t("board.nobodyOwns")}
          </Text>
        )}
        <Box w={large ? 150 : 84} style={{ display: "flex", justifyContent: "flex-end" }}>
          <Pressing conversation={conversation} size={large ? "xl" : "xs"} />
        </Box>
      </Group>
    </UnstyledButton>
  );
}
