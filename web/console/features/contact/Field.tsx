/** A line of the contact panel: what it is, and its value. */

import { Box, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Field({ label, icon, children }: { label: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Group gap={8} wrap="nowrap" align="center" mih={30}>
      <Group gap={5} w={88} miw={88} c="dimmed" wrap="nowrap">
        {icon}
        <Text fz="xs" style={{ whiteSpace: "nowrap" }}>
          {label}
        </Text>
      </Group>
      <Box flex={1} miw={0}>
        {children}
      </Box>
    </Group>
  );
}

/** A part of the panel with a small heading. */
export function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Box component="section">
      <Group justify="space-between" mb={6} mih={24} wrap="nowrap">
        <Text fz="xs" fw={600} c="dimmed">
          {title}
        </Text>
        {action}
      </Group>
      {children}
    </Box>
  );
}
