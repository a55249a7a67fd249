/** One of the shopper's other conversations, to be chosen. */

import { Group, Loader, Radio, ScrollArea, Stack, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useNow } from "../../app/clock";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT, useWords } from "../../app/i18n";
import { scriptOf } from "../../ui/script";

/** The contact's other conversations, newest first; null while they are read. */
export function useOthers(conversation: Conversation): Conversation[] | null {
  const { base } = useDesk();
  const [found, setFound] = useState<Conversation[] | null>(null);
  const { id, contact_id } = conversation;
  useEffect(() => {
    let wanted = true;
    api.get<{ items: Conversation[] }>(`${base}/contacts/${contact_id}/conversations`).then(
      ({ items }) => wanted && setFound(items.filter((each) => each.id !== id && each.status !== "merged")),
      () => wanted && setFound([]),
    );
    return () => void (wanted = false);
  }, [base, id, contact_id]);
  return found;
}

interface Props {
  label: string;
  empty: string;
  items: Conversation[] | null;
  value: number | null;
  onChange: (id: number) => void;
}

export function ConversationChoice({ label, empty, items, value, onChange }: Props) {
  const t = useT();
  if (!items) return <Loader size="sm" type="dots" aria-label={t("common.loading")} />;
  if (!items.length) {
    return (
      <Text fz="sm" data-testid="choice-none">
        {empty}
      </Text>
    );
  }
  return (
    <Radio.Group label={label} value={value === null ? null : String(value)} onChange={(chosen) => onChange(Number(chosen))}>
      <ScrollArea.Autosize mah={260} type="auto" mt={6}>
        <Stack gap={6}>
          {items.map((each) => (
            <Option key={each.id} conversation={each} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Radio.Group>
  );
}

function Option({ conversation }: { conversation: Conversation }) {
  const { t, lookup } = useWords();
  const format = useFormat();
  const now = useNow(60);
  const { id, last_text, last_at, status, locale } = conversation;
  return (
    <Radio.Card value={String(id)} p="xs" data-testid={`choice-${id}`}>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Radio.Indicator mt={2} />
        <Stack gap={0} miw={0} flex={1}>
          <Group gap={8} justify="space-between" wrap="nowrap">
            <Text fz="xs" c="dimmed">
              #{id} · {lookup(`status.${status}`, "status.open")}
            </Text>
            <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {format.short(last_at, now)}
            </Text>
          </Group>
          <Text fz="sm" truncate {...scriptOf(locale)}>
            {last_text || t("list.noText")}
          </Text>
        </Stack>
      </Group>
    </Radio.Card>
  );
}
