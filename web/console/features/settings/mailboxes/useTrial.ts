/** Trying a mailbox's servers, and saving it; what is missing is told field by field. */

import type { MailTrial } from "@sonnim/protocol";
import { useCallback, useState } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { errorText } from "../../../ui/toast";
import { trialOf, type Form } from "./form";
import { went } from "./Outcomes";

export interface Trial {
  busy: boolean;
  outcome: MailTrial | null;
  missing: readonly string[];
  wrong: string;
  /** Answers whether both servers let us in, or there is none to try. */
  run: (form: Form) => Promise<boolean>;
  /** Answers what was saved, or null. */
  saving: <T>(save: () => Promise<T>) => Promise<T | null>;
  forget: () => void;
}

export function useTrial(id: number | null): Trial {
  const words = useWords();
  const { base } = useDesk();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<MailTrial | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState("");
  const asking = async <T,>(ask: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setMissing([]);
    setWrong("");
    try {
      return await ask();
    } catch (error) {
      const fields = error instanceof ApiError ? Object.keys(error.fields) : [];
      setMissing(fields);
      const taken = error instanceof ApiError && error.code === "conflict";
      setWrong(taken ? words.t("mailboxes.taken") : fields.length ? words.t("mailboxes.incomplete") : errorText(words, error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  const run = async (form: Form) => {
    const body = trialOf(form, id);
    if (!body) return true;
    const found = await asking(() => api.post<MailTrial>(`${base}/mailboxes/test`, body));
    setOutcome(found);
    return found !== null && went(found);
  };
  const forget = useCallback(() => {
    setOutcome(null);
    setMissing([]);
    setWrong("");
  }, []);
  return { busy, outcome, missing, wrong, run, saving: asking, forget };
}
