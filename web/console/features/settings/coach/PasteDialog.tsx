/** Many words at once, as they come from a table or a note; one sees what was understood before it is kept. */

import { Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { read, type Term } from "./glossary";
import { explain } from "./useGlossary";

const SHOWN = 12;

export function PasteDialog({ onSave, onClose }: { onSave: (terms: Term[]) => Promise<void>; onClose: () => void }) {
  const t = useT();
  const [text, setText] = useState("");
  const { terms, odd } = read(text);
  const lines = odd.slice(0, SHOWN).join(", ") + (odd.length > SHOWN ? " …" : "");
  return (
    <FormDialog
      name="paste"
      title={t("coach.paste")}
      saveText={t("coach.pasteSave")}
      explain={explain}
      ready={terms.length > 0}
      onSave={() => onSave(terms).then(onClose)}
      onClose={onClose}
    >
      <Textarea
        label={t("coach.pasteLines")}
        description={t("coach.pasteHint")}
        placeholder={t("coach.pasteExample")}
        autosize
        minRows={6}
        maxRows={16}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="paste-lines"
      />
      <Stack gap={2} role="status">
        {terms.length > 0 && (
          <Text fz="sm" c="dimmed" data-testid="paste-found">
            {t("coach.pasteFound", { count: terms.length })}
          </Text>
        )}
        {odd.length > 0 && (
          <Text fz="sm" c="var(--mantine-color-error)" data-testid="paste-odd">
            {t("coach.pasteOdd", { lines })}
          </Text>
        )}
      </Stack>
    </FormDialog>
  );
}
