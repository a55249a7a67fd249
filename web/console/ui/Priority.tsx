/** How much a conversation matters: a mark for what is above or below the normal, in ink, because only waiting is warm. */

import type { Conversation } from "@sonnim/protocol";
import { IconChevronDown, IconChevronsUp, IconChevronUp, IconEqual, type TablerIcon } from "@tabler/icons-react";
import { useT } from "../app/i18n";

export type Priority = Conversation["priority"];
export const PRIORITIES: readonly Priority[] = [3, 2, 1, 0];
const ICONS: Record<Priority, TablerIcon> = { 0: IconChevronDown, 1: IconEqual, 2: IconChevronUp, 3: IconChevronsUp };

export function PriorityIcon({ priority, size = 18 }: { priority: Priority; size?: number }) {
  const Icon = ICONS[priority];
  return <Icon size={size} stroke={priority > 1 ? 2.6 : 1.8} aria-hidden="true" />;
}

/** In a row of the list: what is normal or low needs no mark. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const t = useT();
  if (priority < 2) return null;
  const label = t("priority.is", { priority: t(`priority.${priority}`) });
  const Icon = ICONS[priority];
  return <Icon size={16} stroke={2.6} role="img" aria-label={label} style={{ flexShrink: 0 }} data-testid="priority-mark" data-priority={priority} />;
}
