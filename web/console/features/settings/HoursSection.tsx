/** Business hours: how it stands now, the calendars of the shop, and the one that is looked at. */

import { Button, Group, Select, Stack } from "@mantine/core";
import { IconClockHour4, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useDeskState } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import { Empty, Failed, RowSkeletons } from "../../ui/States";
import { CalendarEditor } from "./hours/CalendarEditor";
import { NowCard } from "./hours/NowCard";
import { draftOf, newDraft, type Calendar } from "./hours/calendar";
import { useFollowing, useResource } from "./resource";

export default function HoursSection() {
  const t = useT();
  const zone = useDeskState((state) => state.shop.timezone);
  const { data, failed, reload, set } = useResource<{ items: Calendar[] }>("/hours/calendars");
  const [chosen, setChosen] = useState<number | "new" | null>(null);
  useFollowing((event) => event.type === "hours.changed" && reload(), reload);
  if (failed && !data) return <Failed onRetry={reload} />;
  if (!data) return <RowSkeletons count={5} />;
  const calendars = data.items;
  const shown = chosen === "new" ? null : (calendars.find((each) => each.id === chosen) ?? calendars[0] ?? null);
  const keep = (saved: Calendar) => {
    const others = calendars.filter((each) => each.id !== saved.id);
    const demoted = saved.is_standard ? others.map((each) => ({ ...each, is_standard: false })) : others;
    set(() => ({ items: [saved, ...demoted].sort((a, b) => Number(b.is_standard) - Number(a.is_standard) || a.name.localeCompare(b.name)) }));
    setChosen(saved.id);
  };
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setChosen("new")} data-testid="new-calendar">
      {t("hours.new")}
    </Button>
  );
  if (!shown && chosen !== "new") {
    return (
      <Empty icon={<IconClockHour4 size={26} stroke={1.6} />} title={t("hours.none")} action={add}>
        {t("hours.noneHint")}
      </Empty>
    );
  }
  return (
    <Stack gap="xl">
      {shown && <NowCard key={shown.id} calendar={shown} onChange={keep} />}
      <Group align="flex-end" gap="sm">
        {calendars.length > 1 && (
          <Select
            label={t("hours.calendar")}
            data={calendars.map((each) => ({ value: String(each.id), label: each.is_standard ? t("hours.standardName", { name: each.name }) : each.name }))}
            value={shown ? String(shown.id) : null}
            onChange={(id) => setChosen(Number(id))}
            allowDeselect={false}
            data-testid="calendar-choice"
          />
        )}
        {chosen !== "new" && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setChosen("new")} data-testid="new-calendar">
            {t("hours.new")}
          </Button>
        )}
      </Group>
      <CalendarEditor
        key={shown?.id ?? "new"}
        calendar={shown}
        saved={shown ? draftOf(shown) : newDraft(calendars.length ? "" : t("hours.firstName"), zone)}
        alone={calendars.length <= 1}
        onSaved={keep}
        onGone={() => {
          setChosen(null);
          reload();
        }}
      />
    </Stack>
  );
}
