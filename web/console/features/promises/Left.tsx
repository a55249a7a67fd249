/** How long is left for a promise, second by second; then by how much it is overdue. */

import { Group, Text } from "@mantine/core";
import type { PromiseMade } from "@sonnim/protocol";
import { IconHeartHandshake } from "@tabler/icons-react";
import { clockFace, useNow } from "../../app/clock";
import { useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { everybodys, isLate } from "./promises";

const DAY = 86_400_000;

/** A promise is a wait of somebody: it turns warm when its time is nearly up, then red. */
export function Left({ promise, marked = false }: { promise: PromiseMade; marked?: boolean }) {
  const { t } = useWords();
  const now = useNow();
  const left = Date.parse(promise.due_at) - now;
  const size = Math.abs(left);
  const time = size < DAY ? clockFace(left >= 0 ? size + 999 : size) : t("wait.days", { count: Math.floor(size / DAY) });
  const tone = isLate(promise, now) ? "late" : now >= Date.parse(promise.warn_at) ? "warm" : "calm";
  const label = t(left >= 0 ? "promise.left" : "promise.over", { time });
  const words = (
    <Text
      span
      fz="xs"
      c={tone === "calm" ? "dimmed" : `var(--sonnim-wait-${tone})`}
      fw={tone === "calm" ? 550 : 700}
      style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}
      title={label}
      aria-label={label}
      role="timer"
      aria-live="off"
      data-testid="promise-left"
      data-tone={tone}
    >
      {left >= 0 ? time : `+${time}`}
    </Text>
  );
  if (!marked) return words;
  return (
    <Group gap={3} wrap="nowrap" c={`var(--sonnim-wait-${tone})`}>
      <IconHeartHandshake size={13} aria-hidden="true" style={{ flexShrink: 0 }} />
      {words}
    </Group>
  );
}

/** The open promise of a conversation whose time is nearly up, or over. */
export function usePressingPromise(conversation: number): PromiseMade | null {
  const now = useNow(5);
  const soonest = useDeskState((state) => everybodys(state).find((each) => each.conversation_id === conversation) ?? null);
  return soonest && now >= Date.parse(soonest.warn_at) ? soonest : null;
}
