/** The coach's rules that count in a criterion; those of others can be fetched from there. */

import { Group, MultiSelect, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useWords } from "../../app/i18n";
import { GROUPS, nameOf, type Group as Of } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { criterionName, owners, type Criterion, type Sheet } from "./scorecard";

interface Props {
  criterion: Criterion;
  sheet: Sheet;
  wrong: boolean;
  onRules: (rules: string[]) => void;
}

/** Every rule that there is a name for, and whatever else the scorecard has. */
export function knownRules({ criteria }: Pick<Sheet, "criteria">): string[] {
  return [...new Set([...Object.values(GROUPS).flat(), ...criteria.flatMap(({ rules }) => rules)])];
}

export function RuleChoice({ criterion, sheet, wrong, onRules }: Props) {
  const { t, locale } = useWords();
  const words = useRuleWords();
  const owner = owners(sheet);
  const known = knownRules(sheet);
  const groups = Object.keys(GROUPS) as Of[];
  const groupOf = (rule: string) => groups.find((each) => (GROUPS[each] as readonly string[]).includes(rule)) ?? "right";
  return (
    <MultiSelect
      label={t("scorecard.rules")}
      description={t("scorecard.rulesHint")}
      placeholder={t("coach.search")}
      data={groups.map((group) => ({
        group: t(`coach.group.${group}`),
        items: known.filter((rule) => groupOf(rule) === group).map((rule) => ({ value: rule, label: nameOf(words, rule) })),
      }))}
      value={[...criterion.rules]}
      onChange={onRules}
      searchable
      clearSearchOnChange
      // The list itself scrolls, so that it is one with the field that steers it.
      withScrollArea={false}
      styles={{ options: { maxHeight: 280, overflowY: "auto" } }}
      error={wrong && t("scorecard.wrongRules")}
      renderOption={({ option, checked }) => {
        const elsewhere = owner.get(option.value);
        return (
          <Group gap={8} wrap="nowrap" justify="space-between" w="100%">
            <Text span fz="sm">
              {option.label}
            </Text>
            {checked ? (
              <IconCheck size={15} aria-hidden="true" style={{ flexShrink: 0 }} />
            ) : (
              elsewhere &&
              elsewhere.id !== criterion.id && (
                <Text span fz="xs" c="dimmed">
                  {criterionName(elsewhere, locale)}
                </Text>
              )
            )}
          </Group>
        );
      }}
      data-testid="criterion-rules"
    />
  );
}
