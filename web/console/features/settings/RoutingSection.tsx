/** How conversations are given out: by hand, at once, or by asking; and what each seat takes. */

import { Button, Group, NumberInput, Radio, Select, SimpleGrid, Stack, Switch, Text, Title } from "@mantine/core";
import type { RoutingRules } from "@sonnim/protocol";
import { useState, type FormEvent } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useT, useWords } from "../../app/i18n";
import { Failed, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { useResource } from "./resource";
import { MODES, NUMBERS, STRATEGIES, SWITCHES } from "./routing/choices";
import { Seats } from "./routing/Seats";
import { TeamModes } from "./routing/TeamModes";

export default function RoutingSection() {
  const t = useT();
  const rules = useResource<RoutingRules>("/routing");
  if (rules.failed) return <Failed onRetry={rules.reload} />;
  if (!rules.data) return <RowSkeletons count={5} />;
  return (
    <Stack gap="xl">
      <RulesForm rules={rules.data} onSaved={(saved) => rules.set(() => saved)} />
      <Stack gap="xs">
        <Title order={2} fz="md">
          {t("routing.seats")}
        </Title>
        <Seats rules={rules.data} />
      </Stack>
    </Stack>
  );
}

function RulesForm({ rules, onSaved }: { rules: RoutingRules; onSaved: (saved: RoutingRules) => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [form, setForm] = useState(rules);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<RoutingRules>) => setForm((now) => ({ ...now, ...part }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const done = await attempt(words, async () => onSaved(await api.patch<RoutingRules>(`${base}/routing`, form)));
    setBusy(false);
    if (done) toastDone(t("common.saved"));
  };
  const automatic = form.mode !== "manual";
  const shown = NUMBERS.filter(({ mode }) => mode === null || mode === form.mode);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="lg" maw={680}>
        <Radio.Group label={t("routing.mode")} value={form.mode} onChange={(mode) => change({ mode: mode as RoutingRules["mode"] })}>
          <Stack gap="xs" mt={6}>
            {MODES.map((mode) => (
              <Radio key={mode} value={mode} label={t(`routing.mode.${mode}`)} description={t(`routing.mode.${mode}Hint`)} data-testid={`mode-${mode}`} />
            ))}
          </Stack>
        </Radio.Group>
        {automatic && (
          <>
            <Select
              label={t("routing.strategy")}
              allowDeselect={false}
              data={STRATEGIES.map((value) => ({ value, label: t(`routing.strategy.${value}`) }))}
              value={form.strategy}
              onChange={(value) => value && change({ strategy: value })}
              data-testid="strategy"
            />
            <Stack gap="xs">
              {SWITCHES.map((name) => (
                <Switch
                  key={name}
                  label={t(`routing.${name}`)}
                  description={t(`routing.${name}Hint`)}
                  checked={form[name]}
                  onChange={(event) => change({ [name]: event.currentTarget.checked })}
                  data-testid={`switch-${name}`}
                />
              ))}
            </Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {shown.map(({ name, min, max, minutes }) => (
                <NumberInput
                  key={name}
                  label={t(`routing.${name}`)}
                  description={t(`routing.${name}Hint`)}
                  inputWrapperOrder={["label", "input", "description"]}
                  suffix={minutes === undefined ? "" : ` ${t(minutes ? "routing.minutes" : "routing.seconds")}`}
                  min={min}
                  max={max}
                  allowDecimal={false}
                  clampBehavior="strict"
                  value={form[name] / (minutes ? 60 : 1)}
                  onChange={(value) => value !== "" && change({ [name]: Math.round(Number(value) * (minutes ? 60 : 1)) })}
                  data-testid={`number-${name}`}
                />
              ))}
            </SimpleGrid>
            <TeamModes rules={form} onChange={(teams) => change({ teams })} />
          </>
        )}
        <Group>
          <Button type="submit" loading={busy} data-testid="routing-save">
            {t("common.save")}
          </Button>
        </Group>
        {!automatic && (
          <Text fz="sm" c="dimmed">
            {t("routing.manualNow")}
          </Text>
        )}
      </Stack>
    </form>
  );
}
