/** The table of contents: each section with how much of it is written. */

import { Box, NavLink, Progress, Stack, Text } from "@mantine/core";
import { IconGauge, IconHistory } from "@tabler/icons-react";
import { Link } from "wouter";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { SECTION_ICONS, SECTIONS } from "./sections";
import type { Meter } from "./types";

interface Props {
  meter: Meter;
  shown: string;
  phone: boolean;
}

export function Contents({ meter, shown, phone }: Props) {
  const t = useT();
  const format = useFormat();
  const size = phone ? 12 : 7;
  const place = (name: string) => ({
    component: Link,
    to: name === "overview" && !phone ? "/plan" : `/plan/${name}`,
    active: name === shown,
    "aria-current": name === shown ? ("page" as const) : undefined,
    fw: name === shown ? 600 : 450,
    bdrs: "md",
    px: 10,
    py: size,
    "data-testid": `plan-go-${name}`,
  });
  return (
    <Stack component="nav" aria-label={t("plan.title")} gap={2}>
      <NavLink {...place("overview")} label={t("plan.overview")} leftSection={<IconGauge size={18} stroke={1.7} aria-hidden="true" />} />
      {SECTIONS.map((section) => {
        const share = meter.shares.find((each) => each.section === section)?.percent ?? 0;
        const Icon = SECTION_ICONS[section];
        return (
          <NavLink
            key={section}
            {...place(section)}
            label={
              <Box>
                <Text inherit>{t(`plan.section.${section}`)}</Text>
                <Progress value={share} size={3} mt={4} bg="var(--sonnim-line)" aria-hidden="true" />
              </Box>
            }
            leftSection={<Icon size={18} stroke={1.7} aria-hidden="true" />}
            rightSection={
              <Text fz="xs" c="dimmed" w={46} ta="end" style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
                {format.number(share)}%
              </Text>
            }
          />
        );
      })}
      <NavLink {...place("history")} label={t("plan.history")} leftSection={<IconHistory size={18} stroke={1.7} aria-hidden="true" />} />
    </Stack>
  );
}
