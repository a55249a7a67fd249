/** How fast first answers came today, as bars. */

import { Anchor, Box, Group, Stack, Text, Title } from "@mantine/core";
import type { Board } from "@sonnim/protocol";
import { Link } from "wouter";
import { clockFace } from "../../app/clock";
import { useMay } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";

type Found = Board["first_replies"];

export function Spread({ found, promised, large }: { found: Found; promised: boolean; large: boolean }) {
  const { t } = useWords();
  const mayPromise = useMay("plan.manage");
  return (
    <Stack gap="md" data-testid="board-today">
      <Title order={2} fz={large ? "xl" : "md"} fw={600}>
        {t("board.today")}
      </Title>
      {found.n ? (
        <>
          <Numbers found={found} large={large} />
          <Bars found={found} />
        </>
      ) : (
        <Text c="dimmed" fz={large ? "lg" : "sm"}>
          {promised ? t("board.none") : t("board.noPromise")}{" "}
          {!promised && mayPromise && (
            <Anchor component={Link} to="/settings/promises">
              {t("board.setPromise")}
            </Anchor>
          )}
        </Text>
      )}
    </Stack>
  );
}

function Numbers({ found, large }: { found: Found; large: boolean }) {
  const { t } = useWords();
  const format = useFormat();
  const figures: [string, string][] = [
    [t("board.kept"), `${format.number(Math.round((found.kept * 100) / found.n))} %`],
    [t("board.median"), clockFace((found.median_s ?? 0) * 1000)],
    [t("board.p90"), clockFace((found.p90_s ?? 0) * 1000)],
  ];
  return (
    <Group gap="xl">
      {figures.map(([label, value]) => (
        <Box key={label}>
          <Text fz="xs" c="dimmed">
            {label}
          </Text>
          <Text fz={large ? "2rem" : "lg"} fw={650} style={{ fontVariantNumeric: "tabular-nums" }}>
            {value}
          </Text>
        </Box>
      ))}
    </Group>
  );
}

function Bars({ found }: { found: Found }) {
  const { t } = useWords();
  const format = useFormat();
  const most = Math.max(...found.bars.map((bar) => bar.n), 1);
  return (
    <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {found.bars.map((bar) => (
        <Group component="li" key={bar.upto_s ?? "more"} gap="sm" wrap="nowrap">
          <Text fz="xs" c="dimmed" w={96} style={{ flexShrink: 0, whiteSpace: "nowrap" }}>
            {bar.upto_s === null ? t("board.barMore") : t("board.bar", { upto: clockFace(bar.upto_s * 1000) })}
          </Text>
          <Box flex={1} h={14} bdrs="sm" bg="var(--sonnim-line)">
            <Box h="100%" bdrs="sm" w={`${(bar.n * 100) / most}%`} bg="var(--sonnim-accent)" style={{ transition: "width 300ms" }} />
          </Box>
          <Text fz="xs" w={44} ta="right" style={{ fontVariantNumeric: "tabular-nums" }}>
            {t("board.replies", { count: format.number(bar.n) })}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
