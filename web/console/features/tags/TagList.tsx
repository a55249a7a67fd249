/** The shop's tags to choose from: found by a few letters, ticked where they are on, made where there is none. */

import { ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import type { Tag } from "@sonnim/protocol";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";
import { api } from "../../app/api";
import { useDesk, useDeskState, useMay } from "../../app/desk/context";
import { withChange } from "../../app/desk/state";
import { useWords } from "../../app/i18n";
import { attempt } from "../../ui/toast";
import { livingTags, TagDot } from "./Tags";

interface Props {
  on: readonly number[];
  onToggle: (tag: Tag) => void;
}

export function TagList({ on, onToggle }: Props) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const makes = useMay("tag.manage");
  const tags = useDeskState((state) => livingTags(state.tables.tags));
  const wanted = text.trim().toLowerCase();
  const found = tags.filter((tag) => tag.name.toLowerCase().includes(wanted));
  const create = makes && wanted !== "" && !tags.some((tag) => tag.name.toLowerCase() === wanted);
  const make = async () => {
    await attempt(words, async () => {
      const tag = await api.post<Tag>(`${desk.base}/tags`, { name: text.trim() });
      desk.store.set((state) => withChange(state, { put: { tags: { [tag.id]: tag } } }));
      setText("");
      // The line that was chosen is gone, and the keys go on from here.
      input.current?.focus();
      onToggle(tag);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const last = found.length - (create ? 0 : 1);
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, last));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") {
      const tag = found[at];
      if (tag) onToggle(tag);
      else if (create) void make();
    } else return;
    event.preventDefault();
  };
  const line = (index: number) => ({ px: 8, py: 6, w: "100%", bdrs: "sm", bg: index === at ? "var(--sonnim-selected)" : undefined });
  return (
    <Stack gap={6}>
      <TextInput
        ref={input}
        size="sm"
        value={text}
        placeholder={t("tags.search")}
        aria-label={t("tags.search")}
        data-autofocus
        autoFocus
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        data-testid="tag-search"
      />
      <ScrollArea.Autosize mah={260} type="auto">
        <Stack gap={1}>
          {found.map((tag, index) => (
            <UnstyledButton
              key={tag.id}
              {...line(index)}
              aria-pressed={on.includes(tag.id)}
              onClick={() => onToggle(tag)}
              data-testid={`tag-${tag.name}`}
              style={{ display: "flex", alignItems: "center", gap: 8 }}
            >
              <TagDot color={tag.color} />
              <Text fz="sm" truncate flex={1}>
                {tag.name}
              </Text>
              {on.includes(tag.id) && <IconCheck size={15} aria-hidden="true" />}
            </UnstyledButton>
          ))}
          {create && (
            <UnstyledButton
              {...line(found.length)}
              onClick={() => void make()}
              data-testid="tag-create"
              style={{ display: "flex", alignItems: "center", gap: 8 }}
            >
              <IconPlus size={14} aria-hidden="true" />
              <Text fz="sm">{t("tags.create", { name: text.trim() })}</Text>
            </UnstyledButton>
          )}
          {!found.length && !create && (
            <Text fz="sm" c="dimmed" px={8} py={6}>
              {tags.length ? t("tags.noMatch") : t("tags.none")}
            </Text>
          )}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  );
}
