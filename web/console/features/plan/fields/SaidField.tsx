/** A text in the language that is being written; the others show through where it is empty. */

import { Group, Text, Textarea } from "@mantine/core";
import { LANGUAGE_NAMES, LOCALES, useT } from "../../../app/i18n";
import { useWriting } from "../context";
import type { Said } from "../types";

interface Props {
  id: string;
  label: string;
  value: Said;
  onChange: (value: Said) => void;
  /** For shoppers: each of their languages is asked for. */
  spoken: boolean;
  lead?: boolean;
}

export function SaidField({ id, label, value, onChange, spoken, lead = false }: Props) {
  const t = useT();
  const { language, document } = useWriting();
  const other = LOCALES.map((each) => value[each]).find((text) => text.trim()) ?? "";
  const missing = spoken ? document.languages.filter((each) => !value[each].trim()) : [];
  return (
    <Textarea
      id={id}
      label={
        <Group component="span" gap={8} display="inline-flex">
          {label}
          {missing.length > 0 && missing.length < document.languages.length && (
            <Text span fz="xs" c="dimmed" fw={450}>
              {t("plan.missing", { languages: missing.map((each) => LANGUAGE_NAMES[each]).join(", ") })}
            </Text>
          )}
        </Group>
      }
      lang={language}
      autosize
      minRows={lead ? 1 : 2}
      maxRows={10}
      maxLength={1000}
      placeholder={value[language] ? "" : other}
      value={value[language]}
      onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
      styles={lead ? { input: { fontWeight: 600 } } : {}}
    />
  );
}
