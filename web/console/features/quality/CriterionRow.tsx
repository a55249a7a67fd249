/** One criterion of a scorecard: its weight always at hand, the rest of it when it is opened. */

import { ActionIcon, Box, Collapse, Divider, Group, NativeSelect, NumberInput, Stack, Switch, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconTrash } from "@tabler/icons-react";
import { useId, type DragEvent } from "react";
import { LANGUAGE_NAMES, LOCALES, useWords } from "../../app/i18n";
import { useFormat } from "../../app/format";
import { Handle } from "../../ui/Handle";
import type { RowOrder } from "../settings/useOrder";
import { RuleChoice } from "./RuleChoice";
import { criterionName, FULL, KINDS, LONGEST_NAME, type Criterion, type Fault, type Kind, type Sheet } from "./scorecard";

interface Props {
  criterion: Criterion;
  sheet: Sheet;
  open: boolean;
  order: RowOrder;
  /** To be shown; nothing as long as nobody wanted to save it. */
  faults: readonly Fault[];
  onOpen: (open: boolean) => void;
  onChange: (change: Partial<Criterion>) => void;
  onRules: (rules: string[]) => void;
  onRemove: () => void;
}

export function CriterionRow({ criterion, open, order, faults, onOpen, onChange, onRemove, ...rest }: Props) {
  const { t, locale } = useWords();
  const format = useFormat();
  const id = useId();
  const { weight, kind, critical, rules } = criterion;
  const name = nameOr(criterion, locale, t("scorecard.unnamed"));
  const about = [
    kind === "marks" ? t("scorecard.ruleCount", { count: rules.length, n: format.number(rules.length) }) : t(`scorecard.kind.${kind}`),
    ...(critical ? [t("scorecard.critical")] : []),
  ];
  const over = (event: DragEvent) => {
    event.preventDefault();
    order.onOver();
  };
  return (
    <Box py={6} onDragOver={over} style={{ opacity: order.lifted ? 0.5 : 1 }} data-testid="criterion" data-criterion={criterion.id}>
      <Group gap="sm" wrap="nowrap" align="center">
        <Handle label={t("scorecard.move", { name })} onMove={order.onMove} onLift={order.onLift} onDrop={order.onDrop} data-testid="criterion-handle" />
        <UnstyledButton onClick={() => onOpen(!open)} aria-expanded={open} aria-controls={id} flex={1} miw={0} py={6} bdrs="sm" data-testid="criterion-open">
          <Group gap={8} wrap="nowrap">
            <IconChevronRight size={16} aria-hidden="true" style={{ flexShrink: 0, transform: open ? "rotate(90deg)" : undefined }} />
            <Box miw={0}>
              <Text fz="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                {name}
              </Text>
              <Text fz="xs" c={faults.length ? "red" : "dimmed"}>
                {about.join(" · ")}
              </Text>
            </Box>
          </Group>
        </UnstyledButton>
        <NumberInput
          w={84}
          aria-label={t("scorecard.weightOf", { name })}
          value={weight}
          min={0}
          max={FULL}
          allowDecimal={false}
          allowNegative={false}
          onChange={(value) => onChange({ weight: Number(value) || 0 })}
          styles={{ input: { textAlign: "right", fontVariantNumeric: "tabular-nums", paddingInlineEnd: 34 } }}
          data-testid="criterion-weight"
        />
        <ActionIcon aria-label={t("scorecard.remove", { name })} onClick={onRemove} data-testid="criterion-remove">
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
      <Box id={id}>
        <Collapse expanded={open}>
          {open && <Inside criterion={criterion} faults={faults} onChange={onChange} {...rest} />}
        </Collapse>
      </Box>
      <Divider mt={6} color="var(--sonnim-line)" />
    </Box>
  );
}

export function nameOr(criterion: Criterion, locale: Parameters<typeof criterionName>[1], fallback: string): string {
  const name = criterionName(criterion, locale);
  return name === criterion.id ? fallback : name;
}

function Inside({ criterion, sheet, faults, onChange, onRules }: Omit<Props, "open" | "order" | "onOpen" | "onRemove">) {
  const { t, locale } = useWords();
  const { names, kind, critical } = criterion;
  const languages = [locale, ...LOCALES.filter((each) => each !== locale)];
  return (
    <Stack gap="md" py="sm" pl={{ base: 0, sm: 24 }}>
      <Group gap="sm" align="flex-start">
        {languages.map((language, n) => (
          <TextInput
            key={language}
            flex="1 1 180px"
            label={t("scorecard.nameIn", { language: LANGUAGE_NAMES[language] })}
            description={n ? undefined : t("scorecard.nameHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={names[language] ?? ""}
            maxLength={LONGEST_NAME}
            onChange={(event) => onChange({ names: { ...names, [language]: event.currentTarget.value } })}
            error={!n && faults.includes("name") && t("scorecard.wrongName")}
            data-testid={`criterion-name-${language}`}
          />
        ))}
      </Group>
      <Group gap="lg" align="flex-start">
        <NativeSelect
          flex="1 1 220px"
          label={t("scorecard.kind")}
          data={KINDS.map((value) => ({ value, label: t(`scorecard.kind.${value}`) }))}
          value={kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as Kind })}
          data-testid="criterion-kind"
        />
        <Switch
          flex="1 1 220px"
          mt={26}
          label={t("scorecard.critical")}
          description={t("scorecard.criticalHint")}
          checked={critical}
          onChange={(event) => onChange({ critical: event.currentTarget.checked })}
          data-testid="criterion-critical"
        />
      </Group>
      {kind === "marks" && <RuleChoice criterion={criterion} sheet={sheet} wrong={faults.includes("rules")} onRules={onRules} />}
    </Stack>
  );
}
