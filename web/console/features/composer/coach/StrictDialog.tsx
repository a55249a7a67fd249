/** Asked once before a draft leaves, where the shop wants it: the agent decides. */

import { Box, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useT } from "../../../app/i18n";
import { SeverityIcon } from "./RemarkCard";
import type { Held } from "./useGate";

interface Props {
  held: Held;
  onSend: () => void;
  onLook: () => void;
}

export function StrictDialog({ held, onSend, onLook }: Props) {
  const t = useT();
  return (
    <Modal opened onClose={onLook} returnFocus={false} title={t("remark.strict.title")} closeButtonProps={{ "aria-label": t("common.close") }} data-testid="strict">
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("remark.strict.text")}
        </Text>
        <Stack gap="xs" mah="40vh" style={{ overflowY: "auto" }}>
          {held.remarks.map((remark) => (
            <Group key={remark.id} gap={8} wrap="nowrap" align="flex-start">
              <Box pt={3} lh={1}>
                <SeverityIcon severity={remark.severity} />
              </Box>
              <Stack gap={2} flex={1}>
                <Text fz="sm" fw={550}>
                  {remark.message}
                </Text>
                {remark.piece.trim() && (
                  <Text fz="xs" c="dimmed" lineClamp={2} dir="auto" style={{ overflowWrap: "anywhere" }}>
                    {t("remark.piece", { piece: remark.piece.trim() })}
                  </Text>
                )}
              </Stack>
            </Group>
          ))}
        </Stack>
        <Group justify="flex-end">
          <Button variant="default" onClick={onSend} data-testid="strict-send">
            {t("remark.strict.send")}
          </Button>
          <Button data-autofocus onClick={onLook} data-testid="strict-look">
            {t("remark.strict.look")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
