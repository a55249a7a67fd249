/** Every key, behind "?". */

import { Box, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { lettersOn, setLetters, shownKeys, useCommand } from "../../app/commands";
import { COMMANDS, GROUPS, type CommandLine } from "../../app/commandTable";
import { useT, type Key } from "../../app/i18n";
import { Keys } from "../../ui/KeyTip";

export function KeysHelp() {
  const [open, setOpen] = useState(false);
  useCommand("keys", () => setOpen(true));
  const t = useT();
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      size="xl"
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Lists />
    </Modal>
  );
}

function Lists() {
  const t = useT();
  const [letters, setOn] = useState(lettersOn);
  const lines: readonly CommandLine[] = COMMANDS;
  return (
    <Stack gap="lg">
      <Box style={{ columns: "300px 2", columnGap: 36 }} data-testid="keys-help">
        {GROUPS.map((group) => (
          <Box key={group} component="section" aria-label={t(`keyGroup.${group}`)} mb="lg">
            <Text fz="sm" fw={650} c="dimmed" mb={6}>
              {t(`keyGroup.${group}`)}
            </Text>
            {lines
              .filter((line) => line.group === group && line.keys)
              .map(({ id, keys = "" }) => (
                <Group key={id} justify="space-between" wrap="nowrap" py={4} style={{ breakInside: "avoid" }}>
                  <Text fz="sm">{t(`keys.${id}` as Key)}</Text>
                  <Keys keys={shownKeys(keys)} size="sm" />
                </Group>
              ))}
          </Box>
        ))}
      </Box>
      <Switch
        checked={letters}
        onChange={(event) => {
          setLetters(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
        label={t("keyboard.letters")}
        description={t("keyboard.lettersHint")}
        data-testid="letter-keys"
      />
    </Stack>
  );
}
