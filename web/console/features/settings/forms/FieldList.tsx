/** The questions of a form: add, word, reorder by hand or by key, take away. */

import { ActionIcon, Badge, Box, Button, Collapse, Group, Menu, Paper, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import { IconChevronDown, IconGripVertical, IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import { useWords } from "../../../app/i18n";
import { FieldEditor } from "./FieldEditor";
import { addable, added, moved, said, type Field, type FieldType } from "./form";

interface Props {
  fields: Field[];
  locale: Locale;
  onChange: (fields: Field[]) => void;
}

export function FieldList({ fields, locale, onChange }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [told, setTold] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= fields.length) return;
    onChange(moved(fields, from, to));
    setTold(t("forms.movedTo", { n: to + 1, count: fields.length }));
    // The handle travels with its field; React keeps the element, browsers do not always keep the focus.
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>("[data-handle]")[to]?.focus());
  };
  const add = (type: FieldType) => {
    const next = added(fields, type, { [locale]: t(`forms.type.${type}`) }, { [locale]: t("forms.option") });
    onChange(next);
    setOpen(next.at(-1)?.id ?? null);
  };
  const row = (field: Field, at: number) => ({
    field,
    locale,
    open: open === field.id,
    lifted: dragged === at,
    onOpen: () => setOpen(open === field.id ? null : field.id),
    onChange: (changed: Field) => onChange(fields.map((each) => (each.id === field.id ? changed : each))),
    onRemove: () => onChange(fields.filter((each) => each.id !== field.id)),
    onMove: (by: number) => move(at, at + by),
    onLift: () => setDragged(at),
    onOver: () => {
      if (dragged === null || dragged === at) return;
      onChange(moved(fields, dragged, at));
      setDragged(at);
    },
    onDrop: () => setDragged(null),
  });
  const types = addable(fields);
  return (
    <Stack gap={8} ref={list}>
      <Title order={2} fz="md">
        {t("forms.fields")}
      </Title>
      {fields.map((field, at) => (
        <Row key={field.id} {...row(field, at)} />
      ))}
      <Text role="status" fz={0} h={0} aria-live="polite" style={{ overflow: "hidden" }}>
        {told}
      </Text>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="light" leftSection={<IconPlus size={16} />} w="fit-content" disabled={!types.length} data-testid="add-field">
            {t("forms.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {types.map((type) => (
            <Menu.Item key={type} onClick={() => add(type)} data-testid={`add-${type}`}>
              {t(`forms.type.${type}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}

interface RowProps {
  field: Field;
  locale: Locale;
  open: boolean;
  lifted: boolean;
  onOpen: () => void;
  onChange: (field: Field) => void;
  onRemove: () => void;
  onMove: (by: number) => void;
  onLift: () => void;
  onOver: () => void;
  onDrop: () => void;
}

function Row({ field, locale, open, lifted, onOpen, onChange, onRemove, onMove, onLift, onOver, onDrop }: RowProps) {
  const { t } = useWords();
  const label = said(field.labels, locale);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    onMove(by);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    onOver();
  };
  return (
    <Paper withBorder radius="md" onDragOver={over} onDrop={onDrop} style={{ opacity: lifted ? 0.5 : 1 }} data-testid="field">
      <Group gap={4} wrap="nowrap" px={6} py={4}>
        <ActionIcon
          draggable
          onDragStart={onLift}
          onDragEnd={onDrop}
          onKeyDown={onKeyDown}
          aria-label={t("forms.move", { label })}
          title={t("forms.moveHint")}
          style={{ cursor: "grab" }}
          data-handle
          data-testid="field-handle"
        >
          <IconGripVertical size={17} />
        </ActionIcon>
        <UnstyledButton onClick={onOpen} aria-expanded={open} flex={1} miw={0} py={6} data-testid="field-open">
          <Group gap={8} wrap="nowrap">
            <Text fz="sm" fw={550} truncate>
              {label}
              {field.required && " *"}
            </Text>
            <Badge size="sm" color="gray" style={{ flexShrink: 0 }}>
              {t(`forms.type.${field.type}`)}
            </Badge>
            <Box ml="auto" style={{ lineHeight: 0, transform: open ? "rotate(180deg)" : undefined }}>
              <IconChevronDown size={16} aria-hidden="true" />
            </Box>
          </Group>
        </UnstyledButton>
        <ActionIcon aria-label={t("forms.removeField", { label })} onClick={onRemove} data-testid="field-remove">
          <IconTrash size={17} />
        </ActionIcon>
      </Group>
      <Collapse expanded={open}>{open && <FieldEditor field={field} locale={locale} onChange={onChange} />}</Collapse>
    </Paper>
  );
}
