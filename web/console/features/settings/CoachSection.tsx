/** The coach as the shop wants it: its rules and the glossary; for everybody else, what has fallen quiet for them. */

import { Stack, Tabs, Text, Title } from "@mantine/core";
import { IconBook2, IconListCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { Glossary } from "./coach/Glossary";
import { QuietForMe } from "./coach/QuietForMe";
import { RuleList } from "./coach/RuleList";
import { useRules } from "./coach/useRules";

export default function CoachSection() {
  const t = useT();
  const manages = useMay("plan.manage");
  const [tab, setTab] = useState("rules");
  const { rules, failed, reload, change, hear } = useRules();
  if (failed && !rules) return <Failed onRetry={reload} />;
  if (!rules) return <RowSkeletons count={5} />;
  const quiet = <QuietForMe rules={rules} always={!manages} onHear={hear} />;
  if (!manages) {
    return (
      <Stack gap="xl">
        {quiet}
        <Stack gap="sm">
          <Title order={2} fz="md">
            {t("coach.glossary")}
          </Title>
          <Glossary />
        </Stack>
      </Stack>
    );
  }
  return (
    <Tabs value={tab} onChange={(next) => setTab(next ?? "rules")} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="rules" leftSection={<IconListCheck size={16} />} data-testid="coach-tab-rules">
          {t("coach.rules")}
        </Tabs.Tab>
        <Tabs.Tab value="glossary" leftSection={<IconBook2 size={16} />} data-testid="coach-tab-glossary">
          {t("coach.glossary")}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="rules">
        <Stack gap="lg">
          {quiet}
          <RuleList rules={rules} onChange={change} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="glossary">
        <Stack gap="md">
          <Text fz="sm" c="dimmed" maw={620}>
            {t("coach.glossaryHint")}
          </Text>
          <Glossary />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}
