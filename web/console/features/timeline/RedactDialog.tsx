/** Erasing a wording for good: what that means, and why it is done. */

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";

interface Props {
  onRedact: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

export default function RedactDialog({ onRedact, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const redact = () => {
    setBusy(true);
    void attempt(words, () => onRedact(reason)).then((done) => {
      setBusy(false);
      if (done) onClose();
    });
  };
  return (
    <Modal opened onClose={onClose} title={t("redact.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack data-testid="redact-dialog">
        <Text fz="sm">{t("redact.text")}</Text>
        <TextInput
          label={t("redact.reason")}
          description={t("redact.reasonHint")}
          value={reason}
          maxLength={300}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
          data-testid="redact-reason"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={redact} data-testid="redact-confirm">
            {t("redact.action")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
