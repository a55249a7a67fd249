/** Scripts: what the desk says at each stage, in the shop's languages, and what becomes of it. */

import { ActionIcon, Button, FileButton, Group, Menu, Stack, Tabs, TextInput } from "@mantine/core";
import type { Canned, ScriptStage } from "@sonnim/protocol";
import { IconBolt, IconDots, IconDownload, IconPlus, IconSearch, IconSparkles, IconUpload } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { Empty, RowSkeletons } from "../../ui/States";
import { attempt, toastDone } from "../../ui/toast";
import { STAGES } from "../composer/scripts";
import { readScripts, useCannedResponses } from "../composer/useScripts";
import { exportScripts, saveAs, scriptsIn, type Brought } from "./scripts/carrying";
import { ImportDialog } from "./scripts/ImportDialog";
import { listed } from "./scripts/outcomes";
import { ScriptDialog } from "./scripts/ScriptDialog";
import { ScriptTable } from "./scripts/ScriptTable";

const ALL = "all";

export default function ScriptsSection() {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const { base } = desk;
  const all = useCannedResponses();
  const [wanted, setWanted] = useState("");
  const [tab, setTab] = useState<string>(ALL);
  const [editing, setEditing] = useState<Canned | ScriptStage | null>(null);
  const [removing, setRemoving] = useState<Canned | null>(null);
  const [bringing, setBringing] = useState<readonly object[] | null>(null);
  const reset = useRef<() => void>(null);
  // Counts come with no event: whoever looks at them reads them anew.
  useEffect(() => void readScripts(desk).catch(() => undefined), [desk]);
  if (!all) return <RowSkeletons count={4} />;

  const stage = tab === ALL ? null : ((tab === "none" ? "" : tab) as ScriptStage);
  const shown = listed(all, stage, wanted);
  const start = () =>
    attempt(words, async () => {
      const { added } = await api.post<Brought>(`${base}/canned-responses/starter`);
      toastDone(added ? t("scripts.started", { count: added }) : t("scripts.startedAlready"));
    });
  const carryAway = () => attempt(words, async () => saveAs(await exportScripts(base), "scripts.json"));
  const open = (file: File | null) => {
    reset.current?.();
    if (!file) return;
    void attempt(words, async () => setBringing(scriptsIn(await file.text()) ?? []));
  };
  const tabs = [
    { value: ALL, label: t("scripts.all"), count: all.length },
    ...STAGES.map((each) => ({ value: each as string, label: t(`stage.${each}`), count: all.filter((one) => one.stage === each).length })),
    { value: "none", label: t("stage.none"), count: all.filter((one) => !one.stage).length },
  ];
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <TextInput
          flex={1}
          maw={340}
          leftSection={<IconSearch size={16} />}
          placeholder={t("canned.filter")}
          aria-label={t("canned.filter")}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-testid="canned-filter"
        />
        <Group gap={8} wrap="nowrap">
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing(stage ?? "")} data-testid="new-canned">
            {t("canned.new")}
          </Button>
          <FileButton accept="application/json,.json" onChange={open} resetRef={reset} inputProps={{ "aria-label": t("scripts.import") }}>
            {(file) => (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={36} aria-label={t("scripts.more")} data-testid="scripts-more">
                    <IconDots size={18} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconSparkles size={16} />} onClick={() => void start()} data-testid="scripts-starter">
                    {t("scripts.starter")}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void carryAway()} data-testid="scripts-export">
                    {t("scripts.export")}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconUpload size={16} />} onClick={file.onClick} data-testid="scripts-import">
                    {t("scripts.import")}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </FileButton>
        </Group>
      </Group>
      <Tabs value={tab} onChange={(value) => setTab(value ?? ALL)}>
        <Tabs.List style={{ flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" }}>
          {tabs.map(({ value, label, count }) => (
            <Tabs.Tab key={value} value={value} style={{ flexShrink: 0 }} data-testid={`stage-${value}`}>
              {label} · {count}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="sm">
          {shown.length ? (
            <ScriptTable scripts={shown} staged={stage !== null} onEdit={setEditing} onRemove={setRemoving} />
          ) : (
            <Empty
              icon={<IconBolt size={26} stroke={1.6} />}
              title={all.length ? t("list.noMatch") : t("canned.none")}
              action={
                !all.length && (
                  <Button variant="light" leftSection={<IconSparkles size={16} />} onClick={() => void start()} mt={4} data-testid="scripts-start">
                    {t("scripts.starter")}
                  </Button>
                )
              }
            >
              {!all.length && t("canned.noneHint")}
            </Empty>
          )}
        </Tabs.Panel>
      </Tabs>
      {editing !== null && (
        <ScriptDialog
          canned={typeof editing === "string" ? null : editing}
          stage={typeof editing === "string" ? editing : editing.stage}
          onClose={() => setEditing(null)}
        />
      )}
      {bringing && <ImportDialog scripts={bringing} onClose={() => setBringing(null)} />}
      {removing && (
        <Confirm
          title={t("canned.delete", { title: removing.title })}
          text={t("canned.deleteText")}
          action={t("canned.deleteAction")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/canned-responses/${removing.id}`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}
