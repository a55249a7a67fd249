/** What joins when two contacts become one. */

import { Alert, Group, Paper, Stack, Table, Text, ThemeIcon } from "@mantine/core";
import type { Contact } from "@sonnim/protocol";
import { IconArrowMerge, IconInfoCircle } from "@tabler/icons-react";
import { useWords, type Key } from "../../app/i18n";
import { Person } from "./Person";

export interface Preview {
  kept: Contact;
  gone: Contact;
  joined: Partial<Contact>;
  conversations: number;
  identities: number;
  begin_anew: number;
}

const ROWS: { field: "name" | "email" | "phone" | "notes"; label: Key }[] = [
  { field: "name", label: "contact.name" },
  { field: "email", label: "contact.email" },
  { field: "phone", label: "contact.phone" },
  { field: "notes", label: "contact.notes" },
];

export function MergePreview({ preview }: { preview: Preview }) {
  const { t } = useWords();
  const { kept, gone, joined } = preview;
  return (
    <Stack gap="md" data-testid="merge-preview">
      <Paper withBorder radius="lg" p="sm">
        <Stack gap={6}>
          <Text fz="xs" c="dimmed" fw={600}>
            {t("joining.kept")}
          </Text>
          <Person contact={kept} />
          <Group gap={8} c="dimmed">
            <ThemeIcon size={24} variant="light" radius="xl">
              <IconArrowMerge size={14} />
            </ThemeIcon>
            <Text fz="xs" fw={600}>
              {t("joining.gone")}
            </Text>
          </Group>
          <Person contact={gone} />
        </Stack>
      </Paper>
      <Table fz="sm" verticalSpacing={6} layout="fixed">
        <Table.Tbody>
          {ROWS.map(({ field, label }) =>
            joined[field] ? (
              <Table.Tr key={field}>
                <Table.Th w={110} c="dimmed" fw={500} fz="xs">
                  {t(label)}
                </Table.Th>
                <Table.Td style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{joined[field]}</Table.Td>
              </Table.Tr>
            ) : null,
          )}
          <Table.Tr>
            <Table.Th w={110} c="dimmed" fw={500} fz="xs">
              {t("joining.brings")}
            </Table.Th>
            <Table.Td data-testid="merge-brings">
              {t("joining.conversations", { count: preview.conversations })}, {t("joining.ways", { count: preview.identities - preview.begin_anew })}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {preview.begin_anew > 0 && (
        <Alert icon={<IconInfoCircle size={18} />} color="gray" data-testid="merge-begin-anew">
          {t("joining.beginAnew")}
        </Alert>
      )}
      <Text fz="sm" c="dimmed">
        {t("joining.undoable")}
      </Text>
    </Stack>
  );
}
