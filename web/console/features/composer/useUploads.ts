/** Files on their way up: progress, limits told in words before anything is sent, cancel. */

import type { Attachment } from "@sonnim/protocol";
import { useCallback, useEffect, useRef, useState } from "react";
import { upload } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { errorText } from "../../ui/toast";
import { notifications } from "@mantine/notifications";

export const MAX_BYTES = 20 * 1024 * 1024;

export interface Upload {
  key: number;
  name: string;
  share: number;
}

export interface Uploads {
  running: readonly Upload[];
  add: (files: readonly File[]) => void;
  cancel: (key: number) => void;
}

export function useUploads(taken: number, maxFiles: number, onDone: (attachment: Attachment) => void): Uploads {
  const words = useWords();
  const format = useFormat();
  const { base } = useDesk();
  const [running, setRunning] = useState<readonly Upload[]>([]);
  const cancels = useRef(new Map<number, AbortController>());
  const nextKey = useRef(1);
  useEffect(() => {
    const open = cancels.current;
    return () => open.forEach((cancel) => cancel.abort());
  }, []);

  const one = useCallback(
    async (file: File) => {
      const key = nextKey.current++;
      const cancel = new AbortController();
      cancels.current.set(key, cancel);
      setRunning((now) => [...now, { key, name: file.name, share: 0 }]);
      const progress = (share: number) =>
        setRunning((now) => now.map((each) => (each.key === key ? { ...each, share } : each)));
      try {
        onDone(await upload<Attachment>(`${base}/attachments`, file, progress, cancel.signal));
      } catch (error) {
        if (!cancel.signal.aborted) tell(`${file.name}: ${errorText(words, error)}`);
      } finally {
        cancels.current.delete(key);
        setRunning((now) => now.filter((each) => each.key !== key));
      }
    },
    [base, onDone, words],
  );

  const add = (files: readonly File[]) => {
    const room = maxFiles - taken - running.length;
    if (files.length > room) tell(words.t("attachment.tooMany", { count: maxFiles }));
    for (const file of files.slice(0, Math.max(0, room))) {
      if (file.size > MAX_BYTES) tell(words.t("attachment.tooLarge", { name: file.name, size: format.bytes(MAX_BYTES) }));
      else if (file.size === 0) tell(words.t("attachment.empty", { name: file.name }));
      else void one(file);
    }
  };
  return { running, add, cancel: (key) => cancels.current.get(key)?.abort() };
}

function tell(message: string): void {
  notifications.show({ color: "red", message, withBorder: true, autoClose: 7000 });
}
