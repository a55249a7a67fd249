/** The queues on a phone: a row to swipe. */

import { Group, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import type { QueueName } from "@sonnim/protocol";
import { Link } from "wouter";
import { QUEUES } from "../../app/desk/queues";
import { useT } from "../../app/i18n";
import { QUEUE_ICONS, QueueCount } from "../../app/navigation";

export function QueueChips({ queue }: { queue: QueueName }) {
  const t = useT();
  return (
    <ScrollArea type="never" px="md" pt="sm" pb={4}>
      <Group component="nav" aria-label={t("nav.queues")} gap={8} wrap="nowrap">
        {QUEUES.map((each) => {
          const Icon = QUEUE_ICONS[each];
          const active = each === queue;
          return (
            <UnstyledButton
              key={each}
              component={Link}
              to={`/inbox/${each}`}
              px={12}
              h={40}
              style={{ flexShrink: 0 }}
              bdrs="xl"
              bg={active ? "var(--sonnim-selected)" : "var(--sonnim-sunken)"}
              c={active ? "var(--sonnim-accent)" : undefined}
              bd={active ? "1px solid var(--sonnim-accent)" : "1px solid var(--sonnim-line)"}
              aria-current={active ? "page" : undefined}
              data-testid={`queue-${each}`}
            >
              <Group gap={6} wrap="nowrap" h="100%">
                <Icon size={16} stroke={1.8} aria-hidden="true" style={{ flexShrink: 0 }} />
                <Text fz="sm" fw={active ? 650 : 500} style={{ whiteSpace: "nowrap" }}>
                  {t(`queue.${each}`)}
                </Text>
                <QueueCount queue={each} />
              </Group>
            </UnstyledButton>
          );
        })}
      </Group>
    </ScrollArea>
  );
}
