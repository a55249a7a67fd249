/** A word of the glossary, worded anew. */

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { PLAIN_LENGTH, TERM_LENGTH, type Term } from "./glossary";
import { explain } from "./useGlossary";

interface Props {
  term: Term;
  onSave: (to: Term) => Promise<void>;
  onClose: () => void;
}

export function TermDialog({ term: before, onSave, onClose }: Props) {
  const t = useT();
  const [term, setTerm] = useState(before.term);
  const [plain, setPlain] = useState(before.plain);
  return (
    <FormDialog
      name="term"
      title={t("coach.termEdit", { term: before.term })}
      explain={explain}
      ready={term.trim() !== "" && plain.trim() !== ""}
      onSave={() => onSave({ term, plain }).then(onClose)}
      onClose={onClose}
    >
      <TextInput label={t("coach.term")} maxLength={TERM_LENGTH} value={term} onChange={(event) => setTerm(event.currentTarget.value)} data-testid="term-term" />
      <TextInput label={t("coach.plain")} maxLength={PLAIN_LENGTH} data-autofocus value={plain} onChange={(event) => setPlain(event.currentTarget.value)} data-testid="term-plain" />
    </FormDialog>
  );
}
