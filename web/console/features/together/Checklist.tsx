/** What is to be done here, for all who work on it. */

import { ActionIcon, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import type { ChecklistItem } from "@sonnim/protocol";
import { IconEraser, IconPlus, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState, type FormEvent } from "react";
import { useAgent, useDesk, useDeskState, useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { addItem, checkItem, redactItem, removeItem } from "./actions";

const RedactDialog = lazy(() => import("../timeline/RedactDialog"));

export function Checklist({ conversation }: { conversation: number }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const may = useMay("conversation.note");
  const items = useDeskState((state) => state.tables.checklists[conversation]?.items);
  const [text, setText] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    // At once: the next one is being written while this one is on its way.
    setText("");
    void attempt(words, () => addItem(desk, conversation, text)).then((done) => done || setText((now) => now || text));
  };
  return (
    <Stack gap={8} data-testid="checklist">
      {!items?.length && (
        <Text fz="xs" c="dimmed">
          {t("checklist.empty")}
        </Text>
      )}
      {items && items.length > 0 && (
        <Stack gap={4} component="ul" p={0} m={0} mah={260} style={{ listStyle: "none", overflowY: "auto" }}>
          {items.map((item) => (
            <Item key={item.id} item={item} conversation={conversation} may={may} />
          ))}
        </Stack>
      )}
      {may && (
        <form onSubmit={add}>
          <TextInput
            size="sm"
            aria-label={t("checklist.add")}
            placeholder={t("checklist.addHint")}
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            value={text}
            maxLength={300}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
            data-testid="checklist-add"
          />
        </form>
      )}
    </Stack>
  );
}

interface ItemProps {
  item: ChecklistItem;
  conversation: number;
  may: boolean;
}

function Item({ item, conversation, may }: ItemProps) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const format = useFormat();
  const by = useAgent(item.done_by_id);
  const redacts = useMay("conversation.redact");
  const [asking, setAsking] = useState(false);
  // Shown at once; what the server says wins.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const done = wanted ?? item.done_at !== null;
  const check = (on: boolean) => {
    setWanted(on);
    void attempt(words, () => checkItem(desk, conversation, item.id, on)).finally(() => setWanted(null));
  };
  return (
    <Group component="li" gap={6} wrap="nowrap" align="flex-start" data-testid="checklist-item" data-done={done}>
      <Checkbox
        flex={1}
        miw={0}
        size="sm"
        checked={done}
        disabled={!may}
        label={item.text}
        description={item.done_at && by ? t("checklist.doneBy", { name: by.name, time: format.stamp(item.done_at) }) : undefined}
        onChange={(event) => check(event.currentTarget.checked)}
        styles={{ label: { textDecoration: done ? "line-through" : undefined, overflowWrap: "anywhere" } }}
      />
      {redacts && (
        <ActionIcon size="sm" aria-label={t("checklist.redact", { text: item.text })} onClick={() => setAsking(true)} data-testid="checklist-redact">
          <IconEraser size={14} />
        </ActionIcon>
      )}
      {asking && (
        <Suspense>
          <RedactDialog onRedact={(reason) => redactItem(desk, conversation, item.id, reason)} onClose={() => setAsking(false)} />
        </Suspense>
      )}
      {may && (
        <ActionIcon
          size="sm"
          aria-label={t("checklist.remove", { text: item.text })}
          onClick={() => void attempt(words, () => removeItem(desk, conversation, item.id))}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
