/** Somebody has saved another scorecard while one was typed here: what is otherwise in it, and what to do about that. */

import { Alert, Button, Group, Text } from "@mantine/core";
import type { Ref } from "react";
import { useAgent, useDeskState } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { toastDone, toastUndo } from "../../ui/toast";
import { nameOf } from "../settings/coach/rules";
import { useRuleWords } from "../settings/coach/words";
import { criterionName, differences, type Difference } from "./scorecard";
import type { Writing } from "./useScorecard";

export function Meanwhile({ writing: { base, theirs, takeIn, drop }, ref }: { writing: Writing; ref: Ref<HTMLDivElement> }) {
  const words = useWords();
  const { t } = words;
  const tell = useTelling();
  const me = useDeskState((state) => state.agentId);
  const author = useAgent(theirs?.changed_by_id ?? null);
  if (!theirs) return null;
  const found = differences(base, theirs);
  const title = theirs.changed_by_id === me ? t("scorecard.meanwhileSelf") : t("scorecard.meanwhile", { name: author?.name ?? t("coach.former") });
  return (
    <Alert color="red" title={title} role="alert" ref={ref} tabIndex={-1} data-testid="scorecard-meanwhile">
      <Text fz="sm">{t("scorecard.meanwhileText")}</Text>
      <Text component="ul" fz="sm" my={8} pl="lg">
        {found.map((each, n) => (
          <li key={n}>{tell(each)}</li>
        ))}
        {!found.length && <li>{t("scorecard.meanwhileSame")}</li>}
      </Text>
      <Text fz="sm">{t("scorecard.takeInHint")}</Text>
      <Group gap={8} mt={10}>
        <Button
          size="xs"
          onClick={() => {
            takeIn();
            toastDone(t("scorecard.takenIn"));
          }}
          data-testid="scorecard-take-in"
        >
          {t("scorecard.takeIn")}
        </Button>
        <Button size="xs" variant="default" onClick={() => toastUndo(words, t("scorecard.discarded"), drop())} data-testid="scorecard-theirs">
          {t("scorecard.takeTheirs")}
        </Button>
      </Group>
    </Alert>
  );
}

function useTelling(): (difference: Difference) => string {
  const { t, locale } = useWords();
  const format = useFormat();
  const rules = useRuleWords();
  return (each) => {
    if (each.what === "perWeek") return t("scorecard.diff.perWeek", { from: format.number(each.from), to: format.number(each.to) });
    if (each.what === "order") return t("scorecard.diff.order", { names: each.criteria.map((one) => criterionName(one, locale)).join(", ") });
    const { criterion } = each;
    const name = criterionName(criterion, locale);
    switch (each.what) {
      case "added":
        return t("scorecard.diff.added", { name, to: format.number(criterion.weight) });
      case "removed":
        return t("scorecard.diff.removed", { name });
      case "weight":
        return t("scorecard.diff.weight", { name, from: format.number(each.before.weight), to: format.number(criterion.weight) });
      case "names":
        return t("scorecard.diff.names", { name: criterionName(each.before, locale), to: Object.values(criterion.names).join(" / ") });
      case "kind":
        return t("scorecard.diff.kind", { name, from: t(`scorecard.kind.${each.before.kind}`), to: t(`scorecard.kind.${criterion.kind}`) });
      case "critical":
        return t(criterion.critical ? "scorecard.diff.criticalOn" : "scorecard.diff.criticalOff", { name });
      case "rules": {
        const said = [...each.more.map((rule) => `+ ${nameOf(rules, rule)}`), ...each.fewer.map((rule) => `− ${nameOf(rules, rule)}`)];
        return t("scorecard.diff.rules", { name, rules: said.join(", ") });
      }
    }
  };
}
