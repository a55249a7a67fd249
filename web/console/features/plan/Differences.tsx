/** What differs between two plans, section by section; the sentences are the server's. */

import { List, Stack, Text } from "@mantine/core";
import type { PlanDifference } from "@sonnim/protocol";
import { useWords } from "../../app/i18n";
import { SECTIONS } from "./sections";
import type { SectionName } from "./types";

export function Differences({ items }: { items: readonly PlanDifference[] }) {
  const { t } = useWords();
  const sections: readonly (SectionName | "")[] = ["", ...SECTIONS];
  return (
    <Stack gap="sm" data-testid="plan-differences">
      {!items.length && (
        <Text c="dimmed" fz="sm">
          {t("plan.nothingChanged")}
        </Text>
      )}
      {sections.map((section) => {
        const here = items.filter((each) => each.section === section);
        if (!here.length) return null;
        return (
          <div key={section}>
            <Text fz="xs" fw={600} c="dimmed" mb={2}>
              {section ? t(`plan.section.${section}`) : t("plan.changed.plan")}
            </Text>
            <List fz="sm" spacing={3}>
              {here.map((each, at) => (
                <List.Item key={at}>{each.text}</List.Item>
              ))}
            </List>
          </div>
        );
      })}
    </Stack>
  );
}
