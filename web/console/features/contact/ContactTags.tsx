/** The tags of a contact: the shop's own words, put on and taken off. */

import { ActionIcon, Badge, CloseButton, Combobox, Group, Text, useCombobox } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { toastError } from "../../ui/toast";
import { Part } from "./Field";
import { showContact } from "./useContactEdit";

export function ContactTags({ contact, mayEdit }: { contact: Contact; mayEdit: boolean }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const tags = useDeskState((state) => state.tables.tags);
  const [search, setSearch] = useState("");
  const box = useCombobox({ onDropdownClose: () => setSearch(""), onDropdownOpen: () => box.focusSearchInput() });
  const mine = contact.tag_ids.map((id) => tags[id]).filter((tag) => tag !== undefined);
  const others = Object.values(tags)
    .filter((tag) => !tag.removed && !contact.tag_ids.includes(tag.id))
    .filter((tag) => tag.name.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => a.name.localeCompare(b.name));
  const put = (tag_ids: number[]) => {
    showContact(desk, { ...contact, tag_ids });
    api.put<Contact>(`${desk.base}/contacts/${contact.id}/tags`, { tag_ids }).then(
      (saved) => showContact(desk, saved),
      (error: unknown) => {
        showContact(desk, contact);
        toastError(words, error);
      },
    );
  };
  const add = (
    <Combobox store={box} width={220} position="bottom-end" onOptionSubmit={(id) => (put([...contact.tag_ids, Number(id)]), box.closeDropdown())}>
      <Combobox.Target withAriaAttributes={false}>
        <ActionIcon size="sm" aria-label={t("contact.addTag")} onClick={() => box.toggleDropdown()} data-testid="contact-add-tag">
          <IconPlus size={15} />
        </ActionIcon>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={t("contact.findTag")} aria-label={t("contact.findTag")} />
        <Combobox.Options mah={220} style={{ overflowY: "auto" }}>
          {others.length ? (
            others.map((tag) => (
              <Combobox.Option key={tag.id} value={String(tag.id)}>
                {tag.name}
              </Combobox.Option>
            ))
          ) : (
            <Combobox.Empty>{t("contact.noTags")}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
  return (
    <Part title={t("contact.tags")} action={mayEdit ? add : undefined}>
      <Group gap={6} data-testid="contact-tags">
        {mine.map((tag) => (
          <Badge
            key={tag.id}
            size="lg"
            fw={500}
            variant="default"
            leftSection={<span style={{ display: "block", width: 8, height: 8, borderRadius: 8, background: tag.color }} />}
            rightSection={
              mayEdit && (
                <CloseButton size={16} aria-label={t("contact.takeTagOff", { tag: tag.name })} onClick={() => put(contact.tag_ids.filter((id) => id !== tag.id))} />
              )
            }
          >
            {tag.name}
          </Badge>
        ))}
        {!mine.length && (
          <Text fz="sm" c="dimmed">
            {t("contact.untagged")}
          </Text>
        )}
      </Group>
    </Part>
  );
}
