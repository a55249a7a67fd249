/** One thing that is held: from whom, about what, why, and what can be done with it. */

import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { Inbound } from "@sonnim/protocol";
import { IconArrowBackUp, IconDownload, IconEye, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useDesk } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useT } from "../../../app/i18n";
import { useReason } from "./reason";

export type Deed = "retry" | "discard" | "restore";

interface Props {
  item: Inbound;
  busy: boolean;
  onDo: (deed: Deed) => void;
}

export function HeldMail({ item, busy, onShow, onDo }: Props & { onShow: () => void }) {
  const t = useT();
  const because = useReason();
  const format = useFormat();
  return (
    <Paper withBorder radius="lg" px="md" py="sm" data-testid="held">
      <Stack gap={4}>
        <Group justify="space-between" gap={8} wrap="nowrap" align="flex-start">
          <Text fw={600} style={{ wordBreak: "break-word" }} dir="auto" lineClamp={2}>
            {item.about || t("quarantine.noSubject")}
          </Text>
          <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }} title={format.full(item.received_at)}>
            {format.stamp(item.received_at)}
          </Text>
        </Group>
        <Text fz="sm" c="dimmed" style={{ wordBreak: "break-word" }} dir="auto" lineClamp={1}>
          {item.sender || t("quarantine.noSender")}
          {item.source && ` → ${item.source}`} · {format.bytes(item.size)}
        </Text>
        {item.reason && (
          <Text fz="sm" style={{ wordBreak: "break-word" }} data-testid="held-reason">
            {t("quarantine.reason", { reason: because(item.reason) })}
          </Text>
        )}
        <Group gap={6} mt={4}>
          <Button size="compact-sm" variant="default" leftSection={<IconEye size={15} />} onClick={onShow} data-testid="held-show">
            {t("quarantine.show")}
          </Button>
          <HeldDeeds item={item} busy={busy} onDo={onDo} />
        </Group>
      </Stack>
    </Paper>
  );
}

export function HeldDeeds({ item, busy, onDo }: Props) {
  const t = useT();
  const { base } = useDesk();
  return (
    <>
      <Button size="compact-sm" variant="light" loading={busy} leftSection={<IconRefresh size={15} />} onClick={() => onDo("retry")} data-testid="held-retry">
        {t("quarantine.retry")}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        component="a"
        href={`/api/v1${base}/inbound/${item.id}/raw`}
        download
        leftSection={<IconDownload size={15} />}
        data-testid="held-download"
      >
        {t("quarantine.download")}
      </Button>
      {item.state === "quarantined" && (
        <Button size="compact-sm" variant="subtle" color="red" leftSection={<IconTrash size={15} />} onClick={() => onDo("discard")} data-testid="held-discard">
          {t("quarantine.discard")}
        </Button>
      )}
      {item.state === "discarded" && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconArrowBackUp size={15} />} onClick={() => onDo("restore")} data-testid="held-restore">
          {t("quarantine.restore")}
        </Button>
      )}
    </>
  );
}
