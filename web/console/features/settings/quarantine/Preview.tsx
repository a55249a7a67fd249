/** How something held begins, as bare text: nothing in it is run, loaded or followed. */

import { Group, Modal, Paper, ScrollArea, SegmentedControl, Stack, Text } from "@mantine/core";
import type { Inbound, InboundDetail } from "@sonnim/protocol";
import { useState } from "react";
import { useT } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { Failed, RowSkeletons } from "../../../ui/States";
import { useResource } from "../resource";
import { HeldDeeds, type Deed } from "./HeldMail";
import { useReason } from "./reason";

interface Props {
  item: Inbound;
  busy: boolean;
  onDo: (deed: Deed) => void;
  onClose: () => void;
}

export function Preview({ item, busy, onDo, onClose }: Props) {
  const t = useT();
  const because = useReason();
  const phone = useIsPhone();
  const found = useResource<InboundDetail>(`/inbound/${item.id}`);
  const [raw, setRaw] = useState(false);
  const said = raw ? "" : found.data?.text;
  return (
    <Modal opened size="xl" fullScreen={phone} onClose={onClose} title={item.about || t("quarantine.noSubject")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Text fz="sm">{t("quarantine.reason", { reason: because(item.reason) })}</Text>
        {found.failed && <Failed onRetry={found.reload} />}
        {!found.failed && !found.data && <RowSkeletons count={3} />}
        {found.data && (
          <Stack gap="xs">
            {found.data.text && (
              <SegmentedControl
                size="xs"
                aria-label={t("quarantine.show")}
                data={[
                  { value: "text", label: t("quarantine.asText") },
                  { value: "raw", label: t("quarantine.asRaw") },
                ]}
                value={raw ? "raw" : "text"}
                onChange={(value) => setRaw(value === "raw")}
                style={{ alignSelf: "flex-start" }}
                data-testid="held-as"
              />
            )}
            <Paper bg="var(--sonnim-sunken)" radius="md" bd="1px solid var(--sonnim-line)">
              <ScrollArea.Autosize mah="50vh" type="auto" viewportProps={{ tabIndex: 0, "aria-label": t("quarantine.beginning") }}>
                {said ? (
                  <Text fz="sm" p="sm" dir="auto" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="held-text">
                    {said}
                  </Text>
                ) : (
                  <Text component="pre" ff="monospace" fz="xs" m={0} p="sm" dir="ltr" style={{ whiteSpace: "pre-wrap", wordBreak: "break-all" }} data-testid="held-beginning">
                    {found.data.beginning}
                  </Text>
                )}
              </ScrollArea.Autosize>
            </Paper>
          </Stack>
        )}
        <Text fz="xs" c="dimmed">
          {t("quarantine.beginningHint")}
        </Text>
        <Group gap={6}>
          <HeldDeeds item={item} busy={busy} onDo={onDo} />
        </Group>
      </Stack>
    </Modal>
  );
}
