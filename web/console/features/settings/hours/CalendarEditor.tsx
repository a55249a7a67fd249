/** One calendar: its week, holidays and single days, tried before they are saved. */

import { Button, Checkbox, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { api } from "../../../app/api";
import { useDesk } from "../../../app/desk/context";
import { useWords, type Key } from "../../../app/i18n";
import { Confirm } from "../../../ui/Confirm";
import { attempt, toastDone } from "../../../ui/toast";
import { draftOf, inOrder, isComplete, sameDraft, type Calendar, type Draft, type Opening } from "./calendar";
import { Feeds } from "./Feeds";
import { Holidays } from "./Holidays";
import { SpecialDays } from "./SpecialDays";
import { WeekEditor } from "./WeekEditor";
import { useStanding } from "./when";

interface Props {
  /** None: a new one. */
  calendar: Calendar | null;
  saved: Draft;
  /** There is no other. */
  alone: boolean;
  onSaved: (calendar: Calendar) => void;
  onGone: () => void;
}

export function CalendarEditor({ calendar, saved, alone, onSaved, onGone }: Props) {
  const words = useWords();
  const { t } = words;
  const { base } = useDesk();
  const [draft, setDraft] = useState(saved);
  const [seen, setSeen] = useState(saved);
  if (!sameDraft(seen, saved)) {
    // Somebody else has changed it: whoever has typed nothing yet goes on from there.
    setSeen(saved);
    if (sameDraft(draft, seen)) setDraft(saved);
  }
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const changed = !calendar || !sameDraft(draft, saved);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { ...draft, days: inOrder(draft.days) };
    await attempt(words, async () => {
      const path = `${base}/hours/calendars`;
      const kept = calendar ? await api.put<Calendar>(`${path}/${calendar.id}`, body) : await api.post<Calendar>(path, body);
      setDraft(draftOf(kept));
      onSaved(kept);
      toastDone(t("common.saved"));
    });
    setBusy(false);
  };
  return (
    <Stack gap="xl">
      <form onSubmit={(event) => void submit(event)} data-testid="calendar-form">
        <Stack gap="xl">
          <Group gap="md" align="flex-end">
            <TextInput
              label={t("hours.name")}
              required
              maxLength={80}
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              data-testid="calendar-name"
            />
            <ZonePicker zone={draft.zone} onChange={(zone) => change({ zone })} />
            {!alone && (
              <Checkbox
                mb={8}
                label={t("hours.isStandard")}
                checked={draft.is_standard}
                disabled={saved.is_standard}
                onChange={(event) => change({ is_standard: event.currentTarget.checked })}
                data-testid="calendar-standard"
              />
            )}
          </Group>
          <Part title="hours.week">
            <WeekEditor week={draft.week} onChange={(week) => change({ week })} />
          </Part>
          <Part title="hours.holidays">
            <Holidays countries={draft.countries} week={draft.week} days={draft.days} onChange={change} />
          </Part>
          <Part title="hours.specialDays" hint="hours.specialDaysHint">
            <SpecialDays days={draft.days} onChange={(days) => change({ days })} />
          </Part>
          <Paper withBorder radius="lg" px="md" py="sm" pos="sticky" bottom={8} style={{ zIndex: 2 }}>
            <Group justify="space-between" gap="sm">
              <Tried draft={draft} />
              <Group gap="sm">
                {calendar && (alone || !calendar.is_standard) && (
                  <Button variant="subtle" color="red" onClick={() => setRemoving(true)} data-testid="calendar-delete">
                    {t("hours.delete")}
                  </Button>
                )}
                <Button type="submit" loading={busy} disabled={!changed || !isComplete(draft)} data-testid="calendar-save">
                  {t("common.save")}
                </Button>
              </Group>
            </Group>
          </Paper>
        </Stack>
      </form>
      {calendar && (
        <Part title="hours.elsewhere" hint="hours.elsewhereHint">
          <Feeds calendar={calendar} onChange={onSaved} />
        </Part>
      )}
      {calendar && removing && (
        <Confirm
          title={t("hours.deleteTitle", { name: calendar.name })}
          text={t("hours.deleteText")}
          action={t("hours.delete")}
          onConfirm={() => attempt(words, () => api.delete(`${base}/hours/calendars/${calendar.id}`)).then(onGone)}
          onClose={() => setRemoving(false)}
        />
      )}
    </Stack>
  );
}

function Part({ title, hint, children }: { title: Key; hint?: Key; children: ReactNode }) {
  const { t } = useWords();
  return (
    <Stack gap="sm" component="section">
      <div>
        <Title order={2} fz="lg">
          {t(title)}
        </Title>
        {hint && (
          <Text fz="sm" c="dimmed">
            {t(hint)}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}

function ZonePicker({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { t } = useWords();
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <Select
      label={t("hours.zone")}
      data={zones.includes(zone) ? zones : [zone, ...zones]}
      value={zone}
      onChange={(next) => next && onChange(next)}
      searchable
      allowDeselect={false}
      limit={100}
      data-testid="calendar-zone"
    />
  );
}

/** How it would stand by what is typed. */
function Tried({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const { base } = useDesk();
  const standing = useStanding();
  const [settled] = useDebouncedValue(draft, 300);
  const [found, setFound] = useState<Opening | null>(null);
  useEffect(() => {
    if (!isComplete(settled)) return;
    let wanted = true;
    api.post<Opening>(`${base}/hours/preview`, settled).then(
      (answer) => wanted && setFound(answer),
      () => wanted && setFound(null),
    );
    return () => void (wanted = false);
  }, [base, settled]);
  return (
    <Text fz="sm" aria-live="polite" data-testid="hours-preview">
      {found ? t("hours.preview", { state: t(found.is_open ? "hours.isOpen" : "hours.isClosed"), next: standing(found, settled.zone) }) : ""}
    </Text>
  );
}
