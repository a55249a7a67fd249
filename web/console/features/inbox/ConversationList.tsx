/** A queue: read page by page while scrolling, kept in order live, drawn only where it is looked at. */

import { ActionIcon, Box, Group, Loader, ScrollArea, Stack, Text, TextInput, Title, VisuallyHidden } from "@mantine/core";
import type { Contact, Conversation, QueueName } from "@sonnim/protocol";
import { IconFilter, IconInbox, IconX } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import { makeQueueSelector } from "../../app/desk/queues";
import type { Table } from "../../app/desk/state";
import { useT } from "../../app/i18n";
import { QueueCount } from "../../app/navigation";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { useCalmOrder } from "./calm";
import { ConversationRow, ROW_HEIGHT } from "./ConversationRow";
import { keyOf, useCommand } from "./keys";
import { QueueChips } from "./QueueChips";

interface Props {
  queue: QueueName;
  selected: number | null;
  phone: boolean;
  onOpen: (id: number) => void;
}

function matches(words: string, conversation: Conversation, contacts: Table<Contact>): boolean {
  const contact = contacts[conversation.contact_id];
  const text = `${contact?.name ?? ""} ${contact?.email ?? ""} ${conversation.last_text}`.toLowerCase();
  return text.includes(words.trim().toLowerCase());
}

export function ConversationList({ queue, selected, phone, onOpen }: Props) {
  const t = useT();
  const desk = useDesk();
  const [filter, setFilter] = useState("");
  const filterInput = useRef<HTMLInputElement>(null);
  const select = useMemo(() => makeQueueSelector(queue), [queue]);
  const conversations = useDeskState(select);
  const table = useDeskState((state) => state.tables.conversations);
  const contacts = useDeskState((state) => state.tables.contacts);
  const status = useDeskState((state) => state.queues[queue]?.status);
  const ready = useDeskState((state) => state.ready);
  const ids = useMemo(
    () => conversations.filter((each) => !filter || matches(filter, each, contacts)).map((each) => each.id),
    [conversations, contacts, filter],
  );
  const calm = useCalmOrder(ids, `${queue} ${filter}`);

  useEffect(() => void desk.loadQueue(queue), [desk, queue, ready]);
  useCommand("filter", () => filterInput.current?.focus());
  const step = (by: 1 | -1) => {
    const at = selected === null ? -1 : calm.order.indexOf(selected);
    const id = calm.order[at < 0 ? 0 : at + by];
    if (id !== undefined) onOpen(id);
  };
  useCommand("next", () => step(1));
  useCommand("previous", () => step(-1));

  const loading = !ready || !status || (status === "loading" && !ids.length);
  return (
    <Stack gap={0} h="100%" bg="var(--sonnim-panel)">
      {phone && <QueueChips queue={queue} />}
      <Box px="md" pt={phone ? 6 : "md"} pb="sm" style={{ borderBottom: "1px solid var(--sonnim-line)" }}>
        {phone ? (
          <VisuallyHidden>
            <h1>{t(`queue.${queue}`)}</h1>
          </VisuallyHidden>
        ) : (
          <Group gap={8} mb={10}>
            <Title order={1} fz="lg">
              {t(`queue.${queue}`)}
            </Title>
            <QueueCount queue={queue} />
          </Group>
        )}
        <TextInput
          ref={filterInput}
          size="sm"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setFilter("");
            event.currentTarget.blur();
          }}
          placeholder={t("list.filter")}
          aria-label={t("list.filter")}
          leftSection={<IconFilter size={15} aria-hidden="true" />}
          rightSection={
            filter ? (
              <ActionIcon size="sm" aria-label={t("list.clearFilter")} onClick={() => setFilter("")}>
                <IconX size={14} />
              </ActionIcon>
            ) : (
              <Text fz="xs" c="dimmed" aria-hidden="true" visibleFrom="sm">
                {keyOf("filter")}
              </Text>
            )
          }
          data-testid="list-filter"
        />
      </Box>
      <Box flex={1} mih={0}>
        {loading ? (
          <RowSkeletons />
        ) : status === "error" && !ids.length ? (
          <Failed onRetry={() => void desk.loadQueue(queue)} />
        ) : !calm.order.length ? (
          <NothingHere queue={queue} filtered={filter !== ""} />
        ) : (
          <Box h="100%" onPointerMove={calm.onPointerMove} onPointerLeave={calm.onPointerLeave}>
            <Rows
              key={queue}
              order={calm.order}
              table={table}
              queue={queue}
              selected={selected}
              more={status !== "error" ? () => void desk.loadQueue(queue, true) : undefined}
              loadingMore={status === "loading"}
            />
          </Box>
        )}
      </Box>
    </Stack>
  );
}

function NothingHere({ queue, filtered }: { queue: QueueName; filtered: boolean }) {
  const t = useT();
  if (filtered) {
    return (
      <Empty icon={<IconFilter size={26} stroke={1.6} />} title={t("list.noMatch")}>
        {t("list.noMatchHint")}
      </Empty>
    );
  }
  return (
    <Empty icon={<IconInbox size={26} stroke={1.6} />} title={t(`empty.${queue}`)}>
      {t(`empty.${queue}.hint`)}
    </Empty>
  );
}

interface RowsProps {
  order: readonly number[];
  table: Table<Conversation>;
  queue: QueueName;
  selected: number | null;
  more: (() => void) | undefined;
  loadingMore: boolean;
}

function Rows({ order, table, queue, selected, more, loadingMore }: RowsProps) {
  const t = useT();
  const viewport = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used right here, never handed on
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => order[index] ?? index,
    overscan: 6,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= order.length - 8) more?.();
  }, [last, order.length, more]);
  useEffect(() => {
    const at = selected === null ? -1 : order.indexOf(selected);
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
    // Only a new selection scrolls; a row that moves must not take the list with it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  return (
    <ScrollArea h="100%" viewportRef={viewport} type="auto" scrollbarSize={8}>
      <Box role="list" aria-label={t(`queue.${queue}`)} pos="relative" h={rows.getTotalSize()} data-testid="conversation-list">
        {shown.map((row) => {
          const conversation = table[order[row.index] ?? 0];
          return (
            <Box key={row.key} role="listitem" pos="absolute" left={0} right={0} top={row.start} h={ROW_HEIGHT}>
              {conversation && (
                <ConversationRow
                  conversation={conversation}
                  to={`/inbox/${queue}/${conversation.id}`}
                  selected={conversation.id === selected}
                />
              )}
            </Box>
          );
        })}
      </Box>
      {loadingMore && (
        <Group justify="center" py="sm">
          <Loader size="sm" type="dots" aria-label={t("common.loading")} />
        </Group>
      )}
    </ScrollArea>
  );
}
