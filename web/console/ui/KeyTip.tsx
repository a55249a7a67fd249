/** A tooltip that names the key beside what it does. */

import { Group, Kbd, Text, Tooltip } from "@mantine/core";
import type { ReactElement } from "react";

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
      {keys && <Kbd size="xs">{keys}</Kbd>}
    </Group>
  );
  return <Tooltip label={content}>{children}</Tooltip>;
}
