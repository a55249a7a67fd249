/** One question: its wording in a language, its answers, whether it must be answered. */

import { ActionIcon, Button, Group, NumberInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useWords } from "../../../app/i18n";
import { free, type Choice, type Field } from "./form";

const LONGEST: Partial<Record<Field["type"], number>> = { text: 300, long: 5000, file: 10 };
const MAX_CHOICES = 40;

interface Props {
  field: Field;
  locale: Locale;
  onChange: (field: Field) => void;
}

export function FieldEditor({ field, locale, onChange }: Props) {
  const { t } = useWords();
  const change = (part: Partial<Field>) => onChange({ ...field, ...part });
  const longest = LONGEST[field.type];
  return (
    <Stack gap="sm" px="md" pb="md" pt={4}>
      <TextInput
        label={t("forms.label")}
        lang={locale}
        maxLength={160}
        value={field.labels[locale] ?? ""}
        onChange={(event) => change({ labels: { ...field.labels, [locale]: event.currentTarget.value } })}
        data-testid="field-label"
      />
      <TextInput
        label={t("forms.help")}
        lang={locale}
        maxLength={400}
        value={field.help[locale] ?? ""}
        onChange={(event) => change({ help: { ...field.help, [locale]: event.currentTarget.value } })}
      />
      {field.type === "choice" && <Choices choices={field.choices} locale={locale} onChange={(choices) => change({ choices })} />}
      {longest && (
        <NumberInput
          label={t(field.type === "file" ? "forms.maxFiles" : "forms.maxText")}
          placeholder={`${longest}`}
          min={1}
          max={longest}
          clampBehavior="strict"
          allowDecimal={false}
          value={field.max ?? ""}
          onChange={(value) => change({ max: typeof value === "number" ? value : null })}
          w={220}
        />
      )}
      <Switch
        label={t("forms.required")}
        checked={field.required}
        onChange={(event) => change({ required: event.currentTarget.checked })}
        data-testid="field-required"
      />
    </Stack>
  );
}

interface ChoicesProps {
  choices: Choice[];
  locale: Locale;
  onChange: (choices: Choice[]) => void;
}

function Choices({ choices, locale, onChange }: ChoicesProps) {
  const { t } = useWords();
  const word = (id: string, text: string) =>
    onChange(choices.map((each) => (each.id === id ? { ...each, labels: { ...each.labels, [locale]: text } } : each)));
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={500}>
        {t("forms.options")}
      </Text>
      {choices.map((choice, at) => (
        <Group key={choice.id} gap={4} wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("forms.optionNumber", { n: at + 1 })}
            lang={locale}
            maxLength={160}
            value={choice.labels[locale] ?? ""}
            onChange={(event) => word(choice.id, event.currentTarget.value)}
            data-testid="field-option"
          />
          <ActionIcon
            aria-label={t("forms.removeOption", { n: at + 1 })}
            disabled={choices.length === 1}
            onClick={() => onChange(choices.filter((each) => each.id !== choice.id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        w="fit-content"
        disabled={choices.length >= MAX_CHOICES}
        onClick={() => onChange([...choices, { id: free(choices, "a"), labels: { [locale]: t("forms.option") } }])}
        data-testid="add-option"
      >
        {t("forms.addOption")}
      </Button>
    </Stack>
  );
}
