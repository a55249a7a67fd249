/** Automation: rules in the order in which they act, macros, and both as a file. */

import { Button, FileButton, Group, Stack, Tabs } from "@mantine/core";
import { IconDownload, IconPlus, IconRobot, IconUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { toastDone, toastUndo } from "../../ui/toast";
import { Macros } from "./automation/Macros";
import { RuleDialog } from "./automation/RuleDialog";
import { RuleRow } from "./automation/RuleRow";
import { RunsDialog } from "./automation/RunsDialog";
import type { Rule } from "./automation/rule";
import { useVocabulary } from "./automation/useVocabulary";
import { useResource } from "./resource";
import { backInPlace, kept, useChanges, useOrder } from "./useOrder";

export default function AutomationSection() {
  const { t } = useWords();
  const vocabulary = useVocabulary();
  const [round, setRound] = useState(0);
  return (
    <Tabs defaultValue="rules" keepMounted={false} key={round}>
      <Tabs.List mb="md">
        <Tabs.Tab value="rules">{t("rule.rules")}</Tabs.Tab>
        <Tabs.Tab value="macros" data-testid="tab-macros">
          {t("macro.macros")}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="rules">
        <Rules vocabulary={vocabulary} onBroughtIn={() => setRound(round + 1)} />
      </Tabs.Panel>
      <Tabs.Panel value="macros">
        <Macros vocabulary={vocabulary} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Rules({ vocabulary, onBroughtIn }: { vocabulary: ReturnType<typeof useVocabulary>; onBroughtIn: () => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const path = `${base}/rules`;
  const { data, failed, reload, set } = useResource<{ items: Rule[] }>("/rules");
  const [editing, setEditing] = useState<Rule | "new" | null>(null);
  const [log, setLog] = useState<Rule | null>(null);
  const again = useRef<() => void>(null);
  const orReload = useChanges(reload);
  const items = data?.items ?? [];
  const { list, row, said } = useOrder(
    items,
    (shown) => set(() => ({ items: shown })),
    (saved) => void orReload(() => api.post(`${path}/order`, { ids: saved.map(({ id }) => id) })),
  );
  if (failed) return <Failed onRetry={reload} />;
  if (!data) return <RowSkeletons count={3} />;
  const keep = (rule: Rule) => set(({ items: now }) => ({ items: kept(now, rule) }));
  const turn = (rule: Rule, active: boolean) =>
    orReload(async () => keep(await api.put<Rule>(`${path}/${rule.id}`, { name: rule.name, active, wording: rule.wording })));
  const restore = (rule: Rule, before: number[]) =>
    orReload(async () => {
      const back = await api.post<Rule>(path, { name: rule.name, active: rule.active, wording: rule.wording });
      const { items: now } = await api.get<{ items: Rule[] }>(path);
      await api.post(`${path}/order`, { ids: backInPlace(before, rule.id, back.id, now.map(({ id }) => id)) });
      reload();
    });
  const remove = (rule: Rule) =>
    orReload(async () => {
      const before = items.map(({ id }) => id);
      await api.delete(`${path}/${rule.id}`);
      set(({ items: now }) => ({ items: now.filter(({ id }) => id !== rule.id) }));
      toastUndo(words, t("sla.deleted", { name: rule.name }), () => restore(rule, before));
    });
  const takeAlong = () =>
    orReload(async () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(await api.get(`${base}/automation`), null, 2)], { type: "application/json" }));
      link.download = "automation.json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  const bringIn = (file: File | null) =>
    file &&
    orReload(async () => {
      const done = await api.post<{ rules: number; macros: number }>(`${base}/automation`, JSON.parse(await file.text()));
      toastDone(t("rule.broughtIn", done));
      onBroughtIn();
    }).finally(() => again.current?.()); // the same file, mended, can be chosen once more
  return (
    <Stack gap="sm" ref={list}>
      <Group gap="sm">
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")} data-testid="new-rule">
          {t("rule.new")}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={takeAlong}>
          {t("rule.export")}
        </Button>
        <FileButton resetRef={again} onChange={bringIn} accept="application/json">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
              {t("rule.import")}
            </Button>
          )}
        </FileButton>
      </Group>
      {!items.length && (
        <Empty icon={<IconRobot size={26} stroke={1.6} />} title={t("rule.none")}>
          {t("rule.noneHint")}
        </Empty>
      )}
      {items.map((rule, at) => (
        <RuleRow
          key={rule.id}
          rule={rule}
          vocabulary={vocabulary}
          onEdit={() => setEditing(rule)}
          onLog={() => setLog(rule)}
          onRemove={() => remove(rule)}
          onTurn={(active) => turn(rule, active)}
          {...row(at)}
        />
      ))}
      {said}
      {editing && <RuleDialog rule={editing === "new" ? null : editing} vocabulary={vocabulary} onClose={() => setEditing(null)} onSaved={keep} />}
      {log && <RunsDialog rule={log} vocabulary={vocabulary} onClose={() => setLog(null)} />}
    </Stack>
  );
}
