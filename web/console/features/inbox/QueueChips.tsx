/** The queues and views on a phone: a row to swipe. */

import { Group, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { IconLayoutList, type TablerIcon } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "wouter";
import { QUEUES } from "../../app/desk/queues";
import type { ListKey } from "../../app/desk/state";
import { useT } from "../../app/i18n";
import { QUEUE_ICONS, QueueCount } from "../../app/navigation";
import { useViewCounts } from "../views/useViewCounts";
import { useViews, ViewBadge } from "../views/ViewsNav";

export function QueueChips({ list }: { list: ListKey }) {
  const t = useT();
  const views = useViews();
  useViewCounts(views.length > 0);
  return (
    <ScrollArea type="never" px="md" pt="sm" pb={4}>
      <Group component="nav" aria-label={t("nav.queues")} gap={8} wrap="nowrap">
        {QUEUES.map((each) => (
          <Chip
            key={each}
            to={each}
            icon={QUEUE_ICONS[each]}
            label={t(`queue.${each}`)}
            active={each === list || (each === "waiting" && list === "waiting_all")}
            count={<QueueCount queue={each} />}
          />
        ))}
        {views.map((view) => (
          <Chip
            key={view.id}
            to={`view-${view.id}`}
            icon={IconLayoutList}
            label={view.name}
            active={list === `view-${view.id}`}
            count={<ViewBadge id={view.id} />}
          />
        ))}
      </Group>
    </ScrollArea>
  );
}

interface ChipProps {
  to: ListKey;
  icon: TablerIcon;
  label: string;
  active: boolean;
  count: ReactNode;
}

function Chip({ to, icon: Icon, label, active, count }: ChipProps) {
  const chip = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (active) chip.current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [active]);
  return (
    <UnstyledButton
      component={Link}
      ref={chip}
      to={`/inbox/${to}`}
      px={12}
      h={40}
      style={{ flexShrink: 0 }}
      bdrs="xl"
      bg={active ? "var(--sonnim-selected)" : "var(--sonnim-sunken)"}
      c={active ? "var(--sonnim-accent)" : undefined}
      bd={active ? "1px solid var(--sonnim-accent)" : "1px solid var(--sonnim-line)"}
      aria-current={active ? "page" : undefined}
      data-testid={/^view-/.test(to) ? to : `queue-${to}`}
    >
      <Group gap={6} wrap="nowrap" h="100%">
        <Icon size={16} stroke={1.8} aria-hidden="true" style={{ flexShrink: 0 }} />
        <Text fz="sm" fw={active ? 650 : 500} style={{ whiteSpace: "nowrap" }}>
          {label}
        </Text>
        {count}
      </Group>
    </UnstyledButton>
  );
}
