/** Above the composer: what I just conceded in words, to be noted in the ledger. */

import { Button, Group, Paper, Text } from "@mantine/core";
import { IconStairsUp } from "@tabler/icons-react";
import { useState } from "react";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { attempt, toastUndo } from "../../ui/toast";
import { concede, takeBack } from "./ladder";
import { settleOffer, useOffered } from "./noting";
import { concessionText } from "./words";

export function NoteStrip({ conversation }: { conversation: number }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const pending = useOffered(conversation);
  const [busy, setBusy] = useState(false);
  if (!pending) return null;
  const { wanted, title, kind, key } = pending;
  const stand = kind === "";
  const what = concessionText(words, { ...wanted, measure: stand ? "none" : wanted.measure, title, kind });
  const note = async () => {
    setBusy(true);
    await attempt(words, async () => {
      const given = await concede(desk, conversation, wanted, key);
      settleOffer(conversation);
      toastUndo(words, t("ladder.noted"), () => void attempt(words, () => takeBack(desk, given.id)));
    });
    setBusy(false);
  };
  return (
    <Paper withBorder radius="md" px="sm" py={6} mb={6} data-testid="concession-offer">
      <Group gap={8} justify="space-between">
        <Group gap={8} wrap="nowrap" miw={0} flex={1}>
          <IconStairsUp size={17} aria-hidden="true" style={{ flexShrink: 0 }} />
          <Text fz="sm">{t(stand ? "ladder.noteStand" : "ladder.note", { what })}</Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          <Button size="compact-xs" loading={busy} onClick={() => void note()} data-testid="concession-note">
            {t("ladder.noteIt")}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => settleOffer(conversation)} data-testid="concession-not">
            {t("ladder.notGiven")}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
