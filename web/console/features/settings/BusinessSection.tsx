/** Who answers for the shop: what trade law asks to be named, and where letters go. */

import { Button, Group, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import type { Settings } from "../../app/types";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { useResource } from "./resource";

const FIELDS = ["name", "representative", "registration", "sales_report", "email", "phone"] as const;

export default function BusinessSection() {
  const settings = useResource<Settings>("/settings");
  if (settings.failed) return <Failed onRetry={settings.reload} />;
  if (!settings.data) return <RowSkeletons count={4} />;
  return <BusinessForm business={settings.data.business} />;
}

function BusinessForm({ business }: { business: Record<string, string> }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [form, setForm] = useState(business);
  const [busy, setBusy] = useState(false);
  const change = (name: string, value: string) => setForm((now) => ({ ...now, [name]: value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => {
      setForm((await api.patch<Settings>(`${base}/settings`, { business: form })).business);
    });
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={640}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {FIELDS.map((name) => (
            <TextInput
              key={name}
              label={t(`business.${name}`)}
              maxLength={300}
              value={form[name] ?? ""}
              onChange={(event) => change(name, event.currentTarget.value)}
              data-testid={`business-${name}`}
            />
          ))}
        </SimpleGrid>
        <Textarea
          label={t("business.address")}
          autosize
          minRows={2}
          maxLength={300}
          value={form["address"] ?? ""}
          onChange={(event) => change("address", event.currentTarget.value)}
          data-testid="business-address"
        />
        <Group>
          <Button type="submit" loading={busy} data-testid="business-save">
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
