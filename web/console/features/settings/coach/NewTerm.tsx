/** A line in which one word after the other is put into the glossary without leaving the keys. */

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useT } from "../../../app/i18n";
import { useSubmit } from "../../../ui/useSubmit";
import { PLAIN_LENGTH, TERM_LENGTH, type Term } from "./glossary";
import { explain } from "./useGlossary";

export function NewTerm({ onAdd }: { onAdd: (term: Term) => Promise<void> }) {
  const t = useT();
  const first = useRef<HTMLInputElement>(null);
  const [term, setTerm] = useState("");
  const [plain, setPlain] = useState("");
  const form = useSubmit(async () => {
    await onAdd({ term, plain });
    setTerm("");
    setPlain("");
    first.current?.focus();
  }, explain);
  return (
    <form onSubmit={form.onSubmit}>
      <Stack gap={4}>
        <Group gap="sm" align="flex-end">
          <TextInput ref={first} flex="1 1 160px" label={t("coach.term")} maxLength={TERM_LENGTH} value={term} onChange={(event) => setTerm(event.currentTarget.value)} data-testid="term-new" />
          <TextInput flex="1 1 200px" label={t("coach.plain")} maxLength={PLAIN_LENGTH} value={plain} onChange={(event) => setPlain(event.currentTarget.value)} data-testid="plain-new" />
          <Button type="submit" loading={form.busy} disabled={!term.trim() || !plain.trim()} leftSection={<IconPlus size={16} />} data-testid="term-add">
            {t("coach.add")}
          </Button>
        </Group>
        {form.wrong && (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert" data-testid="term-wrong">
            {form.wrong}
          </Text>
        )}
      </Stack>
    </form>
  );
}
