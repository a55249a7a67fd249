/** The shop's tags: made, renamed, recoloured, removed. */

import { ActionIcon, Button, ColorInput, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import type { Tag } from "@sonnim/protocol";
import { IconPencil, IconPlus, IconTag, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { Confirm } from "../../ui/Confirm";
import { FormDialog } from "../../ui/FormDialog";
import { Empty } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { livingTags, TagDot } from "../tags/Tags";

const COLORS = ["#0F766E", "#1D4ED8", "#6D28D9", "#BE185D", "#B91C1C", "#A16207", "#4D7C0F", "#475569"];

export default function TagsSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const tags = useDeskState((state) => livingTags(state.tables.tags));
  const [editing, setEditing] = useState<Tag | "new" | null>(null);
  const [removing, setRemoving] = useState<Tag | null>(null);
  return (
    <Stack gap="sm">
      <Group>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")} data-testid="new-tag">
          {t("tags.new")}
        </Button>
      </Group>
      {!tags.length && (
        <Empty icon={<IconTag size={26} stroke={1.6} />} title={t("tags.none")}>
          {t("tags.noneHint")}
        </Empty>
      )}
      {tags.map((tag) => (
        <Paper key={tag.id} withBorder radius="md" px="md" py={8} data-testid="tag-line">
          <Group justify="space-between" wrap="nowrap">
            <Group gap={10} wrap="nowrap" miw={0}>
              <TagDot color={tag.color} />
              <Text fw={550} truncate>
                {tag.name}
              </Text>
            </Group>
            <Group gap={4} wrap="nowrap">
              <ActionIcon aria-label={t("tags.edit", { name: tag.name })} onClick={() => setEditing(tag)}>
                <IconPencil size={17} />
              </ActionIcon>
              <ActionIcon aria-label={t("tags.deleteName", { name: tag.name })} onClick={() => setRemoving(tag)}>
                <IconTrash size={17} />
              </ActionIcon>
            </Group>
          </Group>
        </Paper>
      ))}
      {editing && <TagDialog tag={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && (
        <Confirm
          title={t("tags.deleteName", { name: removing.name })}
          text={t("tags.deleteText")}
          action={t("tags.delete")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/tags/${removing.id}`))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}

function TagDialog({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useWords();
  const { base } = useDesk();
  const [name, setName] = useState(tag?.name ?? "");
  const [color, setColor] = useState(tag?.color ?? COLORS[0] ?? "");
  const save = async () => {
    await (tag ? api.patch(`${base}/tags/${tag.id}`, { name, color }) : api.post(`${base}/tags`, { name, color }));
    onClose();
  };
  return (
    <FormDialog name="tag" title={tag ? t("tags.edit", { name: tag.name }) : t("tags.new")} onClose={onClose} onSave={save}>
      <TextInput
        label={t("tags.name")}
        required
        withAsterisk={false}
        maxLength={40}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="tag-name"
      />
      <ColorInput label={t("tags.color")} value={color} onChange={setColor} swatches={COLORS} disallowInput={false} />
    </FormDialog>
  );
}
