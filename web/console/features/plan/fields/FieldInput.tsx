/** The input of one field, by its kind. */

import { Box, MultiSelect, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useWords, type Key } from "../../../app/i18n";
import { useNames, useWriting } from "../context";
import type { Field } from "../sections";
import { channelName, duration, rowName } from "../telling";
import { fieldOf, KINDS, type Limit, type Party, type Row, type Said } from "../types";
import { CalendarField } from "./CalendarField";
import { LimitsField } from "./LimitsField";
import { PartyField } from "./PartyField";
import { SaidField } from "./SaidField";

const TIMES = [5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10_080];
const CHOICES = { accepted: ["yes", "no", "depends"], paid_by: ["shop", "shopper"], kind: KINDS } as const;

interface Props {
  row: Row;
  field: Field;
  /** `step` joins changes that are undone together. */
  onChange: (value: unknown, step?: string) => void;
}

export function FieldInput({ row, field, onChange }: Props) {
  const words = useWords();
  const { t } = words;
  const { document } = useWriting();
  const names = useNames();
  const value = fieldOf(row, field.name);
  const label = t(`plan.field.${field.name}` as Key);
  const base = { id: `${row.id}.${field.name}`, label };
  const options = (rows: readonly Row[], chosen: readonly string[]) => [
    ...rows.map((each) => ({ value: each.id, label: rowName(each, words, names) })),
    ...chosen.filter((id) => id && !rows.some((each) => each.id === id)).map((id) => ({ value: id, label: t("plan.goneRow") })),
  ];
  switch (field.kind) {
    case "inner":
    case "spoken":
      return (
        <SaidField
          {...base}
          value={value as Said}
          spoken={field.kind === "spoken"}
          lead={field.name === "title" || field.name === "question"}
          onChange={(said) => onChange(said, `${base.id}`)}
        />
      );
    case "party":
      return <PartyField {...base} value={value as Party | null} onChange={onChange} />;
    case "limits":
      return <LimitsField {...base} value={value as Limit[]} onChange={(limits) => onChange(limits, base.id)} />;
    case "calendar":
      return <CalendarField {...base} value={value as number | null} onChange={onChange} />;
    case "minutes": {
      const all = [...new Set([...TIMES, ...(value ? [value as number] : [])])].sort((a, b) => a - b);
      return (
        <Select
          {...base}
          placeholder={t("plan.nobody")}
          data={all.map((each) => ({ value: String(each), label: duration(each, words) }))}
          value={value ? String(value as number) : null}
          clearable
          onChange={(chosen) => onChange(chosen ? Number(chosen) : null)}
        />
      );
    }
    case "days":
      return (
        <NumberInput
          {...base}
          min={0}
          max={3650}
          allowDecimal={false}
          value={(value as number | null) ?? ""}
          onChange={(days) => onChange(typeof days === "number" ? days : null, base.id)}
        />
      );
    case "yes":
      return (
        <Box pt={{ base: 0, sm: 26 }}>
          <Switch {...base} checked={value as boolean} onChange={(event) => onChange(event.currentTarget.checked)} />
        </Box>
      );
    case "accepted":
    case "paid_by":
    case "kind": {
      const kind = field.kind;
      return (
        <Select
          {...base}
          placeholder={t("plan.nobody")}
          data={CHOICES[kind].map((each) => ({ value: each, label: t(`plan.${kind}.${each}` as Key) }))}
          value={(value as string) || null}
          clearable={kind !== "kind"}
          allowDeselect={kind !== "kind"}
          onChange={(chosen) => (kind !== "kind" || chosen) && onChange(chosen ?? "")}
        />
      );
    }
    case "topic":
    case "concession":
      return (
        <Select
          {...base}
          placeholder={t(field.kind === "topic" ? "plan.nobody" : "plan.standOnly")}
          data={options(field.kind === "topic" ? document.topics : document.concessions, [value as string])}
          value={(value as string) || null}
          clearable
          onChange={(chosen) => onChange(chosen ?? "")}
        />
      );
    case "concessions":
      return (
        <MultiSelect {...base} data={options(document.concessions, value as string[])} value={value as string[]} onChange={onChange} searchable />
      );
    case "channel":
      return (
        <Select
          {...base}
          data={["", ...names.channels.map((each) => each.kind)].map((kind) => ({ value: kind || "*", label: channelName(kind, words, names) }))}
          value={(value as string) || "*"}
          allowDeselect={false}
          onChange={(chosen) => onChange(chosen === "*" ? "" : (chosen ?? ""))}
        />
      );
    case "day":
      return <TextInput {...base} type="date" value={value as string} onChange={(event) => onChange(event.currentTarget.value, base.id)} />;
  }
}
