/** The macros of the shop: made, worded, removed. */

import { ActionIcon, Box, Button, Group, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash, IconWand } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords } from "../../../app/i18n";
import { FormDialog } from "../../../ui/FormDialog";
import { Empty, Failed, RowSkeletons } from "../../../ui/States";
import { attempt, toastUndo } from "../../../ui/toast";
import { useResource } from "../resource";
import { DeedDetails } from "./Details";
import { Rows } from "./Rows";
import { begun, isWhole, sayDeed, STEPS, type Macro, type Part, type Vocabulary } from "./rule";

export function Macros({ vocabulary }: { vocabulary: Vocabulary }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const { data, failed, reload } = useResource<{ items: Macro[] }>("/macros");
  const [editing, setEditing] = useState<Macro | "new" | null>(null);
  if (failed) return <Failed onRetry={reload} />;
  if (!data) return <RowSkeletons count={2} />;
  const remove = (macro: Macro) =>
    void attempt(words, async () => {
      await api.delete(`${base}/macros/${macro.id}`);
      reload();
      const back = () => void attempt(words, () => api.post(`${base}/macros`, { name: macro.name, steps: macro.steps, canned_id: macro.canned_id }).then(reload));
      toastUndo(words, t("sla.deleted", { name: macro.name }), back);
    });
  const said = ({ steps, canned_id }: Macro) => [...steps, ...(canned_id === null ? [] : [{ do: "script", canned_id }])].map((each) => sayDeed(words, vocabulary, each)).join(" · ");
  return (
    <Stack gap="sm">
      <Group>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")} data-testid="new-macro">
          {t("macro.new")}
        </Button>
      </Group>
      {!data.items.length && (
        <Empty icon={<IconWand size={26} stroke={1.6} />} title={t("macro.none")}>
          {t("macro.noneHint")}
        </Empty>
      )}
      {data.items.map((macro) => (
        <Paper key={macro.id} withBorder radius="lg" px="md" py="sm" data-testid="macro">
          <Group wrap="nowrap" gap="xs">
            <Box flex={1} miw={0}>
              <Text fw={600}>{macro.name}</Text>
              <Text fz="sm" c="dimmed">
                {said(macro)}
              </Text>
            </Box>
            <ActionIcon aria-label={t("rule.edit", { name: macro.name })} onClick={() => setEditing(macro)}>
              <IconPencil size={17} />
            </ActionIcon>
            <ActionIcon aria-label={t("sla.delete", { name: macro.name })} onClick={() => remove(macro)}>
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      {editing && <MacroDialog macro={editing === "new" ? null : editing} vocabulary={vocabulary} onClose={() => setEditing(null)} onSaved={reload} />}
    </Stack>
  );
}

function MacroDialog({ macro, vocabulary, onClose, onSaved }: { macro: Macro | null; vocabulary: Vocabulary; onClose: () => void; onSaved: () => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [name, setName] = useState(macro?.name ?? "");
  const [steps, setSteps] = useState<Part[]>(macro?.steps ?? []);
  const [script, setScript] = useState(macro?.canned_id ?? null);
  const save = async () => {
    const body = { name, steps, canned_id: script };
    await (macro ? api.put(`${base}/macros/${macro.id}`, body) : api.post(`${base}/macros`, body));
    onSaved();
    onClose();
  };
  return (
    <FormDialog name="macro" size="lg" title={macro ? t("rule.edit", { name: macro.name }) : t("macro.new")} onClose={onClose} onSave={save} ready={name.trim() !== "" && steps.every(isWhole) && (steps.length > 0 || script !== null)}>
      <TextInput label={t("rule.name")} required withAsterisk={false} maxLength={80} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} data-testid="macro-name" />
      <Rows
        name="steps"
        title={t("macro.steps")}
        items={steps}
        kinds={STEPS.map((value) => ({ value, label: words.lookup(`rule.do.${value}`, "rule.then") }))}
        add={t("rule.addDeed")}
        onAdd={(deed) => setSteps([...steps, begun("do", deed)])}
        onRemove={(at) => setSteps(steps.filter((_, n) => n !== at))}
        row={(item, at) => <DeedDetails item={item} vocabulary={vocabulary} onChange={(next) => setSteps(steps.map((each, n) => (n === at ? next : each)))} />}
      />
      {!steps.every(isWhole) && (
        <Text fz="sm" c="dimmed" role="status">
          {t("rule.incomplete")}
        </Text>
      )}
      <Select label={t("macro.script")} clearable searchable data={vocabulary["script"] ?? []} value={script === null ? null : String(script)} onChange={(value) => setScript(value === null ? null : Number(value))} />
    </FormDialog>
  );
}
