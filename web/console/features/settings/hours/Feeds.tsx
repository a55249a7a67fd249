/** Holidays that are kept elsewhere: a file that is read once, an address that is read every day. */

import { ActionIcon, Badge, Button, FileButton, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconCalendarDown, IconFileImport, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { api, ApiError, serverNow } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useFormat } from "../../../app/format";
import { useWords, type Words } from "../../../app/i18n";
import { attempt, errorText, toastDone } from "../../../ui/toast";
import { useSubmit } from "../../../ui/useSubmit";
import type { Calendar } from "./calendar";

const LARGEST = 200 * 1024;

function explain(words: Words, error: unknown): string {
  const why = error instanceof ApiError ? (error.fields["url"] ?? error.fields["file"]) : undefined;
  return why ? words.lookup(`hours.trouble.${String(why)}`, "hours.trouble.unreadable") : errorText(words, error);
}

export function Feeds({ calendar, onChange }: { calendar: Calendar; onChange: (now: Calendar) => void }) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const format = useFormat();
  const [url, setUrl] = useState("");
  const path = `${base}/hours/calendars/${calendar.id}`;
  const added = (now: Calendar) => {
    onChange(now);
    toastDone(t("hours.closesAdded", { count: now.feeds.at(-1)?.closes ?? 0 }));
  };
  const feed = useSubmit(async () => {
    added(await api.post<Calendar>(`${path}/feeds`, { url }));
    setUrl("");
  }, explain);
  const [wrong, setWrong] = useState("");
  const take = async (file: File | null) => {
    if (!file) return;
    setWrong("");
    try {
      if (file.size > LARGEST) throw new ApiError(413, "too_large", "");
      const ical = await file.text();
      added(await api.post<Calendar>(`${path}/imports`, { ical, name: file.name.replace(/\.ics$/i, "") }));
    } catch (error) {
      setWrong(explain(words, error));
    }
  };
  const remove = (id: number) =>
    void attempt(words, async () => {
      await api.delete(`${base}/hours/feeds/${id}`);
      onChange({ ...calendar, feeds: calendar.feeds.filter((each) => each.id !== id) });
    });
  return (
    <Stack gap="sm" data-testid="feeds">
      {calendar.feeds.map((each) => (
        <Paper key={each.id} withBorder radius="md" px="md" py="xs" data-testid="feed">
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>{each.name || t("hours.file")}</Text>
              <Text fz="sm" c="dimmed">
                {t("hours.closes", { count: each.closes })}
                {each.host && ` · ${each.host}`}
                {each.read_at && ` · ${t("hours.readAt", { when: format.relative(each.read_at, serverNow()) })}`}
              </Text>
              {each.trouble && (
                <Badge color="red" variant="light" tt="none" mt={4}>
                  {t(`hours.trouble.${each.trouble}`)}
                </Badge>
              )}
            </div>
            <ActionIcon variant="subtle" color="gray" aria-label={t("hours.removeFeed", { name: each.name })} onClick={() => remove(each.id)}>
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      <form onSubmit={feed.onSubmit}>
        <Group align="flex-end" gap="sm">
          <TextInput
            flex={1}
            miw={220}
            label={t("hours.feed")}
            description={t("hours.feedHint")}
            placeholder="https://… .ics"
            type="text"
            inputMode="url"
            value={url}
            error={feed.wrong || undefined}
            onChange={(event) => setUrl(event.currentTarget.value)}
            data-testid="feed-url"
          />
          <Button type="submit" variant="default" leftSection={<IconCalendarDown size={16} />} loading={feed.busy} disabled={!url.trim()}>
            {t("hours.addFeed")}
          </Button>
        </Group>
      </form>
      <Group gap="sm">
        <FileButton accept=".ics,text/calendar" onChange={(file) => void take(file)} inputProps={{ "aria-label": t("hours.import") }}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={16} />} data-testid="import-ics">
              {t("hours.import")}
            </Button>
          )}
        </FileButton>
        {wrong && (
          <Text c="red" fz="sm" role="alert">
            {wrong}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
