/** The shop's own words, one language at a time. */

import { SegmentedControl, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { useState } from "react";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../../app/i18n";
import type { Appearance } from "./look";

interface Props {
  appearance: Appearance;
  onChange: (part: Partial<Appearance>) => void;
}

export function Texts({ appearance, onChange }: Props) {
  const { t, locale: own } = useWords();
  const [locale, setLocale] = useState<Locale>(own);
  const field = (name: "labels" | "titles" | "closed", longest: number) => ({
    lang: locale,
    maxLength: longest,
    value: appearance[name][locale] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: { ...appearance[name], [locale]: event.currentTarget.value } }),
    "data-testid": `widget-${name}`,
  });
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} fz="md">
          {t("widget.textsTitle")}
        </Title>
        <Text fz="sm" c="dimmed">
          {t("widget.textsHint")}
        </Text>
      </div>
      <SegmentedControl
        aria-label={t("settings.locale")}
        data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={locale}
        onChange={(value) => setLocale(value as Locale)}
        w="fit-content"
      />
      <TextInput label={t("widget.label")} {...field("labels", 40)} />
      <TextInput label={t("widget.title")} {...field("titles", 60)} />
      <Textarea label={t("widget.closedText")} autosize minRows={2} {...field("closed", 300)} />
    </Stack>
  );
}
