/** Why a rule was dismissed: who, when, which words, and the conversation in which it was. */

import { Anchor, Box, Button, Center, Divider, Group, Modal, Stack, Text } from "@mantine/core";
import type { CoachDismissal } from "@sonnim/protocol";
import { IconMessageOff } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { Link } from "wouter";
import { api } from "../../../app/api";
import { useAgent, useDesk } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useT, useWords } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { Empty, Failed, RowSkeletons } from "../../../ui/States";
import { attempt } from "../../../ui/toast";
import { useResource } from "../resource";
import { nameOf } from "./rules";
import { useRuleWords } from "./words";

interface Page {
  items: CoachDismissal[];
  next: number | null;
}

export function Dismissals({ rule, onClose }: { rule: string; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const phone = useIsPhone();
  const { base } = useDesk();
  const path = `/coach/dismissals?rule=${rule}`;
  const { data, failed, reload, set } = useResource<Page>(path);
  const [busy, setBusy] = useState(false);
  const name = nameOf(useRuleWords(), rule);
  const more = async () => {
    setBusy(true);
    await attempt(words, async () => {
      const page = await api.get<Page>(`${base}${path}&before=${data?.next ?? 0}`);
      set(({ items }) => ({ items: [...items, ...page.items], next: page.next }));
    });
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} size="lg" fullScreen={phone} title={t("coach.reasonsOf", { name })} closeButtonProps={{ "aria-label": t("common.close") }}>
      {failed && !data && <Failed onRetry={reload} />}
      {!failed && !data && <RowSkeletons count={3} />}
      {data && !data.items.length && (
        <Empty icon={<IconMessageOff size={26} stroke={1.6} />} title={t("coach.reasonsNone")}>
          {t("coach.reasonsNoneHint")}
        </Empty>
      )}
      <Stack gap="sm" pt="xs">
        {data?.items.map((each, n) => (
          <Fragment key={each.id}>
            {n > 0 && <Divider color="var(--sonnim-line)" />}
            <Line item={each} />
          </Fragment>
        ))}
        {data?.next && (
          <Center>
            <Button variant="light" loading={busy} onClick={() => void more()}>
              {t("audit.more")}
            </Button>
          </Center>
        )}
      </Stack>
    </Modal>
  );
}

function Line({ item: { agent_id, at, piece, reason, words, conversation_id } }: { item: CoachDismissal }) {
  const t = useT();
  const format = useFormat();
  const agent = useAgent(agent_id);
  const why = reason === "other" ? t("coach.otherReason") : t(`remark.reason.${reason}`);
  return (
    <Box data-testid="coach-dismissal">
      <Group justify="space-between" gap={8}>
        <Text fz="sm" fw={600}>
          {why}
        </Text>
        <Text fz="xs" c="dimmed" title={format.full(at)} style={{ fontVariantNumeric: "tabular-nums" }}>
          {agent?.name ?? t("coach.former")} · {format.stamp(at)}
        </Text>
      </Group>
      {words && (
        <Text fz="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {words}
        </Text>
      )}
      <Text fz="sm" c="dimmed" dir="auto" fs={piece ? undefined : "italic"} lineClamp={4} style={{ overflowWrap: "anywhere" }}>
        {piece ? t("coach.piece", { piece }) : t("coach.pieceGone")}
      </Text>
      <Anchor component={Link} to={`/inbox/all/${conversation_id}`} fz="sm">
        {t("coach.open")}
      </Anchor>
    </Box>
  );
}
