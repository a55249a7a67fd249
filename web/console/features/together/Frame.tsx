/** The frame of a dialog: a title, what it does, the fields, and the one button that does it. */

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";

interface Props {
  title: string;
  text?: string;
  action: string;
  ready: boolean;
  testid: string;
  onAct: () => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Frame({ title, text, action, ready, testid, onAct, onDone, onClose, children }: Props) {
  const words = useWords();
  const { t } = words;
  const [busy, setBusy] = useState(false);
  const act = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    void attempt(words, onAct).then((done) => {
      setBusy(false);
      if (!done) return;
      onClose();
      onDone();
    });
  };
  return (
    <Modal opened onClose={onClose} title={title} size={480} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={act} data-testid={testid}>
        <Stack gap="md">
          {text && (
            <Text fz="sm" c="dimmed">
              {text}
            </Text>
          )}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={!ready} loading={busy} data-testid={`${testid}-act`}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
