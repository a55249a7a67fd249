/** Which conversations a promise is for; what is left empty is not asked for. */

import { MultiSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../../app/i18n";
import { PRIORITIES, type Priority } from "../../../ui/Priority";
import { livingTags } from "../../tags/Tags";
import type { Fits } from "./policy";

export function ForWhom({ fits, onChange }: { fits: Fits; onChange: (fits: Fits) => void }) {
  const { t, locale } = useWords();
  const channels = useDeskState((state) => state.channels);
  const { teams, tags } = useDeskState((state) => state.tables);
  const set = (change: Fits) => onChange({ ...fits, ...change });
  const look = (chosen: readonly unknown[] | undefined) => ({
    clearable: true,
    hidePickedOptions: true,
    placeholder: chosen?.length ? "" : t("sla.all"),
    nothingFoundMessage: t("list.noMatch"),
  });
  const strings = (values: readonly number[] | undefined) => (values ?? []).map(String);
  return (
    <Stack gap="xs" role="group" aria-label={t("sla.fits")}>
      <Text fz="sm" fw={550}>
        {t("sla.fits")}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        <MultiSelect {...look(fits.channels)} label={t("filter.channel")} data={channels.map((each) => ({ value: each.kind, label: each.names[locale] ?? each.kind }))} value={fits.channels ?? []} onChange={(channels) => set({ channels })} data-testid="fits-channels" />
        <MultiSelect {...look(fits.priorities)} label={t("priority.label")} data={PRIORITIES.map((each) => ({ value: String(each), label: t(`priority.${each}`) }))} value={strings(fits.priorities)} onChange={(values) => set({ priorities: values.map((each) => Number(each) as Priority) })} data-testid="fits-priorities" />
        <MultiSelect {...look(fits.teams)} label={t("filter.team")} data={Object.values(teams).map((each) => ({ value: String(each.id), label: each.name }))} value={strings(fits.teams)} onChange={(values) => set({ teams: values.map(Number) })} />
        <MultiSelect {...look(fits.tags)} label={t("sla.contactTags")} data={livingTags(tags).map((each) => ({ value: String(each.id), label: each.name }))} value={strings(fits.tags)} onChange={(values) => set({ tags: values.map(Number) })} searchable />
        <MultiSelect {...look(fits.locales)} label={t("filter.locale")} data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} value={fits.locales ?? []} onChange={(locales) => set({ locales })} />
      </SimpleGrid>
    </Stack>
  );
}
