/** One form: what it says, what it asks, where its messages go; and beside it, how it will look. */

import { Alert, Anchor, Button, Group, MultiSelect, SegmentedControl, Select, SimpleGrid, Stack, Switch, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { IconArrowLeft, IconInfoCircle } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../../app/i18n";
import type { Items } from "../../../app/types";
import { Confirm } from "../../../ui/Confirm";
import { attempt, toastDone } from "../../../ui/toast";
import { FieldList } from "./FieldList";
import { bodyOf, draftOf, type Draft, type Form, type Texts } from "./form";
import { FormPreview } from "./FormPreview";
import { Overtaken } from "./Overtaken";

interface Props {
  start: Draft;
  onSaved: (form: Form, made: boolean) => void;
  onClose: () => void;
}

export function FormEditor({ start, onSaved, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [draft, setDraft] = useState(start);
  const [locale, setLocale] = useState<Locale>(words.locale);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  /** The form as somebody else has saved it meanwhile. */
  const [theirs, setTheirs] = useState<Form | null>(null);
  const save = async (wanted: Draft) => {
    setBusy(true);
    await attempt(words, async () => {
      const body = bodyOf(wanted);
      try {
        const path = `${base}/forms`;
        const form = wanted.id === null ? await api.post<Form>(path, body) : await api.patch<Form>(`${path}/${wanted.id}`, body);
        toastDone(t("common.saved"));
        onSaved(form, wanted.id === null);
      } catch (error) {
        const overtaken = error instanceof ApiError && error.code === "conflict";
        const now = overtaken ? (await api.get<Items<Form>>(`${base}/forms`)).items.find((each) => each.id === wanted.id) : undefined;
        if (!now) throw error;
        setTheirs(now);
      }
    });
    setBusy(false);
  };
  const takeTheirs = (now: Form) => {
    setDraft(draftOf(now));
    setTheirs(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(draft);
  };
  const ready = draft.name.trim() !== "" && draft.fields.length > 0 && Object.values(draft.texts.title).some((text) => text?.trim());
  return (
    <form onSubmit={submit} data-testid="form-editor">
      <Stack gap="lg">
        <Group justify="space-between">
          <Anchor component="button" type="button" fz="sm" onClick={() => (draft === start ? onClose() : setLeaving(true))} data-testid="form-back">
            <Group gap={4}>
              <IconArrowLeft size={16} aria-hidden="true" />
              {t("forms.back")}
            </Group>
          </Anchor>
          <Button type="submit" loading={busy} disabled={!ready} data-testid="form-save">
            {t("common.save")}
          </Button>
        </Group>
        {theirs && (
          <Overtaken busy={busy} onTheirs={() => takeTheirs(theirs)} onMine={() => void save({ ...draft, v: theirs.v })} />
        )}
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Stack gap="md" miw={0}>
            <TextInput
              label={t("forms.name")}
              description={t("forms.nameHint")}
              maxLength={80}
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              data-testid="form-name"
            />
            <SegmentedControl
              aria-label={t("settings.locale")}
              data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              value={locale}
              onChange={(value) => setLocale(value as Locale)}
              w="fit-content"
              data-testid="form-locale"
            />
            <Says texts={draft.texts} locale={locale} onChange={(texts) => change({ texts })} />
            <FieldList fields={draft.fields} locale={locale} onChange={(fields) => change({ fields })} />
            {!draft.fields.some((field) => field.type === "email") && (
              <Alert icon={<IconInfoCircle size={18} />} color="gray" data-testid="no-email">
                <Text fz="sm">{t("forms.noEmail")}</Text>
              </Alert>
            )}
            <Goes draft={draft} onChange={change} />
          </Stack>
          <FormPreview texts={draft.texts} fields={draft.fields} locale={locale} />
        </SimpleGrid>
      </Stack>
      {leaving && (
        <Confirm
          title={t("forms.leave")}
          text={t("forms.leaveText")}
          action={t("forms.leaveAct")}
          onConfirm={async () => onClose()}
          onClose={() => setLeaving(false)}
        />
      )}
    </form>
  );
}

interface SaysProps {
  texts: Texts;
  locale: Locale;
  onChange: (texts: Texts) => void;
}

function Says({ texts, locale, onChange }: SaysProps) {
  const { t } = useWords();
  const field = (name: keyof Texts, longest: number) => ({
    lang: locale,
    maxLength: longest,
    value: texts[name]?.[locale] ?? "",
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...texts, [name]: { ...texts[name], [locale]: event.currentTarget.value } }),
    "data-testid": `form-${name}`,
  });
  return (
    <>
      <TextInput label={t("forms.title")} {...field("title", 120)} />
      <Textarea label={t("forms.intro")} autosize minRows={2} {...field("intro", 1000)} />
      <Textarea label={t("forms.thanks")} autosize minRows={2} {...field("thanks", 600)} />
    </>
  );
}

function Goes({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useWords();
  const teams = useDeskState((state) => state.tables.teams);
  const tags = useDeskState((state) => state.tables.tags);
  const known = Object.values(tags).filter((tag) => !tag.removed);
  return (
    <>
      <Select
        label={t("forms.team")}
        placeholder={t("forms.nobody")}
        clearable
        clearButtonProps={{ "aria-label": t("common.remove") }}
        data={Object.values(teams).map(({ id, name }) => ({ value: `${id}`, label: name }))}
        value={draft.team_id === null ? null : `${draft.team_id}`}
        onChange={(value) => onChange({ team_id: value === null ? null : Number(value) })}
      />
      <MultiSelect
        label={t("forms.tags")}
        data={known.map(({ id, name }) => ({ value: `${id}`, label: name }))}
        value={draft.tag_ids.filter((id) => tags[id]).map(String)}
        maxValues={10}
        onChange={(values) => onChange({ tag_ids: values.map(Number) })}
      />
      <TagsInput
        label={t("forms.origins")}
        description={t("forms.originsHint")}
        placeholder="https://shop.example"
        value={draft.origins}
        maxTags={20}
        acceptValueOnBlur
        onChange={(origins) => onChange({ origins })}
      />
      <Switch label={t("forms.active")} checked={draft.active} onChange={(event) => onChange({ active: event.currentTarget.checked })} data-testid="form-active" />
    </>
  );
}
