/** One rule: what it means, how the desk takes it, and how much of it the shop wants. */

import { Alert, Box, Button, Checkbox, Collapse, Group, NativeSelect, Switch, Text } from "@mantine/core";
import type { CoachRule } from "@sonnim/protocol";
import { IconEyeOff } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useDeskState } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useT } from "../../../app/i18n";
import { Example } from "./Example";
import { nameOf, oftenDismissed, SEVERITIES, wantedOf, type Severity, type Wanted } from "./rules";
import { useRuleWords } from "./words";

interface Props {
  rule: CoachRule;
  onChange: (wanted: Wanted) => void;
  onReasons: () => void;
}

export function RuleRow({ rule, onChange, onReasons }: Props) {
  const t = useT();
  const words = useRuleWords();
  const [open, setOpen] = useState(false);
  const example = useId();
  const name = nameOf(words, rule.rule);
  const word = words[rule.rule];
  const often = oftenDismissed(rule);
  const toggle = t(open ? "coach.exampleHide" : "coach.example");
  return (
    <Box py="sm" data-testid="coach-rule" data-rule={rule.rule} data-often={often || undefined}>
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <Box miw={0} flex={1}>
          <Text fw={600} c={rule.on ? undefined : "dimmed"}>
            {name}
          </Text>
          <Text fz="sm" c="dimmed">
            {word?.about}
          </Text>
        </Box>
        <Switch checked={rule.on} onChange={(event) => onChange({ ...wantedOf(rule), on: event.currentTarget.checked })} aria-label={t("coach.onOf", { name })} data-testid="coach-on" />
      </Group>
      <Group gap="xs" mt={6}>
        {rule.on && <Wishes rule={rule} name={name} onChange={onChange} />}
        <Figures rule={rule} />
        {word?.good && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={example} aria-label={t("coach.of", { name, what: toggle })}>
            {toggle}
          </Button>
        )}
        {rule.dismissed > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={onReasons} aria-label={t("coach.of", { name, what: t("coach.reasons") })} data-testid="coach-reasons">
            {t("coach.reasons")}
          </Button>
        )}
      </Group>
      <Box id={example}>
        <Collapse expanded={open}>{word && <Example word={word} />}</Collapse>
      </Box>
      <QuietFor agents={rule.quiet_agents} />
      {often && (
        <Alert color="gray" icon={<IconEyeOff size={18} />} mt="xs" p="xs" data-testid="coach-often">
          {t("coach.often")}
        </Alert>
      )}
    </Box>
  );
}

function Wishes({ rule, name, onChange }: Pick<Props, "rule" | "onChange"> & { name: string }) {
  const t = useT();
  const label = (value: Severity) => {
    const severity = t(`coach.severity.${value}`);
    return value === rule.own_severity ? t("coach.usual", { severity }) : severity;
  };
  const weigh = (severity: Severity) => onChange({ ...wantedOf(rule), severity: severity === rule.own_severity ? null : severity });
  return (
    <Group gap="md" mr="xs">
      <NativeSelect
        size="xs"
        aria-label={t("coach.severityOf", { name })}
        data={SEVERITIES.map((value) => ({ value, label: label(value) }))}
        value={rule.severity}
        onChange={(event) => weigh(event.currentTarget.value as Severity)}
        data-testid="coach-severity"
      />
      <Checkbox
        size="sm"
        label={t("coach.strict")}
        aria-label={t("coach.of", { name, what: t("coach.strict") })}
        checked={rule.strict}
        onChange={(event) => onChange({ ...wantedOf(rule), strict: event.currentTarget.checked })}
        data-testid="coach-strict"
      />
    </Group>
  );
}

function Figures({ rule: { seen, dismissed, applied } }: Pick<Props, "rule">) {
  const t = useT();
  const format = useFormat();
  const some = seen + dismissed + applied > 0;
  const figures = { seen: format.number(seen), dismissed: format.number(dismissed), applied: format.number(applied) };
  return (
    <Text fz="xs" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }} data-testid="coach-figures">
      {some ? t("coach.figures", figures) : t("coach.unseen")}
    </Text>
  );
}

function QuietFor({ agents: ids }: { agents: readonly number[] }) {
  const t = useT();
  const agents = useDeskState((state) => state.tables.agents);
  if (!ids.length) return null;
  const names = ids.map((id) => agents[id]?.name ?? t("coach.former")).join(", ");
  return (
    <Text fz="xs" c="dimmed" mt={2} data-testid="coach-quiet-for">
      {t("coach.quietFor", { count: ids.length, names })}
    </Text>
  );
}
