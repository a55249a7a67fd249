/** A queue or a view: read page by page while scrolling, kept in order live. */

import { Box, Stack } from "@mantine/core";
import type { Contact, Conversation } from "@sonnim/protocol";
import { IconFilter, IconInbox } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useCommand } from "../../app/commands";
import { useDesk, useDeskState } from "../../app/desk/context";
import { isQueue, makeListSelector, viewOf } from "../../app/desk/queues";
import type { ListKey, Table } from "../../app/desk/state";
import { useT } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { BulkBar } from "./BulkBar";
import { useCalmOrder } from "./calm";
import { ListHead } from "./ListHead";
import { QueueChips } from "./QueueChips";
import { Rows } from "./Rows";
import { useSelection } from "./selection";
import { useClock } from "./useClock";

interface Props {
  list: ListKey;
  selected: number | null;
  phone: boolean;
  onOpen: (id: number) => void;
}

function matches(words: string, conversation: Conversation, contacts: Table<Contact>): boolean {
  const contact = contacts[conversation.contact_id];
  const text = `${contact?.name ?? ""} ${contact?.email ?? ""} ${conversation.subject} ${conversation.last_text}`.toLowerCase();
  return text.includes(words.trim().toLowerCase());
}

export function ConversationList({ list, selected, phone, onOpen }: Props) {
  const t = useT();
  const desk = useDesk();
  const [filter, setFilter] = useState("");
  const filterInput = useRef<HTMLInputElement>(null);
  const select = useMemo(() => makeListSelector(list), [list]);
  const conversations = useDeskState(select);
  const table = useDeskState((state) => state.tables.conversations);
  const contacts = useDeskState((state) => state.tables.contacts);
  const queue = useDeskState((state) => state.queues[list]);
  const view = useDeskState((state) => state.tables.views[viewOf(list) ?? 0]);
  const ready = useDeskState((state) => state.ready);
  useClock(view);
  const ids = useMemo(
    () => conversations.filter((each) => !filter || matches(filter, each, contacts)).map((each) => each.id),
    [conversations, contacts, filter],
  );
  const calm = useCalmOrder(ids, `${list} ${filter}`);
  const selection = useSelection(calm.order, !filter);
  const known = queue !== undefined;
  useEffect(() => {
    if (!known) void desk.loadQueue(list);
  }, [desk, list, ready, known]);
  useEffect(() => void desk.loadQueue(list), [desk, list, ready]);
  useCommand("filter", () => filterInput.current?.focus());
  const step = (by: 1 | -1, extend = false) => {
    const at = selected === null ? -1 : calm.order.indexOf(selected);
    const id = calm.order[at < 0 ? 0 : at + by];
    if (id === undefined) return;
    if (extend) for (const each of [selected, id]) if (each !== null && !selection.ids.has(each)) selection.toggle(each);
    onOpen(id);
  };
  useCommand("next", () => step(1));
  useCommand("previous", () => step(-1));
  useCommand("selectDown", () => step(1, true));
  useCommand("selectUp", () => step(-1, true));
  const current = selected ?? calm.order[0];
  useCommand("select", () => current !== undefined && selection.toggle(current));
  useCommand("selectAll", () => selection.select(calm.order), calm.order.length > 0);

  const status = queue?.status;
  const more = useCallback(() => void desk.loadQueue(list, true), [desk, list]);
  const name = isQueue(list) ? t(`queue.${list}`) : (view?.name ?? "");
  const looking = Boolean(queue?.next) && !ids.length;
  const loading = !ready || !status || (status === "loading" && !ids.length && !looking);
  return (
    <Stack gap={0} h="100%" bg="var(--sonnim-panel)">
      {phone && <QueueChips list={list} />}
      <ListHead
        list={list}
        name={name}
        view={view}
        phone={phone}
        filter={filter}
        onFilter={setFilter}
        filterInput={filterInput}
        onSelect={selection.begin}
      />
      {selection.on && <BulkBar list={list} selection={selection} order={calm.order} />}
      <Box flex={1} mih={0}>
        {loading ? (
          <RowSkeletons />
        ) : status === "error" && !ids.length ? (
          <Failed onRetry={() => void desk.loadQueue(list)} />
        ) : !calm.order.length && !looking ? (
          <NothingHere list={list} filtered={filter !== ""} />
        ) : (
          <Box h="100%" onPointerMove={calm.onPointerMove} onPointerLeave={calm.onPointerLeave}>
            <Rows
              key={list}
              list={list}
              name={name}
              order={calm.order}
              table={table}
              selected={selected}
              selection={selection}
              more={status !== "error" && queue?.next ? more : undefined}
              misses={queue?.misses ?? 0}
              loadingMore={status === "loading"}
            />
          </Box>
        )}
      </Box>
    </Stack>
  );
}

function NothingHere({ list, filtered }: { list: ListKey; filtered: boolean }) {
  const t = useT();
  if (filtered) {
    return (
      <Empty icon={<IconFilter size={26} stroke={1.6} />} title={t("list.noMatch")}>
        {t("list.noMatchHint")}
      </Empty>
    );
  }
  return (
    <Empty icon={<IconInbox size={26} stroke={1.6} />} title={isQueue(list) ? t(`empty.${list}`) : t("empty.view")}>
      {isQueue(list) ? t(`empty.${list}.hint`) : t("empty.view.hint")}
    </Empty>
  );
}
