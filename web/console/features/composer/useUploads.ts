/** Files for one conversation on their way up: progress, limits told in words before anything is sent, cancel. */

import type { Attachment } from "@sonnim/protocol";
import { useEffect } from "react";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { useStore } from "../../app/store";
import { errorText } from "../../ui/toast";
import { notifications } from "@mantine/notifications";
import { begin, cancel, NONE, running as store, take, type Upload } from "./uploads";
import { placeOf } from "./useDraft";

export const MAX_BYTES = 20 * 1024 * 1024;

export interface Uploads {
  running: readonly Upload[];
  add: (files: readonly File[]) => void;
  cancel: (key: number) => void;
}

export function useUploads(conversation: number, taken: number, maxFiles: number, onDone: (attachment: Attachment) => void): Uploads {
  const words = useWords();
  const format = useFormat();
  const desk = useDesk();
  const place = placeOf(desk, conversation);
  const running = useStore(store, (all) => all[place] ?? NONE);
  useEffect(() => take(place, onDone), [place, onDone]);

  const add = (files: readonly File[]) => {
    const room = maxFiles - taken - running.length;
    if (files.length > room) tell(words.t("attachment.tooMany", { count: maxFiles }));
    for (const file of files.slice(0, Math.max(0, room))) {
      if (file.size > MAX_BYTES) tell(words.t("attachment.tooLarge", { name: file.name, size: format.bytes(MAX_BYTES) }));
      else if (file.size === 0) tell(words.t("attachment.empty", { name: file.name }));
      else begin(desk, conversation, file).catch((error: unknown) => tell(`${file.name}: ${errorText(words, error)}`));
    }
  };
  return { running, add, cancel };
}

function tell(message: string): void {
  notifications.show({ color: "red", message, withBorder: true, autoClose: 7000 });
}
