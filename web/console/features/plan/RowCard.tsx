/** One row of a section: folded it tells what matters, open it can be written. */

import { ActionIcon, Badge, Box, Collapse, Group, Menu, Paper, SimpleGrid, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconDots, IconTrash } from "@tabler/icons-react";
import { useFormat } from "../../app/format";
import { useWords } from "../../app/i18n";
import { moveRow, setField } from "./changing";
import { useNames, useWriting } from "./context";
import { FieldInput } from "./fields/FieldInput";
import { FIELDS, STEPS } from "./sections";
import { rowName, summary } from "./telling";
import { rowsOf, type Fault, type Row, type SectionName } from "./types";

interface Props {
  section: SectionName;
  row: Row;
  at: number;
  open: boolean;
  openQuestions: number;
  faults: readonly Fault[];
  onToggle: () => void;
  onRemove: (name: string) => void;
}

export function RowCard({ section, row, at, open, openQuestions, faults, onToggle, onRemove }: Props) {
  const words = useWords();
  const { t } = words;
  const format = useFormat();
  const { document, change } = useWriting();
  const names = useNames();
  const name = rowName(row, words, names);
  const fields = FIELDS[section];
  const told = summary(row, fields, document, words, names);
  const last = rowsOf(document, section).length - 1;
  const move = (by: -1 | 1) => change((now) => moveRow(now, section, row.id, by));
  return (
    <Paper withBorder radius="lg" data-testid={`plan-row-${row.id}`}>
      <Group gap={4} wrap="nowrap" pe={6}>
        <UnstyledButton onClick={onToggle} aria-expanded={open} flex={1} miw={0} px="md" py={11} bdrs="lg" data-testid={`plan-fold-${row.id}`}>
          <Group gap={10} wrap="nowrap">
            {STEPS.has(section) ? (
              <Badge circle size="lg" variant="light" style={{ flexShrink: 0 }}>
                {format.number(at + 1)}
              </Badge>
            ) : open ? (
              <IconChevronDown size={17} aria-hidden="true" style={{ flexShrink: 0 }} />
            ) : (
              <IconChevronRight size={17} aria-hidden="true" style={{ flexShrink: 0 }} />
            )}
            <Box miw={0} flex={1}>
              <Text fw={600} fz="sm" lineClamp={2}>
                {name}
              </Text>
              {!open && told && (
                <Text fz="sm" c="dimmed" lineClamp={1}>
                  {told}
                </Text>
              )}
            </Box>
            {faults.length > 0 ? (
              <Badge size="sm" color="red" style={{ flexShrink: 0 }}>
                {t("plan.faultCount", { count: faults.length })}
              </Badge>
            ) : (
              openQuestions > 0 && (
                <Badge size="sm" color="gray" style={{ flexShrink: 0 }}>
                  {t("plan.openCount", { count: openQuestions })}
                </Badge>
              )
            )}
          </Group>
        </UnstyledButton>
        <Menu position="bottom-end" width={170}>
          <Menu.Target>
            <ActionIcon aria-label={t("plan.rowMenu", { name })} data-testid={`plan-menu-${row.id}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconArrowUp size={15} />} disabled={at === 0} onClick={() => move(-1)}>
              {t("plan.moveUp")}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={15} />} disabled={at === last} onClick={() => move(1)}>
              {t("plan.moveDown")}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => onRemove(name)}>
              {t("plan.remove")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Collapse expanded={open}>
        {open && (
          <Box px="md" pb="md" pt={2}>
            {faults.map((fault) => (
              <Text key={fault.field + fault.what} fz="sm" c="red" mb={6} role="alert">
                {words.lookup(`plan.field.${fault.field}`, "plan.title")}: {t(`plan.fault.${fault.what}`)}
              </Text>
            ))}
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
              {fields.map((field) => (
                <Box key={field.name} style={field.wide ? { gridColumn: "1 / -1" } : {}}>
                  <FieldInput
                    row={row}
                    field={field}
                    onChange={(value, step) => change((now) => setField(now, section, row.id, field.name, value), step)}
                  />
                </Box>
              ))}
            </SimpleGrid>
          </Box>
        )}
      </Collapse>
    </Paper>
  );
}
