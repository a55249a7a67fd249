/** My own lines below my mails, in each language that I write in. */

import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { useResource } from "./resource";

interface Signatures {
  signatures: Record<string, string>;
}

export default function SignatureSection() {
  const known = useResource<Signatures>("/signatures");
  if (known.failed) return <Failed onRetry={known.reload} />;
  if (!known.data) return <RowSkeletons count={3} />;
  return <SignatureForm signatures={known.data.signatures} />;
}

function SignatureForm({ signatures }: Signatures) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [form, setForm] = useState(signatures);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => {
      setForm((await api.put<Signatures>(`${base}/signatures`, { signatures: form })).signatures);
    });
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={640}>
        {LOCALES.map((locale) => (
          <Textarea
            key={locale}
            label={LANGUAGE_NAMES[locale]}
            lang={locale}
            placeholder={locale === words.locale ? t("signature.example", { agent: "{{agent}}" }) : undefined}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1000}
            value={form[locale] ?? ""}
            onChange={({ currentTarget: { value } }) => setForm((now) => ({ ...now, [locale]: value }))}
            data-testid={`signature-${locale}`}
          />
        ))}
        <Text fz="sm" c="dimmed">
          {t("signature.variables", { agent: "{{agent}}", shop: "{{shop}}" })}
        </Text>
        <Group>
          <Button type="submit" loading={busy} data-testid="signature-save">
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
