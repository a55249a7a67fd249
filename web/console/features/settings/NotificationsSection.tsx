/** How I want to be told: of what, where, and when not. */

import { Button, Chip, Divider, Group, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { useDesk, useDeskState } from "../../app/desk/context";
import { useWords } from "../../app/i18n";
import { useStore } from "../../app/store";
import { RowSkeletons } from "../../ui/States";
import { attempt } from "../../ui/toast";
import { DeviceList } from "../notifications/DeviceList";
import { changePreferences, KINDS, preferences, readPreferences, type Changes, type Preferences } from "../notifications/preferences";
import { chime } from "../notifications/sound";

export default function NotificationsSection() {
  const words = useWords();
  const desk = useDesk();
  const known = useStore(preferences, (each) => each);
  useEffect(() => {
    if (!preferences.get()) void attempt(words, () => readPreferences(desk.base));
  }, [desk, words]);
  if (!known) return <RowSkeletons count={4} />;
  const change = (changes: Changes) => void attempt(words, () => changePreferences(desk.base, changes));
  return (
    <Stack gap="xl">
      <Kinds known={known} change={change} />
      <Here known={known} change={change} />
      <DeviceList />
      <QuietHours known={known} change={change} />
    </Stack>
  );
}

interface Props {
  known: Preferences;
  change: (changes: Changes) => void;
}

function Kinds({ known, change }: Props) {
  const { t } = useWords();
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t("notices.kinds")}
      </Title>
      <Text fz="sm" c="dimmed">
        {t("notices.kindsHint")}
      </Text>
      {KINDS.map((kind) => (
        <Switch
          key={kind}
          checked={known.kinds[kind]}
          onChange={(event) => change({ kinds: { [kind]: event.currentTarget.checked } })}
          label={t(`notices.kind.${kind}`)}
          data-testid={`kind-${kind}`}
        />
      ))}
    </Stack>
  );
}

function Here({ known, change }: Props) {
  const { t } = useWords();
  const denied = typeof Notification !== "undefined" && Notification.permission === "denied";
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t("notices.here")}
      </Title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Switch
          checked={known.sound}
          onChange={(event) => change({ sound: event.currentTarget.checked })}
          label={t("notices.sound")}
          description={t("notices.soundHint")}
          data-testid="notices-sound"
        />
        <Button size="compact-sm" variant="default" onClick={() => chime()} style={{ flexShrink: 0 }}>
          {t("notices.listen")}
        </Button>
      </Group>
      <Switch
        checked={known.desktop && !denied}
        disabled={denied}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          change({ desktop: on });
          if (on && typeof Notification !== "undefined") void Notification.requestPermission();
        }}
        label={t("notices.desktop")}
        description={denied ? t("notices.denied") : t("notices.desktopHint")}
        data-testid="notices-desktop"
      />
      <Switch
        checked={known.preview}
        onChange={(event) => change({ preview: event.currentTarget.checked })}
        label={t("notices.preview")}
        description={t("notices.previewHint")}
        data-testid="notices-preview"
      />
      <Switch
        checked={known.email}
        onChange={(event) => change({ email: event.currentTarget.checked })}
        label={t("notices.email")}
        description={t("notices.emailHint")}
        data-testid="notices-email"
      />
    </Stack>
  );
}

function QuietHours({ known: { quiet }, change }: Props) {
  const { t, tag } = useWords();
  const zone = useDeskState((state) => state.shop.timezone);
  const days = useMemo(() => {
    const name = new Intl.DateTimeFormat(tag, { weekday: "short", timeZone: "UTC" });
    return [0, 1, 2, 3, 4, 5, 6].map((day) => name.format(Date.UTC(2026, 10, 23 + day)));
  }, [tag]);
  return (
    <Stack gap="sm">
      <Divider color="var(--sonnim-line)" />
      <Title order={2} fz="md">
        {t("notices.quiet")}
      </Title>
      <Switch
        checked={quiet.on}
        onChange={(event) => change({ quiet: { on: event.currentTarget.checked } })}
        label={t("notices.quietOn")}
        description={t("notices.quietHint")}
        data-testid="quiet-on"
      />
      {quiet.on && (
        <>
          <Group gap="md" align="flex-end">
            <Clock label={t("notices.quietFrom")} value={quiet.start} onChange={(start) => change({ quiet: { start } })} />
            <Clock label={t("notices.quietUntil")} value={quiet.end} onChange={(end) => change({ quiet: { end } })} />
            <Text fz="sm" c="dimmed" pb={8}>
              {t("notices.zone", { zone })}
            </Text>
          </Group>
          <Stack gap={6}>
            <Text fz="sm" fw={550} id="off-days">
              {t("notices.offDays")}
            </Text>
            <Chip.Group
              multiple
              value={quiet.off_days.map(String)}
              onChange={(chosen) => change({ quiet: { off_days: chosen.map(Number).sort() } })}
            >
              <Group gap={6} role="group" aria-labelledby="off-days">
                {days.map((day, i) => (
                  <Chip key={day} value={String(i)} size="sm" data-testid={`off-day-${i}`}>
                    {day}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Stack>
        </>
      )}
    </Stack>
  );
}

function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="time"
      label={label}
      defaultValue={value}
      key={value}
      w={140}
      onBlur={(event) => {
        const next = event.currentTarget.value;
        if (/^\d\d:\d\d$/.test(next) && next !== value) onChange(next);
      }}
    />
  );
}

