/** Public holidays of countries: closed by themselves, unless the shop works on one. */

import { MultiSelect, Skeleton, Stack, Switch, Table, Text } from "@mantine/core";
import { useWords } from "../../../app/i18n";
import { Failed } from "../../../ui/States";
import { useResource } from "../resource";
import { CLEAR_OF_BAR, said, withOwnWay, type Holiday, type SpecialDay, type Week } from "./calendar";
import { dateText } from "./when";

interface Props {
  countries: string[];
  week: Week;
  days: SpecialDay[];
  onChange: (change: { countries?: string[]; days?: SpecialDay[] }) => void;
}

export function Holidays({ countries, week, days, onChange }: Props) {
  const { t, tag } = useWords();
  const known = useResource<{ items: string[] }>("/hours/countries");
  const names = new Intl.DisplayNames([tag], { type: "region" });
  const label = (code: string) => names.of(code) ?? code;
  const list = (known.data?.items ?? countries).map((value) => ({ value, label: label(value) }));
  return (
    <Stack gap="md" data-testid="holidays">
      <MultiSelect
        label={t("hours.countries")}
        description={t("hours.countriesHint")}
        data={list.sort((a, b) => a.label.localeCompare(b.label, tag))}
        value={countries}
        onChange={(next) => onChange({ countries: next })}
        maxValues={5}
        searchable
        clearable
        maw={460}
        data-testid="countries"
      />
      {countries.map((country) => (
        <Country
          key={country}
          country={country}
          name={label(country)}
          listed={(holidays) => said(holidays, week, countries.length === 1)}
          days={days}
          onChange={(next) => onChange({ days: next })}
        />
      ))}
    </Stack>
  );
}

interface CountryProps {
  country: string;
  name: string;
  listed: (holidays: Holiday[]) => Holiday[];
  days: SpecialDay[];
  onChange: (days: SpecialDay[]) => void;
}

function Country({ country, name, listed, days, onChange }: CountryProps) {
  const { t, tag, locale } = useWords();
  const { data, failed, reload } = useResource<{ items: Holiday[] }>(`/hours/holidays?country=${country}&locale=${locale}`);
  if (failed) return <Failed onRetry={reload} />;
  if (!data) return <Skeleton h={120} />;
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing={6} captionSide="top" data-testid={`holidays-${country}`}>
        <Table.Caption>{t("hours.holidaysOf", { name })}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("hours.date")}</Table.Th>
            <Table.Th>{t("hours.holiday")}</Table.Th>
            <Table.Th ta="end">{t("hours.weWork")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {listed(data.items).map((holiday) => {
            const own = days.find((day) => day.date === holiday.date);
            const special = own?.intervals != null;
            return (
              <Table.Tr key={holiday.date}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>{dateText(tag, holiday.date)}</Table.Td>
                <Table.Td>{holiday.name}</Table.Td>
                <Table.Td ta="end">
                  {special ? (
                    <Text fz="sm" c="dimmed">
                      {t("hours.special")}
                    </Text>
                  ) : (
                    <Switch
                      display="inline-flex"
                      styles={CLEAR_OF_BAR}
                      aria-label={t("hours.weWorkOn", { name: holiday.name })}
                      checked={holiday.worked !== !!own}
                      onChange={(event) => onChange(withOwnWay(days, holiday.date, event.currentTarget.checked !== holiday.worked))}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
