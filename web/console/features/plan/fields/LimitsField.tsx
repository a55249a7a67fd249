/** How far each role may go, line by line; sums are kept as they are typed, never as floats. */

import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useDeskState } from "../../../app/desk/context";
import { useT } from "../../../app/i18n";
import { MEASURES, ROLES, type Limit } from "../types";

const DECIMAL = /^([0-9]{1,10}(\.[0-9]{1,4})?)?$/;
const CURRENCIES = ["KRW", "CNY", "USD", "JPY", "EUR", "HKD", "TWD", "SGD", "GBP", "VND", "THB"];
const LIMITED = ROLES.filter((role) => role !== "owner");

interface Props {
  id: string;
  label: string;
  value: readonly Limit[];
  onChange: (value: Limit[]) => void;
}

export function LimitsField({ id, label, value, onChange }: Props) {
  const t = useT();
  const locale = useDeskState((state) => state.shop.locale);
  const usual = locale === "ko" ? "KRW" : locale === "zh" ? "CNY" : "USD";
  const set = (at: number, part: Partial<Limit>) => onChange(value.map((each, i) => (i === at ? { ...each, ...part } : each)));
  const next = LIMITED.find((role) => value.every((each) => each.role !== role)) ?? "agent";
  return (
    <Fieldset legend={label} id={id} tabIndex={-1} variant="unstyled" styles={{ legend: { fontSize: "var(--mantine-font-size-sm)", fontWeight: 500 } }}>
      <Stack gap={8} mt={4}>
        {value.map((limit, at) => (
          <Group key={at} gap={8} align="center" data-testid="limit">
            <Select
              w={{ base: "100%", xs: 130 }}
              aria-label={t("plan.limitRole")}
              data={LIMITED.map((role) => ({ value: role, label: t(`plan.role.${role}`) }))}
              value={limit.role}
              allowDeselect={false}
              onChange={(role) => role && set(at, { role: role as Limit["role"] })}
            />
            <Select
              w={{ base: "100%", xs: 150 }}
              aria-label={t("plan.limitMeasure")}
              data={MEASURES.map((measure) => ({ value: measure, label: t(`plan.measure.${measure}`) }))}
              value={limit.measure}
              allowDeselect={false}
              onChange={(measure) => measure && set(at, { ...emptied(measure as Limit["measure"], limit, usual) })}
            />
            {limit.measure !== "none" && limit.measure !== "any" && (
              <Sum label={t("plan.limitValue")} open={t("plan.upTo.open")} value={limit.value} onChange={(sum) => set(at, { value: sum })} />
            )}
            {limit.measure === "amount" && (
              <Select
                w={100}
                aria-label={t("plan.limitCurrency")}
                data={[...new Set([...CURRENCIES, limit.currency])].filter(Boolean)}
                value={limit.currency || null}
                searchable
                onChange={(currency) => set(at, { currency: currency ?? "" })}
              />
            )}
            <ActionIcon aria-label={t("plan.removeLimit")} onClick={() => onChange(value.filter((_, i) => i !== at))}>
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...value, { role: next, measure: "amount", value: "", currency: usual }])}
            data-testid="add-limit"
          >
            {t("plan.addLimit")}
          </Button>
          <Text fz="xs" c="dimmed">
            {t("plan.ownerFree")}
          </Text>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function emptied(measure: Limit["measure"], limit: Limit, usual: string): Partial<Limit> {
  const counts = measure !== "none" && measure !== "any";
  return { measure, value: counts ? limit.value : "", currency: measure === "amount" ? limit.currency || usual : "" };
}

interface SumProps {
  label: string;
  open: string;
  value: string;
  onChange: (value: string) => void;
}

function Sum({ label, open, value, onChange }: SumProps) {
  const [typed, setTyped] = useState(value);
  const shown = typed.replace(/\.$/, "") === value ? typed : value;
  return (
    <TextInput
      w={110}
      aria-label={label}
      inputMode="decimal"
      placeholder={open}
      styles={{ input: { textAlign: "end", fontVariantNumeric: "tabular-nums" } }}
      value={shown}
      onChange={(event) => {
        const text = event.currentTarget.value.replace(/[,\s]/g, "");
        const whole = text.replace(/\.$/, "");
        if (!DECIMAL.test(whole)) return;
        setTyped(text);
        onChange(whole);
      }}
      data-testid="limit-value"
    />
  );
}
