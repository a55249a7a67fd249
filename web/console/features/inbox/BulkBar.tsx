/** What can be done with the selected conversations. */

import { ActionIcon, Box, Button, Group, Menu, Popover, ScrollArea, Text } from "@mantine/core";
import { IconCheck, IconClockPause, IconShieldX, IconTag, IconUserPlus, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { serverNow } from "../../app/api";
import { snoozeChoices } from "../../app/clock";
import { useCommand } from "../../app/commands";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import type { ListKey } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { PRIORITIES, PriorityIcon } from "../../ui/Priority";
import { TagList } from "../tags/TagList";
import { doToMany, targetOf, type Deed } from "./bulk";
import type { Selection } from "./selection";

const MacroOffers = lazy(() => import("../macros/MacroOffers"));
const MOST = 1_000;

interface Props {
  list: ListKey;
  selection: Selection;
  order: readonly number[];
}

export function BulkBar({ list, selection, order }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const zone = useDeskState((state) => state.shop.timezone);
  const agents = useDeskState((state) => state.tables.agents);
  const teams = useDeskState((state) => state.tables.teams);
  const table = useDeskState((state) => state.tables.conversations);
  const me = useDeskState((state) => state.agentId);
  const [assigns, tags, resolves] = [useMay("conversation.assign"), useMay("conversation.tag"), useMay("conversation.resolve")];
  const [open, setOpen] = useState<"assign" | "snooze" | "tag" | "priority" | null>(null);
  const menu = (what: "assign" | "snooze" | "tag" | "priority") => ({
    opened: open === what,
    onChange: (on: boolean) => setOpen(on ? what : null),
  });
  const none = !selection.ids.size;
  const ticked = useMemo(() => [...selection.ids], [selection.ids]);
  const act = (deed: Deed) => {
    void doToMany(desk, words, deed, targetOf(selection, list));
    setOpen(null);
    selection.clear();
  };
  useCommand("close", selection.clear);
  // What is ticked is meant, whichever conversation is open beside it.
  useCommand("resolve", () => act({ what: "resolve" }), resolves && !none, true);
  useCommand("spam", () => act({ what: "spam" }), resolves && !none, true);
  useCommand("snooze", () => setOpen("snooze"), resolves && !none, true);
  useCommand("assign", () => setOpen("assign"), assigns && !none, true);
  useCommand("priority", () => setOpen("priority"), assigns && !none, true);
  useCommand("tag", () => setOpen("tag"), tags && !none, true);
  // A tag that all of them have is taken off, any other is put on.
  const common = [...selection.ids].reduce<number[] | null>(
    (left, id) => (left ? left.filter((tag) => table[id]?.tag_ids.includes(tag)) : (table[id]?.tag_ids ?? [])),
    null,
  );
  const button = (label: string, icon: ReactNode, testid: string, onClick?: () => void) => (
    <KeyTip label={label}>
      <ActionIcon size={36} aria-label={label} disabled={none} onClick={onClick} data-testid={testid}>
        {icon}
      </ActionIcon>
    </KeyTip>
  );
  const people = Object.values(agents).filter((agent) => !agent.removed);
  return (
    <Box role="toolbar" aria-label={t("bulk.bar")} px="sm" py={6} bg="var(--sonnim-selected)" style={{ borderBottom: "1px solid var(--sonnim-line)" }} data-testid="bulk-bar">
      <Suspense fallback={null}>{!selection.every && <MacroOffers ids={ticked} onDone={selection.clear} />}</Suspense>
      <Group gap={2} wrap="nowrap">
        <Text fz="sm" fw={600} flex={1} miw={0} truncate aria-live="polite" data-testid="bulk-count">
          {selection.every ? t("bulk.every") : t("bulk.selected", { count: selection.ids.size })}
        </Text>
        {assigns && (
          <Menu {...menu("assign")} width={230} position="bottom-end">
            <Menu.Target>
              <ActionIcon size={36} aria-label={t("bulk.assign")} title={t("bulk.assign")} disabled={none} data-testid="bulk-assign">
                <IconUserPlus size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <ScrollArea.Autosize mah={360}>
                {people.map((agent) => (
                  <Menu.Item key={agent.id} onClick={() => act({ what: "assign", agent_id: agent.id })} data-testid={`bulk-assign-${agent.id}`}>
                    {agent.id === me ? t("assign.me") : agent.name}
                  </Menu.Item>
                ))}
                {Object.values(teams).map((team) => (
                  <Menu.Item key={`t${team.id}`} onClick={() => act({ what: "assign", agent_id: null, team_id: team.id })}>
                    {team.name}
                  </Menu.Item>
                ))}
                <Menu.Divider />
                <Menu.Item onClick={() => act({ what: "assign", agent_id: null, team_id: null })}>{t("assign.nobody")}</Menu.Item>
              </ScrollArea.Autosize>
            </Menu.Dropdown>
          </Menu>
        )}
        {tags && (
          <Popover {...menu("tag")} width={250} position="bottom-end" trapFocus returnFocus>
            <Popover.Target>
              <ActionIcon size={36} aria-label={t("bulk.tag")} title={t("bulk.tag")} disabled={none} onClick={() => setOpen("tag")} data-testid="bulk-tag">
                <IconTag size={18} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown p={8} aria-label={t("tags.title")}>
              <TagList
                on={selection.every ? [] : (common ?? [])}
                onToggle={({ id }) => act(!selection.every && common?.includes(id) ? { what: "tag", remove: [id] } : { what: "tag", add: [id] })}
              />
            </Popover.Dropdown>
          </Popover>
        )}
        {assigns && (
          <Menu {...menu("priority")} width={190} position="bottom-end">
            <Menu.Target>
              <ActionIcon size={36} aria-label={t("priority.label")} title={t("priority.label")} disabled={none} data-testid="bulk-priority">
                <PriorityIcon priority={2} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {PRIORITIES.map((priority) => (
                <Menu.Item key={priority} leftSection={<PriorityIcon priority={priority} />} onClick={() => act({ what: "priority", priority })}>
                  {t(`priority.${priority}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {resolves && (
          <>
            <Menu {...menu("snooze")} width={230} position="bottom-end">
              <Menu.Target>
                <ActionIcon size={36} aria-label={t("bulk.snooze")} title={t("bulk.snooze")} disabled={none} data-testid="bulk-snooze">
                  <IconClockPause size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {snoozeChoices(zone, serverNow()).map(({ choice, at }) => (
                  <Menu.Item key={choice} onClick={() => act({ what: "snooze", until: new Date(at).toISOString() })}>
                    {t(`snooze.${choice}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {button(t("bulk.spam"), <IconShieldX size={18} />, "bulk-spam", () => act({ what: "spam" }))}
            {button(t("bulk.resolve"), <IconCheck size={18} />, "bulk-resolve", () => act({ what: "resolve" }))}
          </>
        )}
        <ActionIcon size={36} aria-label={t("bulk.clear")} onClick={selection.clear} data-testid="bulk-clear">
          <IconX size={17} />
        </ActionIcon>
      </Group>
      <Group gap={4}>
        {selection.ids.size < order.length && (
          <Button size="compact-xs" variant="subtle" onClick={() => selection.select(order)} data-testid="bulk-all">
            {t("bulk.all")}
          </Button>
        )}
        {selection.whole && !selection.every && (
          <Button size="compact-xs" variant="subtle" onClick={selection.selectEvery} data-testid="bulk-every">
            {t("bulk.everyInList", { count: MOST.toLocaleString() })}
          </Button>
        )}
      </Group>
    </Box>
  );
}
