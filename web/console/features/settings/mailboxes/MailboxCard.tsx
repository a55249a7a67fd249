/** A mailbox in the list: whether mail comes in, how far the first fetch is, what the server said when it failed. */

import { ActionIcon, Badge, Code, Group, Menu, Paper, Progress, Stack, Text } from "@mantine/core";
import type { Mailbox } from "@sonnim/protocol";
import { IconDots, IconPencil, IconPlayerPause, IconPlayerPlay, IconStar, IconTrash } from "@tabler/icons-react";
import { useNow } from "../../../app/clock";
import { useDeskState } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useWords } from "../../../app/i18n";

export type Deed = "edit" | "default" | "pause" | "remove";

const isDown = (state: string) => state === "failing" || state === "refused";
const color = (state: string) => (isDown(state) ? "red" : state === "ok" ? undefined : "gray");

export function MailboxCard({ mailbox, onDo }: { mailbox: Mailbox; onDo: (deed: Deed) => void }) {
  const { t, lookup } = useWords();
  const format = useFormat();
  const now = useNow();
  const team = useDeskState((state) => (mailbox.team_id === null ? undefined : state.tables.teams[mailbox.team_id]));
  const { address, name, state, note, backlog, fetched } = mailbox;
  const fetching = mailbox.active && backlog > 0 && fetched < backlog;
  return (
    <Paper withBorder radius="lg" px="md" py="sm" data-testid="mailbox">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={4} miw={0} flex={1}>
          <Text fw={600} style={{ wordBreak: "break-all" }}>
            {address}
          </Text>
          <Group gap={6}>
            <Badge size="sm" variant="light" color={color(state)} tt="none" data-testid="mailbox-state" data-state={state}>
              {lookup(`mailboxes.state.${state}`, "mailboxes.state.new")}
            </Badge>
            {mailbox.is_default && (
              <Badge size="sm" variant="light" color="gray" tt="none">
                {t("mailboxes.default")}
              </Badge>
            )}
            {team && (
              <Badge size="sm" variant="light" color="gray" tt="none">
                {team.name}
              </Badge>
            )}
            {mailbox.checked_at && (
              <Text fz="xs" c="dimmed" title={format.full(mailbox.checked_at)}>
                {t("mailboxes.checked", { time: format.relative(mailbox.checked_at, now) })}
              </Text>
            )}
          </Group>
          {name && (
            <Text fz="sm" c="dimmed" truncate>
              {t("mailboxes.sentAs", { name })}
            </Text>
          )}
        </Stack>
        <CardMenu mailbox={mailbox} onDo={onDo} />
      </Group>
      {fetching && (
        <Stack gap={4} mt="sm">
          <Progress value={(100 * fetched) / backlog} size="sm" aria-label={t("mailboxes.fetching", { done: format.number(fetched), all: format.number(backlog) })} />
          <Text fz="xs" c="dimmed">
            {t("mailboxes.fetching", { done: format.number(fetched), all: format.number(backlog) })}
          </Text>
        </Stack>
      )}
      {isDown(state) && note && (
        <Text fz="sm" mt="sm" component="div">
          {t("mailboxes.serverSays")} <Code style={{ whiteSpace: "pre-wrap", wordBreak: "break-word" }}>{note}</Code>
        </Text>
      )}
      {state === "refused" && (
        <Text fz="sm" mt={4} c="dimmed">
          {t("mailboxes.refused")}
        </Text>
      )}
    </Paper>
  );
}

function CardMenu({ mailbox, onDo }: { mailbox: Mailbox; onDo: (deed: Deed) => void }) {
  const { t } = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon aria-label={t("common.edit", { what: mailbox.address })} onClick={() => onDo("edit")} data-testid="mailbox-edit">
        <IconPencil size={17} />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("mailboxes.more", { address: mailbox.address })} data-testid="mailbox-more">
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!mailbox.is_default && (
            <Menu.Item leftSection={<IconStar size={16} />} onClick={() => onDo("default")}>
              {t("mailboxes.makeDefault")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={mailbox.active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />} onClick={() => onDo("pause")}>
            {t(mailbox.active ? "mailboxes.pause" : "mailboxes.resume")}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onDo("remove")} data-testid="mailbox-remove">
            {t("mailboxes.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
