/** When the shop is open: until when, or from when again, and the hours of any week. */

import type { WidgetNow } from "@sonnim/protocol";
import { clockTime, weekday, whenNext } from "../locale";
import { useScene } from "./context";

type Week = NonNullable<WidgetNow["hours"]>["week"];

export function Hours() {
  const { state, t } = useScene();
  const { mode, changes_at: changes, hours } = state.now ?? {};
  if (!mode || mode === "auto") return null;
  const at = changes ? new Date(changes) : null;
  const today = at && at.toDateString() === new Date().toDateString();
  const when = at && (today ? clockTime(t.locale, at) : whenNext(t.locale, at));
  return (
    <>
      {when && (
        <p class="expect" data-testid="opening">
          {t(mode === "open" ? "hours.until" : "hours.from", { when })}
        </p>
      )}
      {hours && (
        <details class="hours" data-testid="hours">
          <summary>{t("hours.title")}</summary>
          <dl>
            {grouped(hours.week).map(([first, last, day]) => (
              <div key={first}>
                <dt>{first === last ? weekday(t.locale, first) : `${weekday(t.locale, first)} – ${weekday(t.locale, last)}`}</dt>
                <dd>{day.length ? day.map((each) => each.join("–")).join(", ") : t("hours.closed")}</dd>
              </div>
            ))}
          </dl>
          {hours.zone !== Intl.DateTimeFormat().resolvedOptions().timeZone && <p>{t("hours.zone", { zone: hours.zone.replace(/_/g, " ") })}</p>}
        </details>
      )}
    </>
  );
}

/** Days in a row that have the same hours: first, last, hours. */
function grouped(week: Week): [number, number, Week[number]][] {
  const rows: [number, number, Week[number]][] = [];
  week.forEach((day, index) => {
    const before = rows.at(-1);
    if (before && String(before[2]) === String(day)) before[1] = index;
    else rows.push([index, index, day]);
  });
  return rows;
}
