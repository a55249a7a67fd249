/** The shop: name, language, zone, colour. */

import { Button, ColorInput, Group, Select, Stack, TextInput } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { useMemo, useState, type FormEvent } from "react";
import { api, ApiError } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import type { Settings } from "../../app/types";
import { Failed, RowSkeletons } from "../../ui/States";
import { toastDone, toastError } from "../../ui/toast";
import { useResource } from "./resource";

export default function ShopSection() {
  const settings = useResource<Settings>("/settings");
  if (settings.failed) return <Failed onRetry={settings.reload} />;
  if (!settings.data) return <RowSkeletons count={4} />;
  return <ShopForm settings={settings.data} onSaved={(saved) => settings.set(() => saved)} />;
}

const SWATCHES = ["#0F766E", "#1D4ED8", "#6D28D9", "#9D174D", "#1C2421", "#4D7C0F"];

function ShopForm({ settings, onSaved }: { settings: Settings; onSaved: (saved: Settings) => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [form, setForm] = useState(settings);
  const [busy, setBusy] = useState(false);
  const [fields, setFields] = useState<Record<string, unknown>>({});
  const zones = useMemo(() => [...new Set(["UTC", settings.timezone, ...Intl.supportedValuesOf("timeZone")])], [settings.timezone]);
  const change = (part: Partial<Settings>) => setForm((now) => ({ ...now, ...part }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFields({});
    try {
      const { name, locale, timezone, color } = form;
      onSaved(await api.patch<Settings>(`${base}/settings`, { name, locale, timezone, color }));
      toastDone(t("common.saved"));
    } catch (error) {
      if (error instanceof ApiError) setFields(error.fields);
      toastError(words, error);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (field: string) => (fields[field] ? t("error.field") : undefined);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack maw={560} gap="md">
        <TextInput
          label={t("settings.name")}
          required
          withAsterisk={false}
          value={form.name}
          error={wrong("name")}
          onChange={(event) => change({ name: event.currentTarget.value })}
          data-testid="shop-name"
        />
        <Group grow align="flex-start">
          <Select
            label={t("settings.locale")}
            data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={form.locale}
            allowDeselect={false}
            onChange={(value) => value && change({ locale: value as Locale })}
          />
          <Select
            label={t("settings.timezone")}
            searchable
            data={zones}
            value={form.timezone}
            allowDeselect={false}
            error={wrong("timezone")}
            nothingFoundMessage={t("list.noMatch")}
            onChange={(value) => value && change({ timezone: value })}
          />
        </Group>
        <ColorInput
          label={t("settings.color")}
          description={t("settings.colorHint")}
          format="hex"
          withEyeDropper={false}
          swatches={SWATCHES}
          value={form.color}
          error={wrong("color")}
          onChange={(color) => change({ color })}
        />
        <Group>
          <Button type="submit" loading={busy} data-testid="settings-save">
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
