/** The rows of a list, drawn only where they are looked at. */

import { Box, Button, Group, Loader, ScrollArea, Stack, Text } from "@mantine/core";
import type { Conversation } from "@sonnim/protocol";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { ListKey, Table } from "../../app/desk/state";
import { useT } from "../../app/i18n";
import { ConversationRow, ROW_HEIGHT } from "./ConversationRow";
import type { Selection } from "./selection";

/** A view that finds nothing for so many pages waits to be asked to go on. */
const PATIENCE = 4;

interface Props {
  list: ListKey;
  name: string;
  order: readonly number[];
  table: Table<Conversation>;
  selected: number | null;
  selection: Selection;
  more: (() => void) | undefined;
  misses: number;
  loadingMore: boolean;
}

export function Rows({ list, name, order, table, selected, selection, more, misses, loadingMore }: Props) {
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
  const patient = misses < PATIENCE;
  useEffect(() => {
    if (patient && last >= order.length - 8) more?.();
  }, [patient, last, order.length, misses, more]);
  useEffect(() => {
    const at = selected === null ? -1 : order.indexOf(selected);
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a row that moves must not take the list with it
  }, [selected]);
  return (
    <ScrollArea h="100%" viewportRef={viewport} type="auto" scrollbarSize={8}>
      <Box role="list" aria-label={name} pos="relative" h={rows.getTotalSize()} data-testid="conversation-list">
        {shown.map((row) => {
          const conversation = table[order[row.index] ?? 0];
          return (
            <Box key={row.key} role="listitem" pos="absolute" left={0} right={0} top={row.start} h={ROW_HEIGHT}>
              {conversation && (
                <ConversationRow
                  conversation={conversation}
                  to={`/inbox/${list}/${conversation.id}`}
                  selected={conversation.id === selected}
                  ticked={selection.on ? selection.ids.has(conversation.id) : null}
                  onTick={selection.toggle}
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
      {!loadingMore && !patient && more && (
        <Stack align="center" gap={6} p="md" ta="center">
          <Text fz="sm" c="dimmed">
            {t("list.searched")}
          </Text>
          <Button size="xs" variant="light" onClick={more} data-testid="keep-looking">
            {t("list.more")}
          </Button>
        </Stack>
      )}
    </ScrollArea>
  );
}
