/** How one would better say it, and what the rule marks. */

import { Box, SimpleGrid, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useT } from "../../../app/i18n";
import type { RuleWord } from "./words";

export function Example({ word }: { word: RuleWord }) {
  const t = useT();
  if (!word.good || !word.bad) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt={6}>
      <Side icon={<IconCheck size={14} aria-hidden="true" />} label={t("coach.good")} text={word.good} />
      <Side icon={<IconX size={14} aria-hidden="true" />} label={t("coach.bad")} text={word.bad} />
    </SimpleGrid>
  );
}

function Side({ icon, label, text }: { icon: ReactNode; label: string; text: string }) {
  return (
    <Box bg="var(--sonnim-sunken)" bdrs="md" px="sm" py={8}>
      <Text fz="xs" c="dimmed" fw={600} style={{ display: "flex", alignItems: "center", gap: 4 }}>
        {icon}
        {label}
      </Text>
      <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
        {text}
      </Text>
    </Box>
  );
}
