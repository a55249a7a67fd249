/** Web forms: which there are, how often they are used, and where they stand. */

import { ActionIcon, Alert, Anchor, Badge, Button, Group, Menu, Paper, Stack, Text } from "@mantine/core";
import { IconCode, IconExternalLink, IconForms, IconMailOff, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import type { Items } from "../../app/types";
import { Confirm } from "../../ui/Confirm";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { begun, draftOf, said, type Draft, type Form, type Template } from "./forms/form";
import { FormEditor } from "./forms/FormEditor";
import { ShareDialog } from "./forms/ShareDialog";
import { useResource } from "./resource";

export default function FormsSection() {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const forms = useResource<Items<Form>>("/forms");
  const mailboxes = useResource<Items<{ active: boolean }>>("/mailboxes");
  const [editing, setEditing] = useState<Draft | null>(null);
  const [sharing, setSharing] = useState<Form | null>(null);
  const [removing, setRemoving] = useState<Form | null>(null);
  if (forms.failed) return <Failed onRetry={forms.reload} />;
  if (!forms.data) return <RowSkeletons count={3} />;
  const saved = (form: Form, made: boolean) => {
    setEditing(null);
    forms.reload();
    if (made) setSharing(form);
  };
  if (editing) return <FormEditor start={editing} onSaved={saved} onClose={() => setEditing(null)} />;
  const list = forms.data.items;
  const mute = mailboxes.data !== null && !mailboxes.data.items.some((each) => each.active);
  return (
    <Stack gap="sm">
      <Group>
        <NewForm onChoose={setEditing} />
      </Group>
      {mute && (
        <Alert icon={<IconMailOff size={18} />} color="gray" title={t("forms.noMailbox")} data-testid="no-mailbox">
          {t("forms.noMailboxHint")}
        </Alert>
      )}
      {!list.length && (
        <Empty icon={<IconForms size={26} stroke={1.6} />} title={t("forms.none")}>
          {t("forms.noneHint")}
        </Empty>
      )}
      {list.map((form) => (
        <Line key={form.id} form={form} onEdit={() => setEditing(draftOf(form))} onShare={() => setSharing(form)} onRemove={() => setRemoving(form)} />
      ))}
      {sharing && <ShareDialog form={sharing} onClose={() => setSharing(null)} />}
      {removing && (
        <Confirm
          title={t("forms.deleteName", { name: removing.name })}
          text={t("forms.deleteText")}
          action={t("forms.delete")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/forms/${removing.id}`)).then(forms.reload)}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}

function NewForm({ onChoose }: { onChoose: (draft: Draft) => void }) {
  const { t, locale } = useWords();
  const templates = useResource<Items<Template>>("/forms/templates");
  const blank: Template = { kind: "own", name: {}, texts: { title: {} }, fields: [] };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} />} data-testid="new-form">
          {t("forms.new")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("forms.beginWith")}</Menu.Label>
        {templates.data?.items.map((template) => (
          <Menu.Item key={template.kind} onClick={() => onChoose(begun(template, locale))} data-testid={`template-${template.kind}`}>
            {said(template.name, locale)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChoose(begun(blank, locale))} data-testid="template-own">
          {t("forms.blank")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface LineProps {
  form: Form;
  onEdit: () => void;
  onShare: () => void;
  onRemove: () => void;
}

function Line({ form, onEdit, onShare, onRemove }: LineProps) {
  const { t } = useWords();
  const format = useFormat();
  const { name } = form;
  return (
    <Paper withBorder radius="lg" px="md" py="sm" data-testid="form-line">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2} miw={0} flex={1}>
          <Group gap={8} wrap="nowrap">
            <Text fw={600} truncate>
              {name}
            </Text>
            {!form.active && (
              <Badge size="sm" color="gray" style={{ flexShrink: 0 }}>
                {t("forms.resting")}
              </Badge>
            )}
          </Group>
          <Anchor href={`/forms/${form.key}`} target="_blank" rel="noopener" fz="sm" c="dimmed" truncate data-testid="form-address">
            {`${location.host}/forms/${form.key}`} <IconExternalLink size={13} aria-hidden="true" />
          </Anchor>
          <Text fz="xs" c="dimmed" data-testid="form-count">
            {t("forms.count", { count: form.count })}
            {form.last_at && ` · ${t("forms.last", { time: format.stamp(form.last_at) })}`}
          </Text>
        </Stack>
        <Group gap={4} wrap="nowrap">
          <ActionIcon aria-label={t("forms.share", { name })} onClick={onShare} data-testid="form-share">
            <IconCode size={17} />
          </ActionIcon>
          <ActionIcon aria-label={t("forms.edit", { name })} onClick={onEdit} data-testid="form-edit">
            <IconPencil size={17} />
          </ActionIcon>
          <ActionIcon aria-label={t("forms.deleteName", { name })} onClick={onRemove} data-testid="form-delete">
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
}
