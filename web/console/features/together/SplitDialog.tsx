/** Giving a second matter a conversation of its own, from a message on. */

import { Group, Radio, ScrollArea, Stack, Text } from "@mantine/core";
import type { Conversation, Entry } from "@sonnim/protocol";
import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useAgent, useContact, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { scriptOf } from "../../ui/script";
import { toastDone } from "../../ui/toast";
import { split } from "./actions";
import { Frame } from "./Frame";

const SHOWN = 40;

interface Props {
  conversation: Conversation;
  seq: number | null;
  onClose: () => void;
}

export default function SplitDialog({ conversation, seq, onClose }: Props) {
  const t = useT();
  const desk = useDesk();
  const [, go] = useLocation();
  const { id } = conversation;
  const table = useDeskState((state) => state.tables.entries);
  const messages = useMemo(
    () =>
      Object.values(table)
        .filter((entry) => entry.conversation_id === id && entry.kind === "message")
        .sort((a, b) => a.seq - b.seq),
    [table, id],
  );
  // Something must stay: the first message begins nothing new.
  const choices = messages.slice(1).slice(-SHOWN);
  const [chosen, setChosen] = useState(seq);
  const from = choices.some((entry) => entry.seq === chosen) ? chosen : null;
  return (
    <Frame
      title={t("split.title")}
      text={t("split.text")}
      action={t("split.act")}
      ready={from !== null}
      testid="split"
      onAct={async () => {
        const begun = await split(desk, id, from ?? 0);
        go(`/inbox/all/${begun}`);
      }}
      onDone={() => toastDone(t("done.split"))}
      onClose={onClose}
    >
      {choices.length ? (
        <Radio.Group label={t("split.choose")} value={from === null ? null : String(from)} onChange={(value) => setChosen(Number(value))}>
          <ScrollArea.Autosize mah={320} type="auto" mt={6}>
            <Stack gap={6}>
              {choices.map((entry) => (
                <Message key={entry.id} entry={entry} conversation={conversation} />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Radio.Group>
      ) : (
        <Text fz="sm">{t("split.none")}</Text>
      )}
    </Frame>
  );
}

function Message({ entry, conversation }: { entry: Entry; conversation: Conversation }) {
  const t = useT();
  const format = useFormat();
  const agent = useAgent(entry.author.kind === "agent" ? entry.author.id : null);
  const contact = useContact(conversation.contact_id);
  const name = agent?.name ?? (contact?.name || t("contact.nameless"));
  return (
    <Radio.Card value={String(entry.seq)} p="xs" data-testid={`split-${entry.seq}`}>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Radio.Indicator mt={2} />
        <Stack gap={0} miw={0} flex={1}>
          <Text fz="xs" c="dimmed">
            {name} · {format.stamp(entry.at)}
          </Text>
          <Text fz="sm" lineClamp={2} {...scriptOf(conversation.locale)}>
            {entry.text || entry.attachments.map((each) => each.name).join(", ") || t("list.noText")}
          </Text>
        </Stack>
      </Group>
    </Radio.Card>
  );
}
