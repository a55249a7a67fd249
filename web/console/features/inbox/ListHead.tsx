/** Above the list: its name and size, whose waiting is shown, what can be done with the list, and a quick filter. */

import { ActionIcon, Box, Group, Menu, SegmentedControl, Text, TextInput, Title, VisuallyHidden } from "@mantine/core";
import type { View } from "@sonnim/protocol";
import { IconDots, IconFilter, IconListCheck, IconPencil, IconTableExport, IconTrash, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState, type RefObject } from "react";
import { useLocation } from "wouter";
import { api } from "../../app/api";
import { keyOf } from "../../app/commands";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { isQueue } from "../../app/desk/queues";
import type { ListKey } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { QueueCount } from "../../app/navigation";
import { Confirm } from "../../ui/Confirm";
import { attempt } from "../../ui/toast";
import { ViewBadge } from "../views/ViewsNav";

const ViewDialog = lazy(() => import("../views/ViewDialog"));

interface Props {
  list: ListKey;
  name: string;
  view: View | undefined;
  phone: boolean;
  filter: string;
  onFilter: (filter: string) => void;
  filterInput: RefObject<HTMLInputElement | null>;
  onSelect: () => void;
}

export function ListHead({ list, name, view, phone, filter, onFilter, filterInput, onSelect }: Props) {
  const { t } = useWords();
  return (
    <Box px="md" pt={phone ? 6 : "md"} pb="sm" style={{ borderBottom: "1px solid var(--sonnim-line)" }}>
      {phone ? (
        <VisuallyHidden>
          <h1>{name}</h1>
        </VisuallyHidden>
      ) : (
        <Group gap={8} mb={10} wrap="nowrap">
          <Title order={1} fz="lg" lineClamp={1} title={name}>
            {name}
          </Title>
          {isQueue(list) ? <QueueCount queue={list} /> : view && <ViewBadge id={view.id} />}
          <Box flex={1} />
          <ListMenu list={list} view={view} onSelect={onSelect} />
        </Group>
      )}
      {(list === "waiting" || list === "waiting_all") && <Whose list={list} />}
      <Group gap={6} wrap="nowrap">
        <TextInput
          flex={1}
          ref={filterInput}
          size="sm"
          value={filter}
          onChange={(event) => onFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            onFilter("");
            event.currentTarget.blur();
          }}
          placeholder={t("list.filter")}
          aria-label={t("list.filter")}
          leftSection={<IconFilter size={15} aria-hidden="true" />}
          rightSection={
            filter ? (
              <ActionIcon size="sm" aria-label={t("list.clearFilter")} onClick={() => onFilter("")}>
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
        {phone && <ListMenu list={list} view={view} onSelect={onSelect} />}
      </Group>
    </Box>
  );
}

function Whose({ list }: { list: "waiting" | "waiting_all" }) {
  const { t } = useWords();
  const [, go] = useLocation();
  const counts = useDeskState((state) => state.counts);
  const label = (text: string, n: number) => (n ? `${text} ${n.toLocaleString()}` : text);
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      mb={8}
      aria-label={t("waiting.whose")}
      value={list}
      onChange={(value) => go(`/inbox/${value}`)}
      data={[
        { value: "waiting", label: label(t("waiting.mine"), counts.waiting) },
        { value: "waiting_all", label: label(t("waiting.everyone"), counts.waiting_all) },
      ]}
      data-testid="whose"
    />
  );
}

interface MenuProps {
  list: ListKey;
  view: View | undefined;
  onSelect: () => void;
}

function ListMenu({ list, view, onSelect }: MenuProps) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [, go] = useLocation();
  const [doing, setDoing] = useState<"edit" | "delete" | null>(null);
  const exports = useMay("conversation.export");
  const shares = useMay("view.share");
  const mine = useDeskState((state) => view !== undefined && (view.agent_id === state.agentId || shares));
  const close = () => setDoing(null);
  return (
    <>
      <Menu width={240} position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("list.actions")} size={34} data-testid="list-menu">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconListCheck size={17} />} onClick={onSelect} data-testid="list-select">
            {t("bulk.select")}
          </Menu.Item>
          {exports && (
            <Menu.Item
              component="a"
              href={`/api/v1${base}/conversations/export?${view ? `view=${view.id}` : `queue=${list}`}`}
              download
              leftSection={<IconTableExport size={17} />}
              data-testid="list-export"
            >
              {t("list.export")}
            </Menu.Item>
          )}
          {view && mine && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPencil size={17} />} onClick={() => setDoing("edit")} data-testid="view-edit">
                {t("views.edit")}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={17} />} onClick={() => setDoing("delete")} data-testid="view-delete">
                {t("views.delete")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {view && doing === "edit" && (
        <Suspense>
          <ViewDialog view={view} onClose={close} />
        </Suspense>
      )}
      {view && doing === "delete" && (
        <Confirm
          title={t("views.delete")}
          text={t("views.deleteText")}
          action={t("views.delete")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/views/${view.id}`)).then((done) => done && go("/inbox/waiting"))}
          onClose={close}
        />
      )}
    </>
  );
}
