/** What the shop is called, which language it speaks, by which clock it lives. */

import { Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { useMemo, useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";

export function ShopStep({ onDone }: { onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const shop = useDeskState((state) => state.shop);
  const [form, setForm] = useState({ name: shop.name, locale: shop.locale, timezone: shop.timezone });
  const mayWrite = useMay("canned.manage");
  const [scripts, setScripts] = useState(true);
  const [busy, setBusy] = useState(false);
  const zones = useMemo(() => [...new Set(["UTC", shop.timezone, ...Intl.supportedValuesOf("timeZone")])], [shop.timezone]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => {
      await api.patch(`${base}/settings`, form);
      // They speak the language that was just chosen.
      if (mayWrite && scripts) await api.post(`${base}/canned-responses/starter`);
    });
    setBusy(false);
    if (done) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <TextInput
          label={t("settings.name")}
          description={t("welcome.shop.nameHint")}
          required
          withAsterisk={false}
          maxLength={120}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          data-testid="welcome-shop-name"
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <Select
            label={t("settings.locale")}
            data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={form.locale}
            allowDeselect={false}
            onChange={(value) => value && setForm({ ...form, locale: value as Locale })}
            data-testid="welcome-locale"
          />
          <Select
            label={t("settings.timezone")}
            searchable
            data={zones}
            value={form.timezone}
            allowDeselect={false}
            nothingFoundMessage={t("list.noMatch")}
            onChange={(value) => value && setForm({ ...form, timezone: value })}
          />
        </SimpleGrid>
        {mayWrite && (
          <Checkbox
            label={t("welcome.shop.scripts")}
            description={t("welcome.shop.scriptsHint")}
            checked={scripts}
            onChange={(event) => setScripts(event.currentTarget.checked)}
            data-testid="welcome-scripts"
          />
        )}
        <Group>
          <Button type="submit" loading={busy} data-testid="welcome-next">
            {t("welcome.next")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
