/** One service promise: for whom, what, by when, and what happens if it takes longer; said back in a sentence. */

import { Alert, NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { Policy } from "@sonnim/protocol";
import { IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { useWords, type Words } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { errorText } from "../../../ui/toast";
import { useResource } from "../resource";
import { ForWhom } from "./ForWhom";
import { BLANK, sent, sentences, UNITS, valuesOf, WALL, type Values } from "./policy";
import { Stages } from "./Stages";
import { Targets } from "./Targets";

interface Props {
  policy: Policy | null;
  onClose: () => void;
  onSaved: (policy: Policy) => void;
}

const STANDARD = "standard";

export function PolicyDialog({ policy, onClose, onSaved }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [values, setValues] = useState<Values>(policy ? valuesOf(policy) : BLANK);
  const [version, setVersion] = useState(policy?.v);
  const calendars = useResource<{ items: { id: number; name: string; is_standard: boolean }[] }>("/hours/calendars");
  const names = useDeskState((state) => state);
  const set = (change: Partial<Values>) => setValues((now) => ({ ...now, ...change }));
  const said = sentences(words, values, { channels: names.channels, teams: names.tables.teams, tags: names.tables.tags });

  const save = async () => {
    try {
      const body = sent({ ...values, name: values.name.trim() });
      const path = `${base}/policies`;
      onSaved(policy ? await api.put<Policy>(`${path}/${policy.id}`, { ...body, v: version }) : await api.post<Policy>(path, body));
      onClose();
    } catch (error) {
      // Whoever saves once more knows now that somebody else was here, and means it.
      if (policy && error instanceof ApiError && error.status === 409) {
        const { items } = await api.get<{ items: Policy[] }>(`${base}/policies`);
        setVersion(items.find(({ id }) => id === policy.id)?.v);
      }
      throw error;
    }
  };
  const explain = (said: Words, error: unknown) => {
    if (!(error instanceof ApiError)) return errorText(said, error);
    if (error.status === 409) return said.t(policy ? "sla.overtaken" : "sla.tooMany");
    if (error.status === 404) return said.t("sla.gone");
    if (error.fields["stages"]) return said.t("sla.stagesWrong");
    return errorText(said, error);
  };
  const byWall = values.calendar_id === WALL;
  const days = !byWall && Object.values(values.targets).some((seconds) => seconds && seconds % UNITS.d === 0);
  const hours = [
    { value: STANDARD, label: t("sla.standardHours") },
    ...(calendars.data?.items ?? []).filter((each) => !each.is_standard).map((each) => ({ value: String(each.id), label: each.name })),
    { value: String(WALL), label: t("sla.wall") },
  ];
  // Hours that are gone are the standard ones since then.
  const chosen = hours.find(({ value }) => value === String(values.calendar_id))?.value ?? STANDARD;
  return (
    <FormDialog
      name="policy"
      size="lg"
      title={policy ? t("sla.edit", { name: policy.name }) : t("sla.new")}
      onClose={onClose}
      onSave={save}
      explain={explain}
      ready={values.name.trim() !== "" && said.length > 0}
    >
      <TextInput
        label={t("sla.name")}
        placeholder={t("sla.nameHint")}
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        data-testid="policy-name"
      />
      <Alert icon={<IconHourglass size={18} />} p="sm" color="celadon" data-testid="policy-says">
        <Stack gap={4} aria-live="polite">
          {said.length ? said.map((each) => <Text key={each} fz="sm">{each}</Text>) : <Text fz="sm">{t("sla.saysNothing")}</Text>}
        </Stack>
      </Alert>
      <ForWhom fits={values.fits} onChange={(fits) => set({ fits })} />
      <Targets targets={values.targets} onChange={(targets) => set({ targets })} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        <Select
          label={t("sla.hours")}
          description={days ? t("sla.daysHint") : undefined}
          inputWrapperOrder={["label", "input", "description"]}
          data={hours}
          allowDeselect={false}
          value={chosen}
          onChange={(value) => set({ calendar_id: value === null || value === STANDARD ? null : Number(value) })}
          data-testid="policy-hours"
        />
        <NumberInput
          label={t("sla.warn")}
          description={t("sla.warnHint")}
          inputWrapperOrder={["label", "input", "description"]}
          min={0}
          max={99}
          suffix=" %"
          allowDecimal={false}
          value={values.warn_percent}
          onChange={(value) => set({ warn_percent: Number(value) || 0 })}
          data-testid="policy-warn"
        />
      </SimpleGrid>
      <Stages stages={values.stages} onChange={(stages) => set({ stages })} />
      <Switch
        label={t("sla.pauses")}
        description={t("sla.pausesHint")}
        checked={values.pauses}
        onChange={(event) => set({ pauses: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}
