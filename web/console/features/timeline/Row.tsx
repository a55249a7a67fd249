/** One row of the timeline: perhaps the day's name or the line under what was read, then what happened. */

import { Divider, Text, UnstyledButton } from "@mantine/core";
import type { Locale } from "@sonnim/protocol";
import type { Row } from "../../app/desk/timeline";
import { useNow } from "../../app/clock";
import { useFormat } from "../../app/format";
import { useT } from "../../app/i18n";
import { run } from "../../app/commands";
import { EntryBubble, PendingBubble } from "./Bubble";
import { EventLine } from "./EventLine";

interface Props {
  row: Row;
  index: number;
  locale: Locale;
  /** The first line that nobody at the desk had read. */
  fresh: boolean;
}

export function RowView({ row, index, locale, fresh }: Props) {
  return (
    <div data-index={index} style={{ display: "flow-root" }}>
      {"day" in row && row.day && <DayLine at={row.day} />}
      {fresh && <FreshLine />}
      <What row={row} locale={locale} />
    </div>
  );
}

function What({ row, locale }: { row: Row; locale: Locale }) {
  switch (row.type) {
    case "gap":
      return <Gap seq={row.seq} />;
    case "event":
      return <EventLine entry={row.entry} />;
    case "pending":
      return <PendingBubble item={row.item} locale={locale} />;
    case "entry":
      return <EntryBubble entry={row.entry} first={row.first} last={row.last} />;
  }
}

/** A line that is being read: about as high as most, so that little moves when it comes. */
function Gap({ seq }: { seq: number }) {
  const ours = seq % 3 === 0;
  return (
    <div style={{ height: 64, display: "flex", justifyContent: ours ? "flex-end" : "flex-start", padding: "8px 36px" }} aria-hidden="true">
      <div style={{ width: `${30 + ((seq * 7) % 25)}%`, height: 38, borderRadius: 14, background: "var(--sonnim-sunken)" }} />
    </div>
  );
}

function DayLine({ at }: { at: string }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(60);
  const day = format.day(at, now);
  const line = <div style={{ flex: 1, height: 1, background: "var(--sonnim-line)" }} />;
  return (
    <div style={{ display: "flex", alignItems: "center", gap: 10, margin: "12px 0" }} data-testid="day">
      {line}
      <UnstyledButton fz="xs" c="dimmed" fw={550} onClick={() => run("date")} title={t("keys.date")}>
        {day}
      </UnstyledButton>
      {line}
    </div>
  );
}

function FreshLine() {
  const t = useT();
  const label = (
    <Text span fz="xs" c="var(--sonnim-accent)" fw={650}>
      {t("timeline.fresh")}
    </Text>
  );
  return <Divider my={10} color="var(--sonnim-accent)" label={label} labelPosition="center" data-testid="fresh" />;
}
