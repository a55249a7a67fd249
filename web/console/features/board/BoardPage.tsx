/** The live board: who waits and how long against the promise, who is there with how much, how today went. */

import { ActionIcon, Alert, Box, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCoffee, IconMaximize, IconMinimize } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { KeyTip } from "../../ui/KeyTip";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { standingOf } from "../routing/standing";
import { People } from "./People";
import { Spread } from "./Spread";
import { useBoard, type Shown } from "./useBoard";
import { useWall } from "./useWall";
import { WaitingRow } from "./WaitingRow";

export default function BoardPage() {
  const { t } = useWords();
  const format = useFormat();
  const { shown, failed, reload } = useBoard();
  const { wall, toggle } = useWall();
  const shop = useDeskState((state) => state.shop.name);
  if (!shown) return failed ? <Failed onRetry={reload} /> : <RowSkeletons />;
  return (
    <Box
      h={wall ? "100dvh" : "100%"}
      pos={wall ? "fixed" : "relative"}
      inset={wall ? 0 : undefined}
      bg="var(--mantine-color-body)"
      style={{ overflowY: "auto", zIndex: wall ? 300 : undefined }}
      data-testid="board"
      data-wall={wall}
    >
      <Stack p={{ base: "md", sm: wall ? 40 : "xl" }} gap={wall ? 36 : "lg"} maw={wall ? undefined : 1280} mx="auto">
        <Group justify="space-between" wrap="nowrap">
          <Title order={1} fz={wall ? "2.2rem" : "1.5rem"} lineClamp={1}>
            {wall ? shop : t("board.title")}
          </Title>
          <KeyTip label={t(wall ? "board.wallLeave" : "board.wall")}>
            <ActionIcon size={wall ? 48 : 36} onClick={toggle} aria-label={t(wall ? "board.wallLeave" : "board.wall")} data-testid="board-wall">
              {wall ? <IconMinimize size={26} /> : <IconMaximize size={20} />}
            </ActionIcon>
          </KeyTip>
        </Group>
        {failed && <Alert color="gray">{t("board.stale", { time: format.stamp(shown.board.at) })}</Alert>}
        <Figures board={shown.board} large={wall} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing={wall ? 36 : "lg"}>
          <Panel>
            <Waiting shown={shown} large={wall} />
          </Panel>
          <Stack gap={wall ? 36 : "lg"}>
            <Panel>
              <Spread found={shown.board.first_replies} promised={shown.board.promises_first_reply} large={wall} />
            </Panel>
            <Panel>
              <People loads={shown.board.loads} large={wall} />
            </Panel>
          </Stack>
        </SimpleGrid>
      </Stack>
    </Box>
  );
}

function Panel({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="lg" miw={0}>
      {children}
    </Paper>
  );
}

function Figures({ board, large }: { board: Shown["board"]; large: boolean }) {
  const { t } = useWords();
  const format = useFormat();
  const online = useDeskState(
    ({ tables, agentPresence }) =>
      Object.values(tables.agents).filter((agent) => !agent.removed && standingOf(agent, tables.seats[agent.id], agentPresence[agent.id] ?? "offline").presence === "online").length,
  );
  const figures: [string, string, number, string?][] = [
    ["waiting", t("board.waiting"), board.waiting_n, board.waiting_n ? "var(--sonnim-wait-warm)" : undefined],
    ["late", t("board.late"), board.late_n, board.late_n ? "var(--sonnim-wait-late)" : undefined],
    ["unassigned", t("board.unassigned"), board.unassigned_n],
    ["open", t("board.open"), board.open_n],
    ["online", t("board.online"), online],
  ];
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} spacing={large ? 28 : "md"}>
      {figures.map(([name, label, n, color]) => (
        <Paper key={name} withBorder radius="lg" p={large ? "lg" : "md"} data-testid={`board-${name}`}>
          <Text fz={large ? "lg" : "xs"} c="dimmed">
            {label}
          </Text>
          <Text fz={large ? "4rem" : "1.8rem"} fw={650} lh={1.15} c={color} style={{ fontVariantNumeric: "tabular-nums" }}>
            {format.number(n)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function Waiting({ shown, large }: { shown: Shown; large: boolean }) {
  const { t } = useWords();
  const { board, contacts } = shown;
  const rest = board.waiting_n - board.waiting.length;
  return (
    <Stack gap="sm" data-testid="board-who">
      <Title order={2} fz={large ? "xl" : "md"} fw={600}>
        {t("board.who")}
      </Title>
      {board.waiting.length ? (
        board.waiting.map((each) => <WaitingRow key={each.id} conversation={each} contact={contacts.get(each.contact_id)} large={large} />)
      ) : (
        <Empty icon={<IconCoffee size={26} />} title={t("board.nobody")}>{t("board.nobodyHint")}</Empty>
      )}
      {rest > 0 && (
        <Text fz="sm" c="dimmed">
          {t("board.more", { count: rest })}
        </Text>
      )}
    </Stack>
  );
}
