/** What is attached to the draft, and what is still on its way up. */

import { ActionIcon, Group, Image, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconFile, IconX } from "@tabler/icons-react";
import { useDesk } from "../../app/desk/context";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { contentUrl, isPicture } from "../timeline/Attachments";
import type { DraftHandle } from "./useDraft";
import type { Uploads } from "./useUploads";

export function Chips({ draft, uploads }: { draft: Pick<DraftHandle, "attachments" | "setAttachments">; uploads: Uploads }) {
  const t = useT();
  const format = useFormat();
  const { base } = useDesk();
  if (!draft.attachments.length && !uploads.running.length) return null;
  return (
    <Group gap={8} px={4} pb={6} data-testid="composer-attachments">
      {draft.attachments.map((item) => (
        <Paper key={item.id} withBorder p={6} maw={220} data-testid="composer-attachment">
          <Group gap={8} wrap="nowrap">
            {isPicture(item) ? (
              <Image src={contentUrl(base, item.id)} alt="" w={32} h={32} radius="sm" fit="cover" />
            ) : (
              <IconFile size={22} stroke={1.5} aria-hidden="true" />
            )}
            <Stack gap={0} miw={0}>
              <Text fz="xs" fw={550} truncate>
                {item.name}
              </Text>
              <Text fz="xs" c="dimmed">
                {format.bytes(item.size)}
              </Text>
            </Stack>
            <ActionIcon
              size="sm"
              aria-label={t("attachment.remove", { name: item.name })}
              onClick={() => draft.setAttachments((now) => now.filter((each) => each.id !== item.id))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      {uploads.running.map(({ key, name, share }) => (
        <Paper key={key} withBorder p={6} w={200}>
          <Group gap={8} wrap="nowrap">
            <Stack gap={4} flex={1} miw={0}>
              <Text fz="xs" fw={550} truncate>
                {name}
              </Text>
              <Progress value={share * 100} size="sm" aria-label={t("attachment.progress", { name })} />
            </Stack>
            <ActionIcon size="sm" aria-label={t("attachment.cancel", { name })} onClick={() => uploads.cancel(key)}>
              <IconX size={14} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
    </Group>
  );
}
