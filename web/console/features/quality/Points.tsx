/** A number of points, and what it is by whose word. */

import { Group, Text } from "@mantine/core";
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from "@tabler/icons-react";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";

export function Points({ value, size = "md" }: { value: number | null; size?: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Text span fz={size} fw={650} c={value === null ? "dimmed" : undefined} style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
      {value === null ? t("quality.none") : format.number(value)}
    </Text>
  );
}

export function Change({ value }: { value: number | null }) {
  const t = useT();
  const format = useFormat();
  if (value === null) return null;
  const Arrow = value > 0 ? IconArrowUpRight : value < 0 ? IconArrowDownRight : IconArrowRight;
  const by = format.number(Math.abs(value));
  const text = value > 0 ? t("quality.up", { by }) : value < 0 ? t("quality.down", { by }) : t("quality.same");
  return (
    <Group gap={4} wrap="nowrap" c={value > 0 ? "var(--sonnim-accent)" : "dimmed"}>
      <Arrow size={16} aria-hidden="true" style={{ flexShrink: 0 }} />
      <Text span fz="sm">
        {text}
      </Text>
    </Group>
  );
}
