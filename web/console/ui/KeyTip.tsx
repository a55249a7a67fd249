/** A tooltip that names the key beside what it does. */

import { Group, Kbd, Text, Tooltip } from "@mantine/core";
import type { ReactElement } from "react";

/** Keys as `keyOf` names them, each in its own box. */
export function Keys({ keys, size = "xs" }: { keys: string; size?: "xs" | "sm" }) {
  return (
    <Group component="span" gap={3} wrap="nowrap" display="inline-flex">
      {keys.split(" ").map((key, i) => (
        <Kbd key={i} size={size}>
          {key}
        </Kbd>
      ))}
    </Group>
  );
}

interface Props {
  label: string;
  keys?: string | undefined;
  children: ReactElement<Record<string, unknown>>;
}

export function KeyTip({ label, keys, children }: Props) {
  const content = (
    <Group gap={6} wrap="nowrap">
      <Text span fz="xs">
        {label}
      </Text>
      {keys && <Keys keys={keys} />}
    </Group>
  );
  return <Tooltip label={content}>{children}</Tooltip>;
}
