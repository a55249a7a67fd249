/** One script: when it is said, and in which ways in each language, side by side. */

import { Badge, Button, Group, Select, SimpleGrid, Switch, Tabs, Text, TextInput } from "@mantine/core";
import type { Canned, Locale, ScriptStage } from "@sonnim/protocol";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { api, ApiError } from "../../../app/api";
import { useDesk, useDeskState } from "../../../app/desk/context";
import { LANGUAGE_NAMES, LOCALES, useWords, type Words } from "../../../app/i18n";
import { useIsPhone } from "../../../app/viewport";
import { FormDialog } from "../../../ui/FormDialog";
import { errorText } from "../../../ui/toast";
import { STAGES } from "../../composer/scripts";
import { bodyOf, drafted, mayGreet, MOST_WAYS, saysIn, way, type Drafted, type Way } from "./drafting";
import { VariantField } from "./VariantField";

interface Props {
  canned: Canned | null;
  stage: ScriptStage;
  onClose: () => void;
}

export function ScriptDialog({ canned, stage, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const phone = useIsPhone();
  const teams = useDeskState((state) => state.tables.teams);
  const [draft, setDraft] = useState(() => drafted(canned, stage));
  const [shown, setShown] = useState<Locale>(() => (canned?.texts[words.locale] ? words.locale : (LOCALES.find((each) => canned?.texts[each]) ?? words.locale)));
  const change = (part: Partial<Drafted>) => setDraft((now) => ({ ...now, ...part }));
  const setWays = (make: (now: readonly Way[]) => readonly Way[]) =>
    setDraft((now) => ({ ...now, ways: { ...now.ways, [shown]: make(now.ways[shown]) } }));
  const ways = draft.ways[shown];
  const greets = mayGreet(draft);
  const save = async () => {
    const body = bodyOf(draft);
    if (canned) await api.put(`${base}/canned-responses/${canned.id}`, body);
    else await api.post(`${base}/canned-responses`, body);
    onClose();
  };
  return (
    <FormDialog
      name="canned"
      title={canned ? t("canned.edit", { title: canned.title }) : t("canned.new")}
      size="1040px"
      fullScreen={phone}
      ready={LOCALES.some((each) => saysIn(draft, each) > 0)}
      explain={explain}
      onClose={onClose}
      onSave={save}
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <TextInput
          label={t("canned.title")}
          required
          withAsterisk={false}
          maxLength={120}
          data-autofocus
          value={draft.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          data-testid="canned-title"
        />
        <TextInput
          label={t("canned.shortcut")}
          required
          withAsterisk={false}
          maxLength={40}
          leftSection="/"
          value={draft.shortcut}
          onChange={(event) => change({ shortcut: event.currentTarget.value.replace(/\s/g, "") })}
          data-testid="canned-shortcut"
        />
        <Select
          label={t("scripts.stage")}
          allowDeselect={false}
          data={["", ...STAGES].map((value) => ({ value, label: t(value ? (`stage.${value}` as "stage.welcome") : "stage.none") }))}
          value={draft.stage}
          onChange={(value) => change({ stage: (value ?? "") as ScriptStage })}
          data-testid="canned-stage"
        />
        <Select
          label={t("canned.team")}
          placeholder={t("canned.everybody")}
          clearable
          data={Object.values(teams).map((each) => ({ value: String(each.id), label: each.name }))}
          value={draft.team}
          onChange={(team) => change({ team })}
        />
        <TextInput type="date" label={t("scripts.from")} max={draft.until || undefined} value={draft.from} onChange={(event) => change({ from: event.currentTarget.value })} data-testid="canned-from" />
        <TextInput type="date" label={t("scripts.until")} min={draft.from || undefined} value={draft.until} onChange={(event) => change({ until: event.currentTarget.value })} data-testid="canned-until" />
      </SimpleGrid>
      {greets && (
        <Switch
          label={t("scripts.greets")}
          description={t("scripts.greetsHint")}
          checked={draft.automatic}
          onChange={(event) => change({ automatic: event.currentTarget.checked })}
          data-testid="canned-automatic"
        />
      )}
      <Tabs value={shown} onChange={(locale) => locale && setShown(locale as Locale)} keepMounted={false}>
        <Tabs.List>
          {LOCALES.map((locale) => (
            <Tabs.Tab
              key={locale}
              value={locale}
              rightSection={
                <Badge size="sm" circle variant={saysIn(draft, locale) ? "light" : "outline"} color="gray">
                  {saysIn(draft, locale)}
                </Badge>
              }
              data-testid={`canned-${locale}`}
            >
              {LANGUAGE_NAMES[locale]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {ways.map((each, n) => (
              <VariantField
                key={each.key}
                way={each}
                place={n + 1}
                locale={shown}
                automatic={draft.automatic && greets}
                counts={canned?.texts[shown]?.find((kept) => kept.id === each.id)}
                onWrite={(said) => setWays((now) => now.map((one) => (one.key === each.key ? { ...one, ...said } : one)))}
                onRemove={ways.length > 1 ? () => setWays((now) => now.filter((one) => one.key !== each.key)) : null}
              />
            ))}
          </SimpleGrid>
          <Group mt="sm">
            <Button
              variant="light"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              disabled={ways.length >= MOST_WAYS}
              onClick={() => setWays((now) => [...now, way()])}
              data-testid="variant-add"
            >
              {t("scripts.addWay")}
            </Button>
            {saysIn(draft, shown) === 1 && (
              <Text fz="xs" c="dimmed">
                {t("scripts.oneWay")}
              </Text>
            )}
          </Group>
        </Tabs.Panel>
      </Tabs>
    </FormDialog>
  );
}

/** What of the server's refusals can be said more exactly. */
function explain(words: Words, error: unknown): string {
  if (!(error instanceof ApiError)) return errorText(words, error);
  if (error.code === "conflict") return words.t("canned.taken");
  if ("shortcut" in error.fields) return words.t("canned.badShortcut");
  if ("active_until" in error.fields) return words.t("scripts.badPeriod");
  return "texts" in error.fields ? words.t("canned.badText") : errorText(words, error);
}
