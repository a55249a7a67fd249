/** Results: a message with whom it was with, or a contact; what was asked for is marked. */

import { Badge, Box, Group, Mark, Text } from "@mantine/core";
import type { ContactHit, MessageHit } from "@sonnim/protocol";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useNow } from "../../app/clock";
import { useAgent, useContact, useConversation } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { scriptOf } from "../../ui/script";
import { pieces } from "./question";

export function Highlighted({ text, highlights }: { text: string; highlights: MessageHit["highlights"] }) {
  return (
    <>
      {pieces(text, highlights).map((piece, at) =>
        piece.found ? (
          <Mark key={at} bg="var(--sonnim-selected)" c="var(--sonnim-accent)" fw={650} bdrs={3}>
            {piece.text}
          </Mark>
        ) : (
          <span key={at}>{piece.text}</span>
        ),
      )}
    </>
  );
}

function HitRow({ to, testid, children }: { to: string; testid: string; children: ReactNode }) {
  return (
    <Box
      component={Link}
      to={to}
      display="block"
      px="md"
      py={11}
      c="inherit"
      td="none"
      data-testid={testid}
      style={{ borderBottom: "1px solid var(--sonnim-line)" }}
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {children}
      </Group>
    </Box>
  );
}

const SETTLED = { snoozed: "search.snoozed", resolved: "search.settled", spam: "status.spam", merged: "status.merged" } as const;

export function Message({ hit }: { hit: MessageHit }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(60);
  const conversation = useConversation(hit.conversation_id);
  const contact = useContact(conversation?.contact_id);
  const agent = useAgent(hit.author.kind === "agent" ? hit.author.id : null);
  const name = contact?.name || t("contact.unnamed", { id: conversation?.contact_id ?? hit.conversation_id });
  return (
    <HitRow to={`/inbox/all/${hit.conversation_id}?at=${hit.seq}`} testid="search-hit">
      <Face name={name} size={36} decorative />
      <Box flex={1} miw={0}>
        <Group gap={8} wrap="nowrap" justify="space-between">
          <Group gap={6} wrap="nowrap" miw={0}>
            <Text fz="sm" fw={600} truncate>
              {name}
            </Text>
            {hit.kind === "note" && (
              <Badge size="sm" bg="var(--sonnim-note)" c="var(--mantine-color-text)" style={{ flexShrink: 0 }}>
                {t("search.note")}
              </Badge>
            )}
            {conversation && conversation.status !== "open" && (
              <Badge size="sm" variant="light" color="gray" style={{ flexShrink: 0 }}>
                {t(SETTLED[conversation.status])}
              </Badge>
            )}
          </Group>
          <Text fz="xs" c="dimmed" title={format.full(hit.at)} style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
            {format.short(hit.at, now)}
          </Text>
        </Group>
        <Text fz="sm" lh={1.5} mt={2} lineClamp={3} {...scriptOf(conversation?.locale ?? "en")}>
          {agent && (
            <Text span fz="sm" c="dimmed">
              {t("search.by", { name: agent.name })}{" "}
            </Text>
          )}
          <Highlighted text={hit.text} highlights={hit.highlights} />
        </Text>
        {hit.count !== null && hit.count > 1 && (
          <Text fz="xs" c="dimmed" mt={3}>
            {t("search.inConversation", { count: hit.count })}
          </Text>
        )}
      </Box>
    </HitRow>
  );
}

export function ContactRow({ hit }: { hit: ContactHit }) {
  const t = useT();
  const contact = useContact(hit.contact_id);
  const name = contact?.name || t("contact.unnamed", { id: hit.contact_id });
  const others = [contact?.email, contact?.phone].filter((each) => each && each !== hit.text).join(" · ");
  return (
    <HitRow to={`/contacts/${hit.contact_id}`} testid="search-hit">
      <Face name={name} size={36} decorative />
      <Box flex={1} miw={0}>
        <Text fz="sm" fw={600} truncate>
          {hit.field === "name" ? <Highlighted text={hit.text} highlights={hit.highlights} /> : name}
        </Text>
        <Text fz="sm" c="dimmed" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          {hit.field !== "name" && (
            <>
              {t(`search.field.${hit.field}`)} <Highlighted text={hit.text} highlights={hit.highlights} />
            </>
          )}
          {hit.field !== "name" && others && " · "}
          {others || (hit.field === "name" ? t("search.noAddress") : null)}
        </Text>
      </Box>
    </HitRow>
  );
}
