/** One remark: why, the piece it is about, a better wording, and what to do with it. */

import { Box, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconArrowNarrowRight, IconBulb } from "@tabler/icons-react";
import { useState } from "react";
import { keyOf } from "../../../app/commands";
import { useT } from "../../../app/i18n";
import { Keys } from "../../../ui/KeyTip";
import type { Remark, Severity } from "./marks";
import { Reasons } from "./Reasons";
import type { Reason } from "./server";

const ICONS = { note: IconBulb, warning: IconAlertCircle, serious: IconAlertTriangle };
export const COLORS: Record<Severity, string> = {
  note: "var(--mantine-color-dimmed)",
  warning: "var(--sonnim-accent)",
  serious: "var(--mantine-color-error)",
};

export function SeverityIcon({ severity, size = 17 }: { severity: Severity; size?: number }) {
  const Icon = ICONS[severity];
  return <Icon size={size} color={COLORS[severity]} aria-hidden="true" style={{ flexShrink: 0 }} />;
}

interface Props {
  remark: Remark;
  /** Begins with the question why it is dismissed. */
  asking?: boolean;
  keys: boolean;
  onApply: (remark: Remark) => void;
  onDismiss: (remark: Remark, reason: Reason, words: string) => void;
  /** One is choosing: the card stays. */
  onAsk?: () => void;
}

export function RemarkCard({ remark, asking = false, keys, onApply, onDismiss, onAsk }: Props) {
  const t = useT();
  const [why, setWhy] = useState(asking);
  const { severity, message, suggestion } = remark;
  return (
    <Stack gap={8} data-testid="remark" data-rule={remark.rule}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Box pt={3} lh={1}>
          <SeverityIcon severity={severity} />
        </Box>
        <Text fz="sm" fw={550} flex={1} style={{ overflowWrap: "anywhere" }} data-testid="remark-why">
          {message}
        </Text>
      </Group>
      {remark.piece.trim() && (
        <Text fz="xs" c="dimmed" lineClamp={2} ps={25} dir="auto" style={{ overflowWrap: "anywhere" }} data-testid="remark-piece">
          {t("remark.piece", { piece: remark.piece.trim() })}
        </Text>
      )}
      {suggestion !== null && (
        <Group gap={8} wrap="nowrap" align="flex-start" bg="var(--sonnim-selected)" bdrs="sm" px={8} py={6} ms={25}>
          <Box pt={2} lh={1}>
            <IconArrowNarrowRight size={15} color="var(--sonnim-accent)" aria-hidden="true" />
          </Box>
          <Text fz="sm" flex={1} lineClamp={8} dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }} data-testid="remark-suggestion">
            {suggestion || t("remark.leaveOut")}
          </Text>
        </Group>
      )}
      {why ? (
        <Reasons onChoose={(reason, words) => onDismiss(remark, reason, words)} />
      ) : (
        <Group gap={6} ps={25}>
          {suggestion !== null && (
            <Button size="compact-sm" onClick={() => onApply(remark)} rightSection={keys && keyOf("applyRemark") ? <Keys keys={keyOf("applyRemark")} /> : undefined} data-testid="remark-apply">
              {t("remark.apply")}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              setWhy(true);
              onAsk?.();
            }}
            rightSection={keys && keyOf("dismissRemark") ? <Keys keys={keyOf("dismissRemark")} /> : undefined}
            data-testid="remark-dismiss"
          >
            {t("remark.dismiss")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
