/** A message or a note, delivered or on its way. */

import { Alert, Box, Button, Group, Stack, Text } from "@mantine/core";
import type { Conversation, Entry, Locale, OutboxItem } from "@sonnim/protocol";
import { IconAlertTriangle, IconCheck, IconChecks, IconClock, IconNote } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { useAgent, useChannel, useContact, useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { Face } from "../../ui/Face";
import { Linked } from "../../ui/Linked";
import { scriptOf } from "../../ui/script";
import { Attachments } from "./Attachments";

type Tick = "sending" | "sent" | "read" | "failed";

interface EntryProps {
  entry: Entry;
  first: boolean;
  last: boolean;
  conversation: Conversation;
}

export const EntryBubble = memo(function EntryBubble({ entry, first, last, conversation }: EntryProps) {
  const t = useT();
  const format = useFormat();
  const { author } = entry;
  const agent = useAgent(author.kind === "agent" ? author.id : null);
  const contact = useContact(conversation.contact_id);
  const theirs = author.kind === "contact";
  const name = theirs ? contact?.name || t("contact.nameless") : (agent?.name ?? t("event.system"));
  const tells = useChannel(conversation.channel)?.read_receipts ?? false;
  const read = tells && entry.seq <= conversation.contact_seen_seq;
  const tick: Tick | undefined = theirs || entry.kind === "note" ? undefined : read ? "read" : "sent";
  return (
    <Row
      theirs={theirs}
      face={last && <Face name={name} url={agent?.avatar_url} color={agent?.color} size={28} />}
      name={first ? name : undefined}
      spaced={first}
      testid="entry"
      kind={entry.kind}
      seq={entry.seq}
    >
      <Body kind={entry.kind} locale={conversation.locale} text={entry.text} theirs={theirs} first={first}>
        <Attachments items={entry.attachments} />
      </Body>
      {last && (
        <Foot theirs={theirs}>
          <Text fz="xs" c="dimmed" title={format.full(entry.at)} style={{ fontVariantNumeric: "tabular-nums" }}>
            {format.time(entry.at)}
          </Text>
          {tick && <TickMark tick={tick} />}
        </Foot>
      )}
    </Row>
  );
});

export function PendingBubble({ item, locale }: { item: OutboxItem; locale: Locale }) {
  const { t, lookup } = useWords();
  const { outbox } = useDesk();
  const failed = item.state === "failed";
  return (
    <Row theirs={false} face={null} spaced testid="pending" kind={item.kind}>
      <Body kind={item.kind} locale={locale} text={item.text} theirs={false} first faded={!failed}>
        <Attachments items={item.attachments} />
      </Body>
      {failed ? (
        <Alert color="red" p="xs" mt={4} icon={<IconAlertTriangle size={17} />} data-testid="failed">
          <Text fz="xs">{lookup(`error.${item.code ?? ""}`, "error.unsent")}</Text>
          <Group gap={6} mt={6}>
            <Button size="compact-xs" onClick={() => outbox.retry(item.client_id)} data-testid="retry">
              {t("common.retry")}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => outbox.discard(item.client_id)} data-testid="discard">
              {t("timeline.discard")}
            </Button>
          </Group>
        </Alert>
      ) : (
        <Foot theirs={false}>
          <Text fz="xs" c="dimmed">
            {t("tick.sending")}
          </Text>
          <TickMark tick="sending" />
        </Foot>
      )}
    </Row>
  );
}

interface RowProps {
  theirs: boolean;
  face: ReactNode;
  name?: string | undefined;
  spaced: boolean;
  testid: string;
  kind: string;
  seq?: number;
  children: ReactNode;
}

function Row({ theirs, face, name, spaced, testid, kind, seq, children }: RowProps) {
  return (
    <Group
      gap={8}
      wrap="nowrap"
      align="flex-end"
      mt={spaced ? 12 : 3}
      style={{ flexDirection: theirs ? "row" : "row-reverse" }}
      data-testid={testid}
      data-kind={kind}
      data-seq={seq}
    >
      <Box w={28} miw={28} pb={20}>
        {face}
      </Box>
      <Stack gap={2} align={theirs ? "flex-start" : "flex-end"} miw={0} maw="min(78%, 560px)">
        {name && (
          <Text fz="xs" c="dimmed" fw={550} px={4}>
            {name}
          </Text>
        )}
        {children}
      </Stack>
    </Group>
  );
}

const PRE = { whiteSpace: "pre-wrap" } as const;

interface BodyProps {
  kind: string;
  locale: Locale;
  text: string;
  theirs: boolean;
  first: boolean;
  faded?: boolean;
  children: ReactNode;
}

function Body({ kind, locale, text, theirs, first, faded = false, children }: BodyProps) {
  const t = useT();
  const note = kind === "note";
  const corner = first ? (theirs ? "4px 14px 14px 14px" : "14px 4px 14px 14px") : "14px";
  return (
    <Box
      bg={note ? "var(--sonnim-note)" : theirs ? "var(--sonnim-theirs)" : "var(--sonnim-ours)"}
      bd={note ? "1px dashed var(--sonnim-note-line)" : undefined}
      px={12}
      py={8}
      opacity={faded ? 0.8 : 1}
      maw="100%"
      style={{ borderRadius: corner }}
    >
      {note && (
        <Group gap={4} mb={2} c="dimmed">
          <IconNote size={13} aria-hidden="true" />
          <Text fz="xs" fw={600}>
            {t("timeline.note")}
          </Text>
        </Group>
      )}
      {text && (
        <Text fz="sm" lh={1.55} {...scriptOf(locale, PRE)}>
          <Linked text={text} />
        </Text>
      )}
      {children}
    </Box>
  );
}

function Foot({ theirs, children }: { theirs: boolean; children: ReactNode }) {
  return (
    <Group gap={4} px={4} h={18} justify={theirs ? "flex-start" : "flex-end"} wrap="nowrap">
      {children}
    </Group>
  );
}

function TickMark({ tick }: { tick: Tick }) {
  const t = useT();
  const Icon = tick === "sending" ? IconClock : tick === "read" ? IconChecks : IconCheck;
  const color = tick === "read" ? "var(--sonnim-accent)" : "var(--mantine-color-dimmed)";
  const label = t(`tick.${tick}`);
  return (
    <Box component="span" lh={0} title={label} data-testid="tick" data-tick={tick}>
      <Icon size={15} color={color} role="img" aria-label={label} />
    </Box>
  );
}
