/** How long somebody has waited: the one thing on the screen that turns warm, then red. */

import { Group, Text } from "@mantine/core";
import { IconClockHour4 } from "@tabler/icons-react";
import { clockFace, useNow } from "../app/clock";
import { useT } from "../app/i18n";

const WARM = 60_000;
const LATE = 5 * 60_000;
const DAY = 86_400_000;

export function Wait({ since, size = "xs" }: { since: string; size?: "xs" | "xl" }) {
  const t = useT();
  const waited = Math.max(0, useNow() - Date.parse(since));
  const tone = waited >= LATE ? "late" : waited >= WARM ? "warm" : "calm";
  const text = waited < DAY ? clockFace(waited) : t("wait.days", { count: Math.floor(waited / DAY) });
  return (
    <Group gap={3} wrap="nowrap" c={`var(--sonnim-wait-${tone})`} data-testid="wait" data-tone={tone}>
      <IconClockHour4 size={size === "xl" ? 22 : 13} aria-hidden="true" style={{ flexShrink: 0 }} />
      <Text
        span
        fz={size}
        fw={tone === "calm" ? 550 : 700}
        lh={1}
        style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}
        aria-label={t("wait.label", { time: text })}
        role="timer"
        aria-live="off"
      >
        {text}
      </Text>
    </Group>
  );
}
