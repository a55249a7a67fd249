/** What happens right now: who is typing, which page the shopper looks at. Always the same height, so nothing jumps. */

import { Anchor, Group, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { IconDoorExit, IconEye, IconPencil } from "@tabler/icons-react";
import { useNow } from "../../app/clock";
import { useAgent, useChannel, useContact, useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { safeHref } from "../../ui/Linked";

const SHOWN = 90;

function tail(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > SHOWN ? `…${line.slice(-SHOWN)}` : line;
}

export function LiveLine({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const now = useNow();
  const mark = useDeskState((state) => state.typing[conversation.id]);
  const presence = useDeskState((state) => state.contactPresence[conversation.contact_id]);
  const contact = useContact(conversation.contact_id);
  const typing = mark && mark.until > now ? mark : undefined;
  const agent = useAgent(typing?.author.kind === "agent" ? typing.author.id : null);
  const given = typing?.author.kind === "agent" ? agent?.name : contact?.name;
  const name = given ? t("person", { name: given }) : t("contact.nameless");
  // Only a channel whose shoppers hold a line can tell.
  const left = useChannel(conversation.channel)?.typing && conversation.status === "open" && !presence?.online;
  const page = presence?.online ? presence.page : null;
  const href = page ? safeHref(page.url) : null;
  return (
    <Group h={28} px="md" maw={860} mx="auto" gap="md" wrap="nowrap" c="dimmed" aria-live="polite">
      {typing && (
        <Group gap={5} wrap="nowrap" miw={0} data-testid="typing" c="var(--sonnim-accent)">
          <IconPencil size={14} aria-hidden="true" />
          <Text fz="xs" fw={550} style={{ whiteSpace: "nowrap" }}>
            {t("live.typing", { name })}
          </Text>
          {typing.text && (
            // Not read out with every letter; it is the unsent word of somebody else.
            <Text fz="xs" c="dimmed" truncate aria-live="off" dir="auto" data-testid="typing-preview">
              {tail(typing.text)}
            </Text>
          )}
        </Group>
      )}
      {left && !typing && (
        <Group gap={5} wrap="nowrap" data-testid="left">
          <IconDoorExit size={14} aria-hidden="true" />
          <Text fz="xs">{t("live.left")}</Text>
        </Group>
      )}
      {page && (
        <Group gap={5} wrap="nowrap" miw={0} data-testid="looks-at">
          <IconEye size={14} aria-hidden="true" />
          <Text fz="xs" style={{ whiteSpace: "nowrap" }}>
            {t("live.looksAt")}
          </Text>
          <Text fz="xs" truncate>
            {href ? (
              <Anchor href={href} target="_blank" rel="noopener noreferrer" c="inherit" fz="inherit" title={page.url}>
                {page.title || page.url}
              </Anchor>
            ) : (
              page.title || page.url
            )}
          </Text>
        </Group>
      )}
    </Group>
  );
}
