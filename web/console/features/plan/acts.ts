/** What puts a whole plan into the draft: the template, a file, an older version, or what is in force. */

import { useCallback, useMemo } from "react";
import { api, ApiError } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { notifications } from "@mantine/notifications";
import { attempt, toastDone, toastError } from "../../ui/toast";
import type { Draft } from "./types";
import type { DraftDesk } from "./useDraft";

export interface Acts {
  make: (what: "template" | "discard") => Promise<boolean>;
  restore: (n: number) => Promise<boolean>;
  take: (file: File) => Promise<void>;
}

export function useActs({ settled, take }: DraftDesk): Acts {
  const words = useWords();
  const { base } = useDesk();
  const put = useCallback(
    async (path: string, body: object = {}) => {
      const draft = await api.post<Draft & { missing?: string[] }>(`${base}/plan/${path}`, { ...body, v: await settled() });
      const { missing, ...kept } = draft;
      take(kept);
      return missing ?? [];
    },
    [settled, take, base],
  );
  return useMemo(
    () => ({
      make: (what) => attempt(words, () => put(`draft/${what}`)),
      restore: (n) =>
        attempt(words, async () => {
          await put(`versions/${n}/restore`);
          toastDone(words.t("plan.restored", { n }));
        }),
      async take(file) {
        try {
          const plan: unknown = JSON.parse(await file.text());
          const missing = await put("draft/import", { plan });
          toastDone(missing.length ? words.t("plan.importedMissing", { names: missing.join(", ") }) : words.t("plan.imported"));
        } catch (error) {
          const readable = error instanceof ApiError && error.status !== 422;
          const closeButtonProps = { "aria-label": words.t("common.close") };
          if (readable) toastError(words, error);
          else notifications.show({ color: "red", message: words.t("plan.importWrong"), withBorder: true, closeButtonProps });
        }
      },
    }),
    [put, words],
  );
}
