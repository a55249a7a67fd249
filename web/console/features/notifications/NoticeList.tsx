/** What concerns me, newest first. */

import { Box, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import {
  IconAlarm,
  IconAt,
  IconBell,
  IconBellOff,
  IconEye,
  IconGavel,
  IconHeartHandshake,
  IconHourglassEmpty,
  IconMessageCheck,
  IconRobot,
  IconUserCheck,
  type TablerIcon,
} from "@tabler/icons-react";
import { Link } from "wouter";
import { useNow } from "../../app/clock";
import { useAgent, useDesk, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { markSeen, useNotices, type ListedNotice } from "./list";

const ICONS: Record<ListedNotice["kind"], TablerIcon> = {
  mention: IconAt,
  question: IconGavel,
  answered: IconMessageCheck,
  overdue: IconAlarm,
  promise: IconHeartHandshake,
  late: IconAlarm,
  due: IconHourglassEmpty,
  missed: IconAlarm,
  rule: IconRobot,
  assigned: IconUserCheck,
  followed: IconEye,
  quieted: IconBellOff,
};

export function NoticeList({ onOpen }: { onOpen?: () => void }) {
  const t = useT();
  const { status, items, next, more, again } = useNotices();
  if (status === "loading" && !items.length) return <RowSkeletons count={4} />;
  if (status === "error") return <Failed onRetry={again} />;
  if (!items.length) {
    return (
      <Empty icon={<IconBell size={26} stroke={1.6} />} title={t("notices.none")}>
        {t("notices.noneHint")}
      </Empty>
    );
  }
  return (
    <Stack gap={0} role="list" aria-label={t("notices.title")} data-testid="notice-list">
      {items.map((notice) => (
        <Row key={notice.id} notice={notice} onOpen={onOpen} />
      ))}
      {next && (
        <Button variant="subtle" m="sm" onClick={more}>
          {t("notices.more")}
        </Button>
      )}
    </Stack>
  );
}

function Row({ notice, onOpen }: { notice: ListedNotice; onOpen: (() => void) | undefined }) {
  const t = useT();
  const desk = useDesk();
  const format = useFormat();
  const now = useNow(30);
  const { id, kind, conversation_id, seq, by_id, contact_name, text, at } = notice;
  const by = useAgent(by_id)?.name;
  const unseen = useDeskState((state) => state.tables.notifications[id] !== undefined);
  const Icon = ICONS[kind];
  return (
    <Box role="listitem">
      <UnstyledButton
        component={Link}
        to={`/inbox/all/${conversation_id}${seq ? `?at=${seq}` : ""}`}
        display="block"
        w="100%"
        px="md"
        py={11}
        data-testid="notice"
        data-unseen={unseen || undefined}
        style={{ borderBottom: "1px solid var(--sonnim-line)" }}
        onClick={() => {
          void markSeen(desk, { ids: [id] }).catch(() => undefined); // the next snapshot has it again
          onOpen?.();
        }}
      >
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Box c={unseen ? "var(--sonnim-accent)" : "dimmed"} pt={1}>
            <Icon size={19} stroke={1.7} aria-hidden="true" />
          </Box>
          <Box flex={1} miw={0}>
            <Text fz="sm" fw={unseen ? 650 : 450} lh={1.4}>
              {t(`notice.${kind}`, {
                by: by || t("notices.colleague"),
                contact: contact_name || t("notices.shopper"),
              })}
            </Text>
            {text && (
              <Text fz="sm" c="dimmed" lh={1.4} lineClamp={2} dir="auto">
                {text}
              </Text>
            )}
            <Text fz="xs" c="dimmed" mt={2} title={format.full(at)}>
              {kind === "assigned" || kind === "followed" ? null : `${contact_name || t("notices.shopper")} · `}
              {format.short(at, now)}
            </Text>
          </Box>
          {unseen && <Box w={9} h={9} mt={6} bdrs="xl" bg="var(--sonnim-accent)" role="img" aria-label={t("notices.unseen")} />}
        </Group>
      </UnstyledButton>
    </Box>
  );
}
