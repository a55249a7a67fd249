/** A part of what is told about a score, under its heading. */

import { Box, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Title order={3} fz="sm" fw={650} mb={8}>
        {title}
      </Title>
      {children}
    </Box>
  );
}
