/** To a day of this conversation. */

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { momentOf, wallTime } from "../../app/clock";
import { useDesk } from "../../app/desk/context";
import { findMoment } from "../../app/desk/wording";
import { serverNow } from "../../app/api";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";

interface Props {
  conversation: number;
  onFound: (seq: number) => void;
  onClose: () => void;
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

function dateOf(at: number): string {
  const { year, month, day } = wallTime(ZONE, at);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export default function JumpToDate({ conversation, onFound, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const today = dateOf(serverNow());
  const [date, setDate] = useState(today);
  const [busy, setBusy] = useState(false);
  const go = () => {
    const [year, month, day] = date.split("-").map(Number);
    if (!year || !month || !day || busy) return;
    setBusy(true);
    const at = new Date(momentOf(ZONE, { year, month, day, hour: 0, minute: 0 })).toISOString();
    let seq: number | null = null;
    void attempt(words, async () => (seq = await findMoment(desk, conversation, at))).then((done) => {
      setBusy(false);
      if (!done) return;
      onClose();
      if (seq !== null) onFound(seq);
    });
  };
  return (
    <Modal opened onClose={onClose} size="xs" title={t("date.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <TextInput
          type="date"
          label={t("date.label")}
          value={date}
          max={today}
          onChange={(event) => setDate(event.currentTarget.value)}
          data-autofocus
          data-testid="date-input"
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={busy} data-testid="date-go">
            {t("date.go")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
