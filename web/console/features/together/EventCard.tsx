/** Events that carry more than a sentence: a question and its answer, and talk that stands in another conversation. */

import { Button, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import type { Entry } from "@sonnim/protocol";
import { IconArrowsJoin2, IconArrowsSplit2, IconGavel } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { Link } from "wouter";
import { api } from "../../app/api";
import { useConversation, useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { EntryBubble } from "../timeline/Bubble";
import { EventActions } from "../timeline/EventActions";

const SHOWN = 50;

/** Whether a line of the timeline is drawn as a card. */
export function hasCard({ data, text }: Entry): boolean {
  const { what, conversation_id } = data;
  return ((what === "merged" || what === "split_from") && conversation_id !== undefined) || ((what === "asked" || what === "answered") && text !== "");
}

export function EventCard({ entry, sentence }: { entry: Entry; sentence: string }) {
  const { what, conversation_id: other } = entry.data;
  const spoken = what === "asked" || what === "answered";
  const Icon = what === "merged" ? IconArrowsJoin2 : what === "split_from" ? IconArrowsSplit2 : IconGavel;
  return (
    <Head entry={entry} sentence={sentence} icon={<Icon size={15} aria-hidden="true" style={{ flexShrink: 0 }} />}>
      {spoken ? (
        <Text fz="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {entry.text}
        </Text>
      ) : (
        other !== undefined && <Elsewhere entry={entry} other={other} />
      )}
    </Head>
  );
}

function Head({ entry, sentence, icon, children }: { entry: Entry; sentence: string; icon: ReactNode; children: ReactNode }) {
  const format = useFormat();
  return (
    <Paper
      withBorder
      p="sm"
      my={8}
      mx="auto"
      maw={620}
      radius="md"
      data-testid="entry"
      data-kind="event"
      data-card={entry.data.what}
      data-seq={entry.seq}
    >
      <Stack gap={6}>
        <Group gap={6} wrap="nowrap" c="dimmed" justify="space-between">
          <Group gap={6} wrap="nowrap" miw={0}>
            {icon}
            <Text fz="xs">{sentence}</Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            <Text fz="xs" title={format.full(entry.at)} style={{ whiteSpace: "nowrap" }}>
              {format.time(entry.at)}
            </Text>
            <EventActions entry={entry} />
          </Group>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

/** What was said in the other conversation, folded; read when somebody wants to see it. */
function Elsewhere({ entry, other }: { entry: Entry; other: number }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Group gap={8}>
        {entry.data.count !== 0 && (
          <Button size="compact-sm" variant="light" onClick={() => setOpen(!open)} aria-expanded={open} data-testid="card-toggle">
            {open ? t("card.hide") : t("card.show")}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" component={Link} to={`/inbox/all/${other}`}>
          {t("card.openWhole", { id: other })}
        </Button>
      </Group>
      {open && <Talk entry={entry} other={other} />}
    </>
  );
}

function Talk({ entry, other }: { entry: Entry; other: number }) {
  const t = useT();
  const { base } = useDesk();
  // Whatever is edited or redacted there gives the conversation a new version: then it is read again.
  const version = useConversation(other)?.v;
  const { from_seq, to_seq } = entry.data;
  const [found, setFound] = useState<Entry[] | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    const upto = to_seq === undefined ? "" : `&before=${to_seq + 1}`;
    api.get<{ items: Entry[] }>(`${base}/conversations/${other}/entries?limit=${SHOWN}${upto}`).then(
      ({ items }) => wanted && setFound(items.filter((each) => each.kind !== "event" && each.seq >= (from_seq ?? 0))),
      () => wanted && setFound("failed"),
    );
    return () => void (wanted = false);
  }, [base, other, from_seq, to_seq, version]);
  if (found === "failed") return <Text fz="xs">{t("card.failed")}</Text>;
  if (!found) return <Loader size="sm" type="dots" aria-label={t("common.loading")} />;
  return (
    <div data-testid="card-talk">
      {found.map((each) => (
        <EntryBubble key={each.id} entry={each} first last />
      ))}
    </div>
  );
}
