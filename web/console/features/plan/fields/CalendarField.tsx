/** By which business hours a channel is answered. */

import { Select } from "@mantine/core";
import { useT } from "../../../app/i18n";
import { useCalendars } from "../useCalendars";

interface Props {
  id: string;
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

export function CalendarField({ id, label, value, onChange }: Props) {
  const t = useT();
  const calendars = useCalendars() ?? []; // without them the standard hours can still be chosen
  const known = calendars.map((each) => ({ value: String(each.id), label: each.name }));
  const chosen = value === null ? "*" : String(value);
  if (value !== null && !known.some((each) => each.value === chosen)) known.push({ value: chosen, label: `#${chosen}` });
  return (
    <Select
      id={id}
      label={label}
      data={[{ value: "*", label: t("plan.standardHours") }, ...known]}
      value={chosen}
      allowDeselect={false}
      onChange={(next) => onChange(next && next !== "*" ? Number(next) : null)}
    />
  );
}
