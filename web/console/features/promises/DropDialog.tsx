/** Why a promise will not be kept. */

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../app/i18n";
import { toastDone } from "../../ui/toast";
import { Frame } from "../together/Frame";

export default function DropDialog({ onDrop, onClose }: { onDrop: (reason: string) => Promise<unknown>; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState("");
  return (
    <Frame
      title={t("promise.drop")}
      text={t("promise.dropText")}
      action={t("promise.dropAction")}
      ready={reason.trim() !== ""}
      testid="promise-drop-dialog"
      onAct={() => onDrop(reason.trim())}
      onDone={() => toastDone(t("promise.dropped"))}
      onClose={onClose}
    >
      <TextInput
        label={t("promise.reason")}
        placeholder={t("promise.reasonHint")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        dir="auto"
        data-autofocus
        data-testid="promise-reason"
      />
    </Frame>
  );
}
