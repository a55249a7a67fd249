/** The list of keys behind "?". */

import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../app/i18n";
import { KEYS, useCommand } from "./keys";

export function KeysHelp() {
  const t = useT();
  const [open, setOpen] = useState(false);
  useCommand("keys", () => setOpen(true));
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap={10} data-testid="keys-help">
        {KEYS.map(([command, key]) => (
          <Group key={command} justify="space-between">
            <Text fz="sm">{t(`keys.${command}`)}</Text>
            <Kbd>{key}</Kbd>
          </Group>
        ))}
        <Group justify="space-between">
          <Text fz="sm">{t("keys.send")}</Text>
          <Kbd>Enter</Kbd>
        </Group>
        <Group justify="space-between">
          <Text fz="sm">{t("keys.newline")}</Text>
          <Group gap={4}>
            <Kbd>Shift</Kbd>
            <Kbd>Enter</Kbd>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
