/** What the weights come to, always in view, with the buttons of the scorecard. */

import { Button, Group, Paper, Text } from "@mantine/core";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { evened, FULL, sumOf, type Criterion } from "./scorecard";

interface Props {
  criteria: readonly Criterion[];
  dirty: boolean;
  busy: boolean;
  /** Somebody was faster: before anything is saved, that wants to be looked at. */
  onLook: (() => void) | null;
  onEven: (criteria: Criterion[]) => void;
  onDiscard: () => void;
}

export function Sum({ criteria, dirty, busy, onLook, onEven, onDiscard }: Props) {
  const t = useT();
  const format = useFormat();
  const sum = sumOf(criteria);
  const by = format.number(Math.abs(FULL - sum));
  const word = sum === FULL ? t("scorecard.sumFull") : t(sum < FULL ? "scorecard.sumUnder" : "scorecard.sumOver", { by });
  return (
    <Paper withBorder radius="lg" px="lg" py="sm" pos="sticky" bottom={8} style={{ zIndex: 2 }} shadow="sm">
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text fz="sm" role="status" data-testid="scorecard-sum" data-sum={sum}>
            <Text span fz="sm" fw={650} style={{ fontVariantNumeric: "tabular-nums" }}>
              {t("scorecard.sum", { sum: format.number(sum) })}
            </Text>
            {` · ${word}`}
          </Text>
          {sum !== FULL && criteria.length > 0 && (
            <Button size="compact-sm" variant="light" onClick={() => onEven(evened(criteria))} data-testid="scorecard-even">
              {t("scorecard.even")}
            </Button>
          )}
        </Group>
        <Group gap="sm">
          {onLook && (
            <Button variant="light" onClick={onLook} data-testid="scorecard-look">
              {t("scorecard.look")}
            </Button>
          )}
          {dirty && !onLook && (
            <Button variant="default" onClick={onDiscard} disabled={busy} data-testid="scorecard-discard">
              {t("scorecard.discard")}
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={!dirty || onLook !== null} data-testid="scorecard-save">
            {t("common.save")}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
