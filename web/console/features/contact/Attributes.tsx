/** Facts that the shop keeps of a contact, each with a name of the shop's own. */

import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useT } from "../../app/i18n";
import { Editable } from "../../ui/Editable";
import { Part } from "./Field";
import type { ContactChange } from "./useContactEdit";

interface Props {
  contact: Contact;
  mayEdit: boolean;
  edit: (change: ContactChange) => void;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function Attributes({ contact, mayEdit, edit }: Props) {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const attributes = Object.entries(contact.attributes);
  if (!attributes.length && !mayEdit) return null;
  const without = (name: string) => Object.fromEntries(attributes.filter(([each]) => each !== name));
  return (
    <Part
      title={t("contact.attributes")}
      action={
        mayEdit &&
        attributes.length < 50 && (
          <ActionIcon size="sm" aria-label={t("contact.addAttribute")} onClick={() => setAdding(true)} data-testid="add-attribute">
            <IconPlus size={15} />
          </ActionIcon>
        )
      }
    >
      <Stack gap={2}>
        {attributes.map(([name, value]) => (
          <Group key={name} gap={8} wrap="nowrap" data-testid="attribute">
            <Text fz="xs" c="dimmed" w={88} miw={88} style={{ overflowWrap: "anywhere" }}>
              {name}
            </Text>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Editable
                label={name}
                value={shown(value)}
                placeholder={t("contact.add")}
                disabled={!mayEdit}
                onSave={(next) => edit({ attributes: next ? { ...contact.attributes, [name]: next } : without(name) })}
              />
            </div>
            {mayEdit && (
              <ActionIcon size="sm" aria-label={t("contact.removeAttribute", { name })} onClick={() => edit({ attributes: without(name) })}>
                <IconTrash size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {!attributes.length && !adding && (
          <Text fz="sm" c="dimmed">
            {t("contact.noAttributes")}
          </Text>
        )}
        {adding && <NewAttribute onAdd={(name, value) => (edit({ attributes: { ...contact.attributes, [name]: value } }), setAdding(false))} onClose={() => setAdding(false)} />}
      </Stack>
    </Part>
  );
}

function NewAttribute({ onAdd, onClose }: { onAdd: (name: string, value: string) => void; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && value.trim()) onAdd(name.trim(), value.trim());
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <Stack gap={6} pt={4}>
        <TextInput size="xs" label={t("contact.attributeName")} maxLength={60} autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} data-testid="attribute-name" />
        <TextInput size="xs" label={t("contact.attributeValue")} maxLength={300} value={value} onChange={(event) => setValue(event.currentTarget.value)} data-testid="attribute-value" />
        <Group gap={6}>
          <Button size="xs" type="submit" disabled={!name.trim() || !value.trim()} data-testid="attribute-save">
            {t("common.save")}
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
