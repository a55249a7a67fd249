/** By when: a time for each kind of promise, to the second; what is left empty is not promised. */

import { Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../../app/i18n";
import { KINDS, UNITS, unitOf, type Kind, type Unit, type Values } from "./policy";

interface Props {
  targets: Values["targets"];
  onChange: (targets: Values["targets"]) => void;
}

export function Targets({ targets, onChange }: Props) {
  const { t } = useWords();
  const set = (kind: Kind, seconds: number | null) => {
    const others = Object.fromEntries(Object.entries(targets).filter(([each]) => each !== kind));
    onChange(seconds ? { ...others, [kind]: seconds } : others);
  };
  return (
    <Stack gap="xs" role="group" aria-label={t("sla.targets")}>
      <div>
        <Text fz="sm" fw={550}>
          {t("sla.targets")}
        </Text>
        <Text fz="xs" c="dimmed">
          {t("sla.targetsHint")}
        </Text>
      </div>
      {KINDS.map((kind) => (
        <Target key={kind} kind={kind} seconds={targets[kind] ?? null} onChange={(seconds) => set(kind, seconds)} />
      ))}
    </Stack>
  );
}

interface TargetProps {
  kind: Kind;
  seconds: number | null;
  onChange: (seconds: number | null) => void;
}

const USUAL: Record<Kind, Unit> = { first_reply: "s", next_reply: "s", silence: "m", update: "h", resolution: "h" };

function Target({ kind, seconds, onChange }: TargetProps) {
  const { t } = useWords();
  const [unit, setUnit] = useState<Unit>(seconds ? unitOf(seconds) : USUAL[kind]);
  const name = t(`sla.kind.${kind}`);
  const units = (Object.keys(UNITS) as Unit[]).map((value) => ({ value, label: t(`sla.unit.${value}`) }));
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <Text fz="sm" flex={1} miw={0} id={`sla-${kind}`}>
        {name}
      </Text>
      <NumberInput
        w={96}
        min={1}
        max={Math.floor((366 * UNITS.d) / UNITS[unit])}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        placeholder={t("sla.none")}
        aria-label={name}
        value={seconds ? seconds / UNITS[unit] : ""}
        onChange={(value) => onChange(value === "" ? null : Number(value) * UNITS[unit])}
        data-testid={`target-${kind}`}
      />
      <Select
        w={112}
        data={units}
        value={unit}
        allowDeselect={false}
        aria-label={t("sla.unitOf", { name })}
        onChange={(value) => {
          const next = (value ?? unit) as Unit;
          setUnit(next);
          if (seconds) onChange((seconds / UNITS[unit]) * UNITS[next]);
        }}
        data-testid={`unit-${kind}`}
      />
    </Group>
  );
}
