/** Scripts from a file: how many there are, and what becomes of those whose shortcut is here already. */

import { Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useDesk } from "../../../app/desk/context";
import { useWords, type Words } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { errorText, toastDone } from "../../../ui/toast";
import { importScripts, NotBrought } from "./carrying";

export function ImportDialog({ scripts, onClose }: { scripts: readonly object[]; onClose: () => void }) {
  const { t } = useWords();
  const { base } = useDesk();
  const [replace, setReplace] = useState(false);
  const bring = async () => {
    const { added, changed, kept } = await importScripts(base, scripts, replace);
    toastDone(t("scripts.imported", { added, changed, kept }));
    onClose();
  };
  return (
    <FormDialog name="import" title={t("scripts.import")} ready={scripts.length > 0} explain={explain} onClose={onClose} onSave={bring}>
      <Text fz="sm">{t("scripts.importCount", { count: scripts.length })}</Text>
      <Radio.Group label={t("scripts.importSame")} value={replace ? "replace" : "keep"} onChange={(choice) => setReplace(choice === "replace")}>
        <Stack gap={8} mt={6}>
          <Radio value="keep" label={t("scripts.importKeep")} />
          <Radio value="replace" label={t("scripts.importReplace")} data-testid="import-replace" />
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}

function explain(words: Words, error: unknown): string {
  if (!(error instanceof NotBrought)) return errorText(words, error);
  return error.place ? words.t("scripts.importRefused", { place: error.place }) : errorText(words, error.reason);
}
